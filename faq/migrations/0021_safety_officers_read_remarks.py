"""Who deals with reports of harm reads the words that may be one."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import SAFETY_OFFICER, VIEW, grant


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "faq", {SAFETY_OFFICER: {"remark": VIEW}})


class Migration(migrations.Migration):
    dependencies = [("faq", "0020_feedback_is_exported"), ("accounts", "0005_roles_for_safety")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
