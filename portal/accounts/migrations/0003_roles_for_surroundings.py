"""Who may edit opening hours, sections and texts of consent; consents themselves are only ever read."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, ALL, AUTHOR, INQUIRY_HANDLER, VIEW, grant

CHROME = {
    ADMINISTRATOR: {
        "openinghours": ALL,
        "holiday": ALL,
        "pageresource": ALL,
        "consenttext": ("view", "add"),
        "consent": VIEW,
    },
    AUTHOR: {"openinghours": VIEW, "holiday": VIEW, "pageresource": VIEW, "consenttext": VIEW},
    INQUIRY_HANDLER: {"openinghours": VIEW, "holiday": VIEW},
}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "chrome", CHROME)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
        ("chrome", "0002_hours_gate_sections_and_consent"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
