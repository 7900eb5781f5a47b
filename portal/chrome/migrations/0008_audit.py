"""What surrounds content is in the audit trail; what visitors consented to is not."""

from django.db import migrations

from portal.audit import Watch

MARKET = "(SELECT code FROM chrome_market WHERE id = this.market_id)"
PAGE = "(SELECT market.code || ' ' || page.title FROM chrome_page page JOIN chrome_market market" \
    " ON market.id = page.market_id WHERE page.id = this.page_id)"


def in_market(kind: str) -> str:
    return f"'market:' || this.market_id || '/{kind}:' || this.id || '/'"


class Migration(migrations.Migration):
    dependencies = [("chrome", "0007_label_status_in_search"), ("audit", "0002_chain")]

    operations = [
        Watch("chrome_market", label="this.code || ' (' || this.name || ')'", without=["updated_at"]),
        Watch("chrome_navlink", label=f"{MARKET} || ' ' || this.label", place=in_market("navlink")),
        Watch("chrome_page", label=f"{MARKET} || ' ' || this.title", place=in_market("page")),
        Watch("chrome_pageresource", label=f"{PAGE} || ': ' || this.title"),
        Watch("chrome_openinghours", label=f"{MARKET} || ' ' || this.opens || ' to ' || this.closes", place=in_market("openinghours")),
        Watch("chrome_holiday", label=f"{MARKET} || ' ' || this.day || ' ' || this.name", place=in_market("holiday")),
        Watch("chrome_consenttext", label=f"{MARKET} || ' version ' || this.number", place=in_market("consenttext")),
    ]
