"""Who may edit sites and leaving notices."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, ALL, AUTHOR, VIEW, grant

GRANTS = {
    ADMINISTRATOR: {"externalsite": ALL, "leavingnotice": ALL},
    AUTHOR: {"externalsite": VIEW, "leavingnotice": VIEW},
}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "leaving", GRANTS)


class Migration(migrations.Migration):
    dependencies = [
        ("leaving", "0001_initial"),
        ("accounts", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
