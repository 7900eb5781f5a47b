"""What visitors said about answers; staff read it and change nothing."""

from django.contrib import admin
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.models import Feedback
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin


@admin.register(Feedback)
class FeedbackAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["created_at", "satisfied", "answer", "question", "drug"]
    list_filter = [
        "satisfied",
        "version__faq__market",
        ("version__faq__drug", AutocompleteFilter),
        ("version__faq", AutocompleteFilter),
        "created_at",
    ]
    list_select_related = ["version__faq__drug"]
    search_fields = ["version__faq__content_id", "version__question", "version__faq__drug__name"]
    date_hierarchy = "created_at"
    fields = ["created_at", "satisfied", "answer", "question", "drug"]

    @admin.display(ordering="version")
    def answer(self, feedback: Feedback) -> SafeString:
        return cells.version_link(feedback.version)

    def question(self, feedback: Feedback) -> str:
        return feedback.version.question

    @admin.display(ordering="version__faq__drug")
    def drug(self, feedback: Feedback) -> str:
        return str(feedback.version.faq.drug)
