"""Safety flags in the admin."""

from portal.safety.admin import landing
from portal.safety.admin.page import SafetyFlagAdmin

__all__ = ["SafetyFlagAdmin", "landing"]
