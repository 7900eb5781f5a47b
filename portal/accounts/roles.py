"""The groups that staff belong to, and how a migration gives a group its permissions."""

from collections.abc import Mapping
from typing import Any

AUTHOR = "Author"
APPROVER = "Approver"
FEEDBACK_REVIEWER = "Feedback reviewer"
INQUIRY_HANDLER = "Inquiry handler"
SAFETY_OFFICER = "Safety officer"
ADMINISTRATOR = "Administrator"
ROLES = (AUTHOR, APPROVER, FEEDBACK_REVIEWER, INQUIRY_HANDLER, SAFETY_OFFICER, ADMINISTRATOR)

VIEW = ("view",)
EDIT = ("view", "add", "change")
ALL = ("view", "add", "change", "delete")

Grants = Mapping[str, Mapping[str, tuple[str, ...]]]


def grant(apps: Any, app_label: str, grants: Grants) -> None:
    """Gives each group in `grants` the named actions on the models of `app_label`.

    `grants` maps a group's name to {model name: actions}; an action is Django's view, add, change or delete, or one
    that the model's Meta.permissions names. Called from migrations, so it takes their historical `apps`. Permission
    rows are made here because Django makes its own only after all migrations have run.
    """
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    content_type_model = apps.get_model("contenttypes", "ContentType")
    for role, models in grants.items():
        group, _ = group_model.objects.get_or_create(name=role)
        for model, actions in models.items():
            content_type, _ = content_type_model.objects.get_or_create(app_label=app_label, model=model)
            for action in actions:
                permission, _ = permission_model.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {apps.get_model(app_label, model)._meta.verbose_name}"},
                )
                group.permissions.add(permission)
