"""Inquiries, which staff read and mark as answered; what the visitor sent stays as it was sent."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from portal.accounts.signed_in import person
from portal.contact import handling
from portal.contact.models import Inquiry
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin, badge, change_url


@admin.register(Inquiry)
class InquiryAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = [
        "case_number",
        "received_at",
        "status",
        "subject",
        "drug",
        "name",
        "market",
        "mailed",
        "answered_by",
    ]
    list_filter = ["state", "mailed", "topic", "market", ("drug", AutocompleteFilter), "profession", "received_at"]
    list_select_related = ["market", "drug", "answered_by"]
    search_fields = ["case_number", "question", "name", "organisation", "email"]
    date_hierarchy = "received_at"
    actions = ["mark_answered"]
    buttons = ("answered",)
    fieldsets = [
        (None, {"fields": ["case_number", "received_at", "market", "topic", "drug", "about", "question"]}),
        ("Sent by", {"fields": ["name", "profession", "organisation", "email", "phone"]}),
        ("Handling", {"fields": ["state", "answered_at", "answered_by", "mailed"]}),
    ]

    @admin.display(ordering="state")
    def status(self, inquiry: Inquiry) -> SafeString:
        return badge("state", inquiry.state, inquiry.get_state_display())

    @admin.display(ordering="topic")
    def subject(self, inquiry: Inquiry) -> SafeString:
        return badge("topic", inquiry.topic, inquiry.get_topic_display())

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("contact.answer_inquiry")

    @admin.action(description="Mark selected inquiries as answered", permissions=["answer"])
    def mark_answered(self, request: HttpRequest, inquiries: QuerySet[Inquiry]) -> None:
        with transaction.atomic():
            new = list(inquiries.filter(state=Inquiry.State.NEW))
            done = handling.mark_answered(new, by=person(request))
            for inquiry in new:
                self.log_change(request, inquiry, "Marked as answered.")
        messages.success(request, f"Marked as answered: {done} of the selected inquiries.")

    def answered(self, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
        """The button on an inquiry's own page."""
        if not self.has_answer_permission(request):
            raise PermissionDenied("You may not mark inquiries as answered.")
        self.mark_answered(request, Inquiry.objects.filter(pk=inquiry.pk))
        return redirect(change_url(inquiry))

    def page_context(self, request: HttpRequest, row: Inquiry) -> dict[str, Any]:
        return {"may_answer": row.state == Inquiry.State.NEW and self.has_answer_permission(request)}
