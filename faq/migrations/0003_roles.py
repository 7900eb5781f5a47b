"""What each group of staff may do with content and feedback, and with the notices on the way out of it."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, ALL, APPROVER, AUTHOR, EDIT, FEEDBACK_REVIEWER, VIEW, grant

READ = {
    model: VIEW
    for model in ("category", "drug", "drugname", "topic", "faq", "otherphrasing", "faqversion", "reference")
    + ("citation", "figure", "figuresource", "image", "relatedresource")
}
WRITE = {
    "topic": EDIT,
    "faq": EDIT,
    "otherphrasing": ALL,
    "faqversion": (*ALL, "submit"),
    "reference": EDIT,
    "figure": ALL,
    "figuresource": ALL,
    "image": ("view", "add"),
    "relatedresource": ALL,
}
GRANTS = {
    AUTHOR: {**READ, **WRITE},
    APPROVER: {**READ, "faqversion": ("view", "approve", "publish", "withdraw"), "feedback": VIEW},
    FEEDBACK_REVIEWER: {**READ, "feedback": VIEW},
    ADMINISTRATOR: {
        **READ,
        **WRITE,
        "category": ALL,
        "drug": ALL,
        "drugname": ALL,
        "faq": (*EDIT, "relabel"),
        "topic": ALL,
        "reference": ALL,
        "faqversion": (*ALL, "submit", "approve", "publish", "withdraw"),
        "feedback": VIEW,
    },
}
# Granted here because the leaving app and the accounts know nothing of each other.
LEAVING = {
    ADMINISTRATOR: {"externalsite": ALL, "leavingnotice": ALL},
    AUTHOR: {"externalsite": VIEW, "leavingnotice": VIEW},
}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "faq", GRANTS)
    grant(apps, "leaving", LEAVING)


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0002_database_rules"),
        ("accounts", "0001_initial"),
        ("leaving", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
