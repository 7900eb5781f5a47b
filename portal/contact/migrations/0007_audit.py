"""Where inquiries go is in the audit trail; inquiries themselves are not."""

from django.db import migrations

from portal.audit import Watch

MARKET = "(SELECT code FROM chrome_market WHERE id = this.market_id)"


class Migration(migrations.Migration):
    dependencies = [("contact", "0006_product_named_and_note"), ("audit", "0002_chain")]

    operations = [
        Watch(
            "contact_inquirytopic",
            label=f"{MARKET} || ' ' || this.name",
            place="'market:' || this.market_id || '/inquirytopic:' || this.id || '/'",
        ),
    ]
