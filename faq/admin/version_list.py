"""The list of versions that staff work from."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.admin.filters import DueFilter, ForMeFilter, ReferenceFilter
from faq.models import FaqVersion
from faq.models.due import DUE_DAY
from faq.models.version import FaqVersionQuerySet
from portal.lib.admin import AutocompleteFilter, FilterMedia, StaffAdmin


class VersionList(FilterMedia, StaffAdmin):
    """The list of versions."""

    list_display = ["content_id", "question", "drug", "number", "state", "label", "reviewed", "review_due", "author"]
    list_filter = [
        ForMeFilter,
        "status",
        DueFilter,
        "faq__market",
        ("faq__drug", AutocompleteFilter),
        "faq__label_status",
        ("faq__topics", admin.RelatedOnlyFieldListFilter),
        ReferenceFilter,
    ]
    list_select_related = ["faq__drug", "faq__market", "author"]
    search_fields = [
        "faq__content_id",
        "question",
        "faq__drug__name",
        "faq__drug__generic_name",
        "faq__drug__names__name",
    ]
    date_hierarchy = "next_review"
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FaqVersion]:
        return cast(FaqVersionQuerySet, super().get_queryset(request)).with_due_day()

    @admin.display(description="content ID", ordering="faq__content_id")
    def content_id(self, version: FaqVersion) -> SafeString:
        return cells.content_id(version.faq)

    @admin.display(ordering="faq__drug__name")
    def drug(self, version: FaqVersion) -> str:
        return version.faq.drug.name

    @admin.display(description="status", ordering="status")
    def state(self, version: FaqVersion) -> SafeString:
        return cells.status(version)

    @admin.display(description="label status", ordering="faq__label_status")
    def label(self, version: FaqVersion) -> SafeString:
        return cells.label_status(version.faq)

    @admin.display(description="last review", ordering="last_reviewed")
    def reviewed(self, version: FaqVersion) -> SafeString:
        return cells.day(version.last_reviewed)

    @admin.display(description="next review", ordering=DUE_DAY)
    def review_due(self, version: FaqVersion) -> SafeString:
        return cells.next_review(version)
