"""What staff say that words mean is in the audit trail; what visitors search for is not."""

from django.db import migrations

from portal.audit import Watch


class Migration(migrations.Migration):
    dependencies = [("search", "0004_searches"), ("audit", "0002_chain")]

    operations = [
        Watch(
            "search_synonym",
            label="this.language || ' ' || this.typed || ' → ' || this.meant",
            without=["typed_key", "meant_key"],
        ),
    ]
