"""What visitors said about answers; staff read it and change nothing."""

from django.contrib import admin
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.admin.feedback_export import FeedbackExporting
from faq.models import Feedback, Remark
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin


@admin.register(Feedback)
class FeedbackAdmin(FeedbackExporting, ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["given_at", "satisfied", "answer", "question", "drug", "suspicion"]
    list_filter = [
        "satisfied",
        "suspicion",
        "device",
        "version__faq__market",
        ("version__faq__drug", AutocompleteFilter),
        ("version__faq", AutocompleteFilter),
        "given_at",
    ]
    list_select_related = ["version__faq__drug"]
    fields = ["given_at", "changed_at", "satisfied", "answer", "question", "drug", "device", "searched", "suspicion"]

    @admin.display(ordering="version")
    def answer(self, feedback: Feedback) -> SafeString:
        return cells.version_link(feedback.version)

    def question(self, feedback: Feedback) -> str:
        return feedback.version.question

    @admin.display(ordering="version__faq__drug")
    def drug(self, feedback: Feedback) -> str:
        return str(feedback.version.faq.drug)


@admin.register(Remark)
class RemarkAdmin(FeedbackExporting, ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["written_at", "text", "answer", "state", "handled_by"]
    list_filter = ["state", "vote__satisfied", "vote__version__faq__market", "written_at"]
    list_select_related = ["vote__version__faq", "handled_by"]
    search_fields = ["text"]
    fields = ["written_at", "text", "answer", "state", "handled_by", "handled_at"]

    @admin.display(ordering="vote__version")
    def answer(self, remark: Remark) -> SafeString:
        return cells.version_link(remark.vote.version)
