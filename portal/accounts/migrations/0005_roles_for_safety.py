"""Who sees and decides what becomes of safety flags."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, FEEDBACK_REVIEWER, INQUIRY_HANDLER, SAFETY_OFFICER, VIEW, grant

SAFETY = {
    role: {"safetyflag": ("view", "triage")}
    for role in (SAFETY_OFFICER, FEEDBACK_REVIEWER, INQUIRY_HANDLER, ADMINISTRATOR)
}
CHROME = {SAFETY_OFFICER: {"market": VIEW, "openinghours": VIEW, "holiday": VIEW}}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "safety", SAFETY)
    grant(apps, "chrome", CHROME)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_audit"),
        ("chrome", "0002_hours_gate_sections_and_consent"),
        ("safety", "0002_database_rules"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
