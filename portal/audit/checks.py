"""Warns where one role of the database serves and owns."""

from typing import Any

from django.core import checks
from django.db import connections

from portal.lib.database import has_two_roles


def two_roles(**_: Any) -> list[checks.CheckMessage]:
    """The trail is out of the portal's reach only where another role owns it."""
    if has_two_roles(connections["default"].settings_dict):
        return []
    return [
        checks.Warning(
            "The audit trail and published answers are guarded by triggers only, which the portal's role could lift.",
            hint="Set MIGRATION_DATABASE_URL to the owner of the tables, and DATABASE_URL to a role that owns nothing.",
            id="audit.W001",
        )
    ]
