"""What visitors read before they leave, and which sites are the organisation's own, is in the audit trail."""

from django.db import migrations

from portal.audit import Watch

MARKET = "(SELECT code FROM chrome_market WHERE id = this.market_id)"
SITE = "coalesce((SELECT host FROM leaving_externalsite WHERE id = this.site_id), 'every other site')"


class Migration(migrations.Migration):
    dependencies = [("leaving", "0001_initial"), ("chrome", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        Watch("leaving_externalsite", label="this.host"),
        Watch(
            "leaving_leavingnotice",
            label=f"{MARKET} || ': ' || {SITE}",
            place="'market:' || this.market_id || '/leavingnotice:' || this.id || '/'",
        ),
    ]
