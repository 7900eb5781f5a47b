"""Who may read and answer inquiries."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, INQUIRY_HANDLER, grant

GRANTS = {role: {"inquiry": ("view", "answer")} for role in (INQUIRY_HANDLER, ADMINISTRATOR)}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "contact", GRANTS)


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0001_initial"),
        ("accounts", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
