"""Who may say how long a market keeps records."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, ALL, grant


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "retention", {ADMINISTRATOR: {"retentionperiod": ALL}})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_roles_for_safety"), ("retention", "0001_initial")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
