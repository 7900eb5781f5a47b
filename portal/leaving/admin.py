"""Sites that links lead to, and what visitors read on the way there."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from portal.leaving.models import ExternalSite, LeavingNotice
from portal.lib.admin import StaffAdmin, StaffFields
from portal.lib.landing import shelve


class LeavingNoticeInline(StaffFields, admin.StackedInline):
    model = LeavingNotice
    extra = 0
    autocomplete_fields = ["market"]


@admin.register(ExternalSite)
class ExternalSiteAdmin(StaffAdmin):
    list_display = ["host", "name", "is_own", "notice_count"]
    list_filter = ["is_own"]
    search_fields = ["host", "name"]
    inlines = [LeavingNoticeInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExternalSite]:
        rows: QuerySet[ExternalSite] = super().get_queryset(request).annotate(notices=Count("leavingnotice"))
        return rows

    @admin.display(description="own notices", ordering="notices")
    def notice_count(self, site: Any) -> int:
        return int(site.notices)


@admin.register(LeavingNotice)
class LeavingNoticeAdmin(StaffAdmin):
    list_display = ["title", "market", "applies_to"]
    list_filter = ["market"]
    list_select_related = ["market", "site"]
    search_fields = ["title", "body", "site__host"]
    autocomplete_fields = ["market", "site"]

    @admin.display(ordering="site__host")
    def applies_to(self, notice: LeavingNotice) -> str:
        return str(notice.site or "every other site")


shelve("Site", 70, ExternalSite, LeavingNotice)
