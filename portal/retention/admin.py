"""How long markets keep records, beside what the policy says."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.lib.admin import StaffAdmin
from portal.lib.landing import shelve
from portal.retention.models import RetentionPeriod
from portal.retention.policy import policy


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(StaffAdmin):
    list_display = ["kind", "market", "days"]
    list_filter = ["market", "kind"]
    list_select_related = ["market"]
    autocomplete_fields = ["market"]
    lasting_fields = ("market", "kind")

    class Media:
        css = {"all": ["css/admin-retention.css"]}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {**(extra_context or {}), "kinds": policy().kinds.values()})


shelve("Site", 70, RetentionPeriod)
