"""The safety team is mailed a link to what may speak of harm, so it reads inquiries here."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import SAFETY_OFFICER, VIEW, grant


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "contact", {SAFETY_OFFICER: {"inquiry": VIEW}})


class Migration(migrations.Migration):
    dependencies = [("contact", "0008_when_it_was_added_to"), ("accounts", "0005_roles_for_safety")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
