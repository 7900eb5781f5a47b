"""Who may edit markets, pages and staff."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, ALL, APPROVER, AUTHOR, EDIT, FEEDBACK_REVIEWER, INQUIRY_HANDLER, VIEW, grant

CHROME = {
    ADMINISTRATOR: {"market": EDIT, "navlink": ALL, "page": ALL},
    AUTHOR: {"market": VIEW, "navlink": VIEW, "page": VIEW},
    APPROVER: {"market": VIEW, "page": VIEW},
    FEEDBACK_REVIEWER: {"market": VIEW},
    INQUIRY_HANDLER: {"market": VIEW},
}
STAFF = {ADMINISTRATOR: {"user": EDIT}}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "chrome", CHROME)
    grant(apps, "accounts", STAFF)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("chrome", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
