"""Requests to review an answer, and whom the review clock told what."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from faq import permissions, reviewing
from faq.admin import cells
from faq.admin.filters import OpenFilter, RequestDueFilter
from faq.admin.review_dashboard import ReviewDashboard
from faq.models import FaqVersion, ReviewReminder, ReviewRequest
from portal.accounts.signed_in import person
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin, badge, change_url, give_back_words

SHORT = 120


@admin.register(ReviewRequest)
class ReviewRequestAdmin(ReadOnly, FilterMedia, ReviewDashboard):
    list_display = ["answer", "drug", "why", "reason_told", "wanted_by", "asked_by", "asked_at"]
    list_filter = [
        OpenFilter,
        "cause",
        RequestDueFilter,
        "faq__market",
        ("faq__drug", AutocompleteFilter),
        "faq__label_status",
    ]
    list_select_related = ["faq__drug", "asked_by"]
    search_fields = ["faq__content_id", "reason", "faq__drug__name", "reference__key"]
    ordering = ["due", "pk"]
    buttons = ("close",)
    fieldsets = [
        (None, {"fields": ["faq", "why", "reason", "reference", "wanted_by", "asked_by", "asked_at"]}),
        ("Closed", {"fields": ["closed_at", "closed_by", "closed_with", "outcome"]}),
    ]
    readonly_fields = ["why", "wanted_by"]

    def get_fieldsets(self, request: HttpRequest, obj: ReviewRequest | None = None) -> Any:
        asked, *closed = super().get_fieldsets(request, obj)
        return [asked] if obj and obj.is_open else [asked, *closed]

    @admin.display(description="question", ordering="faq__content_id")
    def answer(self, request: ReviewRequest) -> SafeString:
        return cells.content_id(request.faq)

    @admin.display(ordering="faq__drug__name")
    def drug(self, request: ReviewRequest) -> str:
        return request.faq.drug.name

    @admin.display(description="cause", ordering="cause")
    def why(self, request: ReviewRequest) -> SafeString:
        return badge("cause", request.cause, request.get_cause_display())

    @admin.display(description="reason", ordering="reason")
    def reason_told(self, request: ReviewRequest) -> str:
        return Truncator(request.reason).chars(SHORT)

    @admin.display(description="wanted by", ordering="due")
    def wanted_by(self, request: ReviewRequest) -> SafeString:
        return cells.due(request.due, is_overdue=request.is_open and request.due < timezone.localdate())

    def close(self, request: HttpRequest, row: ReviewRequest) -> HttpResponse:
        """The button that says that the answer stays as it is."""
        words = request.POST.get("words", "")
        try:
            with transaction.atomic():
                reviewing.close(row, outcome=words, by=person(request))
                self.log_change(request, row, f"Closed: the answer stays as it is. {words.strip()}")
        except (PermissionDenied, ValueError) as refusal:
            messages.error(request, str(refusal))
            give_back_words(request)
        else:
            messages.success(request, "Closed: the answer stays as it is.")
        return redirect(change_url(row))

    def page_context(self, request: HttpRequest, row: ReviewRequest) -> dict[str, Any]:
        user = person(request)
        published = FaqVersion.objects.published().filter(faq=row.faq_id).first()
        may_close = row.is_open and reviewing.may(user, "close")
        return {
            **super().page_context(request, row),
            "published": published,
            "newest": row.faq.versions.order_by("-number").first(),
            "remarks": row.remarks.select_related("vote") if user.has_perm("faq.view_remark") else (),
            "may_close": may_close and not (published and permissions.has_written(user, published)),
        }


@admin.register(ReviewReminder)
class ReviewReminderAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["answer", "told", "due", "mailbox", "noted_at", "sent"]
    list_filter = ["stage", "version__faq__market", ("version__faq__drug", AutocompleteFilter), "noted_at"]
    list_select_related = ["version__faq__drug"]
    search_fields = ["version__faq__content_id", "mailbox"]
    fields = ["version", "told", "due", "mailbox", "noted_at", "sent"]
    readonly_fields = ["told", "sent"]

    @admin.display(ordering="version")
    def answer(self, reminder: ReviewReminder) -> SafeString:
        return cells.version_link(reminder.version)

    @admin.display(ordering="stage")
    def told(self, reminder: ReviewReminder) -> str:
        return reminder.get_stage_display()

    @admin.display(description="mailed", ordering="sent_at", empty_value="not yet")
    def sent(self, reminder: ReviewReminder) -> datetime | None:
        return reminder.sent_at

    def get_list_display_links(self, _request: HttpRequest, _list_display: Any) -> Any:
        return ["told"]
