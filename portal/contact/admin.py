"""Inquiries, which staff read and mark as answered; what the visitor sent stays as it was sent. And their topics."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from portal.accounts.signed_in import person
from portal.contact import groups, handling
from portal.contact.choices import Urgency
from portal.contact.models import Inquiry, InquiryTopic
from portal.lib import landing
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin, badge, change_url
from portal.safety.kinds import flags_of


class SafetyFilter(admin.SimpleListFilter):
    """What the safety team has to hear of, by topic or by a visitor's yes."""

    title = "safety"
    parameter_name = "safety"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Concerns safety"), ("no", "Does not")]

    def queryset(self, _request: HttpRequest, inquiries: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
        concerned = Inquiry.objects.of_safety().values("pk")
        found = {"yes": inquiries.filter(pk__in=concerned), "no": inquiries.exclude(pk__in=concerned)}
        return found.get(self.value() or "", inquiries)


@admin.register(Inquiry)
class InquiryAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = [
        *("case_number", "received_at", "status", "subject", "flags", "drug", "name"),
        *("market", "mailed", "acknowledged", "answered_by"),
    ]
    list_filter = [
        *("state", SafetyFilter, "urgency", "mailed", "acknowledged", "topic__kind", ("topic", AutocompleteFilter)),
        *("market", ("drug", AutocompleteFilter), "profession", "received_at"),
    ]
    list_select_related = ["market", "drug", "topic", "answered_by"]
    search_fields = ["case_number", "question", "name", "organisation", "email", "phone", "lot_number", "product_named"]
    date_hierarchy = "received_at"
    actions = ["mark_answered"]
    buttons = ("answered",)
    fieldsets = [(title, {"fields": names}) for title, names in (*groups.SENT, groups.HANDLING)]

    class Media:
        css = {"all": ["css/admin-contact.css"]}

    @admin.display(ordering="state")
    def status(self, inquiry: Inquiry) -> SafeString:
        return badge("state", inquiry.state, inquiry.get_state_display())

    @admin.display(ordering="topic")
    def subject(self, inquiry: Inquiry) -> SafeString:
        return badge("kind", inquiry.topic.kind, inquiry.topic.name)

    def flags(self, inquiry: Inquiry) -> SafeString:
        """What makes an inquiry wait less than others."""
        safety = [badge("kind", "safety", "Safety")] if inquiry.is_safety else []
        pressing = inquiry.urgency != Urgency.ROUTINE
        urgency = [badge("urgency", inquiry.urgency, inquiry.get_urgency_display())] if pressing else []
        return format_html_join(" ", "{}", [[flag] for flag in (*safety, *urgency)])

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
        may_answer = row.state == Inquiry.State.NEW and self.has_answer_permission(request)
        flags = flags_of(row) if request.user.has_perm("safety.view_safetyflag") else []
        said = {"is_safety": row.is_safety, "is_urgent": row.is_urgent}
        return {"may_answer": may_answer, **said, "safety_flags": flags}


@admin.register(InquiryTopic)
class InquiryTopicAdmin(StaffAdmin):
    list_display = ["name", "market", "kind_of", "mailbox", "reply_within", "order", "is_offered"]
    list_filter = ["market", "kind", "is_offered"]
    list_select_related = ["market"]
    search_fields = ["name", "key", "mailbox"]
    autocomplete_fields = ["market"]
    prepopulated_fields = {"key": ["name"]}
    # The kind too, for it says of the inquiries that are there already whether the safety team has to hear of them.
    lasting_fields = ("market", "key", "kind")
    fieldsets = [
        (None, {"fields": ["market", "name", "key", "hint", "kind", "order", "is_offered"]}),
        ("Where it goes", {"fields": ["mailbox", "reply_within"]}),
    ]

    class Media:
        css = {"all": ["css/admin-contact.css"]}

    def get_prepopulated_fields(self, request: HttpRequest, obj: InquiryTopic | None = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    @admin.display(description="kind", ordering="kind")
    def kind_of(self, topic: InquiryTopic) -> SafeString:
        return badge("kind", topic.kind, topic.get_kind_display())


NEW = landing.Entry(
    "New inquiries",
    "contact.view_inquiry",
    lambda _person: Inquiry.objects.filter(state=Inquiry.State.NEW),
    "contact_inquiry_changelist",
    {"state__exact": Inquiry.State.NEW},
    is_pressing=True,
)
landing.add("From visitors", 30, [NEW])
landing.shelve("Visitors", 40, Inquiry, InquiryTopic)
