"""Who has which draft open."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.models import FaqVersion, Presence
from portal.accounts.models import User
from portal.lib.admin import ReadOnly, StaffAdmin


@transaction.atomic
def tell(version: FaqVersion, user: User) -> list[dict[str, Any]]:
    """Notes that `user` has `version` open, and tells who else has, each by name and since when."""
    now = timezone.now()
    Presence.objects.over().delete()
    Presence.objects.update_or_create(
        version=version, user=user, defaults={"seen": now}, create_defaults={"since": now, "seen": now}
    )
    others = Presence.objects.now().filter(version=version).exclude(user=user).select_related("user")
    return [{"name": str(other.user), "since": other.since.isoformat()} for other in others]


def leave(version: FaqVersion, user: User) -> None:
    """Forgets that `user` had `version` open."""
    Presence.objects.filter(version=version, user=user).delete()


@admin.register(Presence)
class PresenceAdmin(ReadOnly, StaffAdmin):
    list_display = ["draft", "user", "since", "seen"]
    list_select_related = ["version__faq", "user"]
    search_fields = ["version__faq__content_id", "user__username"]

    @admin.display(ordering="version")
    def draft(self, presence: Presence) -> SafeString:
        return cells.version_link(presence.version)
