"""Who may do what is in the audit trail, and who may read that; passwords and sign-ins are not in it."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, APPROVER, VIEW, grant
from portal.audit import Watch

# Of people who are no staff, visitors with an account, nothing is recorded that names them.
USER = """(SELECT CASE WHEN is_staff THEN username ELSE 'user ' || id END FROM accounts_user WHERE id = this.user_id)"""
GROUP = "(SELECT name FROM auth_group WHERE id = this.group_id)"
PERMISSION = """(SELECT type.app_label || '.' || permission.codename FROM auth_permission permission
    JOIN django_content_type type ON type.id = permission.content_type_id WHERE permission.id = this.permission_id)"""
AUDIT = {ADMINISTRATOR: {"entry": ("view", "export")}, APPROVER: {"entry": VIEW}}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "audit", AUDIT)


def of_user(kind: str) -> str:
    return f"'user:' || this.user_id || '/{kind}:' || this.id || '/'"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles_for_surroundings"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("audit", "0002_chain"),
    ]

    operations = [
        Watch(
            "accounts_user",
            label="this.username",
            when="OLD.is_staff OR NEW.is_staff OR OLD.is_superuser OR NEW.is_superuser",
            without=["last_login"],
            hidden=["password"],
        ),
        Watch("accounts_user_groups", label=f"{USER} || ': ' || {GROUP}", place=of_user("user_groups")),
        Watch(
            "accounts_user_user_permissions",
            label=f"{USER} || ': ' || {PERMISSION}",
            place=of_user("user_user_permissions"),
        ),
        Watch("auth_group", label="this.name"),
        Watch(
            "auth_group_permissions",
            label=f"{GROUP} || ': ' || {PERMISSION}",
            place="'group:' || this.group_id || '/group_permissions:' || this.id || '/'",
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
