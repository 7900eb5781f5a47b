"""What visitors said about answers; staff read it and change nothing."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.models import Feedback
from portal.accounts.signed_in import person
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin


class ReadFilter(admin.SimpleListFilter):
    """What somebody has looked at, and what nobody has."""

    title = "read"
    parameter_name = "read"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Unread"), ("yes", "Read")]

    def queryset(self, _request: HttpRequest, feedback: QuerySet[Feedback]) -> QuerySet[Feedback]:
        found = {"no": feedback.filter(read_at=None), "yes": feedback.exclude(read_at=None)}
        return found.get(self.value() or "", feedback)


@admin.register(Feedback)
class FeedbackAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["created_at", "satisfied", "answer", "question", "drug", "read"]
    list_filter = [
        ReadFilter,
        "satisfied",
        "version__faq__market",
        ("version__faq__drug", AutocompleteFilter),
        ("version__faq", AutocompleteFilter),
        "created_at",
    ]
    list_select_related = ["version__faq__drug", "read_by"]
    search_fields = ["version__faq__content_id", "version__question", "version__faq__drug__name"]
    date_hierarchy = "created_at"
    fields = ["created_at", "satisfied", "answer", "question", "drug", "read"]
    actions = ["mark_read"]

    @admin.action(description="Mark selected feedback as read", permissions=["view"])
    def mark_read(self, request: HttpRequest, feedback: QuerySet[Feedback]) -> None:
        chosen = Feedback.objects.filter(pk__in=feedback.values("pk"))
        messages.success(request, f"Marked as read: {chosen.mark_read(by=person(request))} of the selected feedback.")

    def page_context(self, request: HttpRequest, row: Feedback) -> dict[str, Any]:
        # Whoever has opened it has read it.
        Feedback.objects.filter(pk=row.pk).mark_read(by=person(request))
        return super().page_context(request, row)

    @admin.display(description="read by", ordering="read_at", empty_value="nobody yet")
    def read(self, feedback: Feedback) -> str | None:
        return str(feedback.read_by) if feedback.read_by else None

    @admin.display(ordering="version")
    def answer(self, feedback: Feedback) -> SafeString:
        return cells.version_link(feedback.version)

    def question(self, feedback: Feedback) -> str:
        return feedback.version.question

    @admin.display(ordering="version__faq__drug")
    def drug(self, feedback: Feedback) -> str:
        return str(feedback.version.faq.drug)
