"""The queue of what visitors wrote below their votes, for those who read and sort it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.admin.feedback_export import FeedbackExporting
from faq.admin.feedback_filters import AssignedFilter, DaysFilter, ReasonFilter, SuspectFilter
from faq.admin.remark_errands import ERRANDS, Errand, Errands
from faq.admin.remark_flags import FlagFilter, Flagged
from faq.models import Reason, Remark
from portal.chrome.models import Market
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, cell, change_url

# The texts of an answer, which no list of remarks shows.
HEAVY = ("short_answer", "body", "rendered_short_answer", "rendered_body", "rendered_references", "what_changed")
# So many duplicates stand on the page of the first.
DUPLICATES = 50
NONE = SafeString("none")


@admin.register(Remark)
class RemarkAdmin(FeedbackExporting, ReadOnly, FilterMedia, Flagged, Errands):
    list_display = ["said", "about", "flag", "sorted"]
    list_display_links = None
    list_filter = [
        "state",
        AssignedFilter,
        FlagFilter,
        "vote__satisfied",
        ReasonFilter,
        SuspectFilter,
        DaysFilter,
        "vote__version__faq__market",
        ("vote__version__faq__drug", AutocompleteFilter),
        ("vote__version__faq", AutocompleteFilter),
        ("vote__version", AutocompleteFilter),
    ]
    list_select_related = [
        *("vote__version__faq__drug", "vote__version__faq__market"),
        *("assigned_to", "handled_by", "task"),
    ]
    search_fields = ["text", "vote__searched"]
    show_facets = admin.ShowFacets.NEVER
    actions = ["mark_read", "mark_spam", "vouch", "reopen", "assign", "duplicate", "review"]
    fieldsets = [
        (None, {"fields": ["vote_told", "reasons", "searched", "device", "written", "number"]}),
        ("What it is about", {"fields": ["answer", "question", "drug", "market"]}),
        ("What was done", {"fields": ["duplicates_told", "task_told"]}),
    ]

    class Media:
        css = {"all": ["css/admin-flag.css", "css/admin-desk.css"]}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Remarks", **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Remark]:
        rows: QuerySet[Remark] = super().get_queryset(request).select_related(*self.list_select_related)
        return rows.defer(*(f"vote__version__{name}" for name in HEAVY))

    @admin.action(description="Assign …", permissions=["handle"])
    def assign(self, request: HttpRequest, chosen: QuerySet[Remark]) -> HttpResponseBase:
        return self.begin(request, ERRANDS["assign"], chosen, request.get_full_path())

    @admin.action(description="Duplicate of …", permissions=["handle"])
    def duplicate(self, request: HttpRequest, chosen: QuerySet[Remark]) -> HttpResponseBase:
        return self.begin(request, ERRANDS["duplicate"], chosen, request.get_full_path())

    @admin.action(description="Ask the author for a review …", permissions=["handle"])
    def review(self, request: HttpRequest, chosen: QuerySet[Remark]) -> HttpResponseBase:
        return self.begin(request, ERRANDS["review"], chosen, request.get_full_path())

    @admin.display(description="what was written", ordering="written_at")
    def said(self, remark: Remark) -> SafeString:
        about = {
            "address": change_url(remark),
            "reasons": labels(remark.vote.reasons),
            "zone": _market(remark).time_zone,
        }
        return cell("faq/remark/_said", remark=remark, **about)

    @admin.display(description="about", ordering="vote__version")
    def about(self, remark: Remark) -> SafeString:
        return cell("faq/remark/_about", remark=remark, version=remark.vote.version)

    @admin.display(description="state", ordering="state")
    def sorted(self, remark: Remark) -> SafeString:
        return cell("faq/remark/_sorted", remark=remark, zone=_market(remark).time_zone)

    def written(self, remark: Remark) -> SafeString:
        return cells.moment(remark.written_at, _market(remark))

    def number(self, remark: Remark) -> int:
        return remark.pk

    @admin.display(description="vote")
    def vote_told(self, remark: Remark) -> SafeString:
        return cell("faq/remark/_vote", vote=remark.vote, address=change_url(remark.vote))

    def reasons(self, remark: Remark) -> str:
        return "; ".join(labels(remark.vote.reasons)) or NONE

    @admin.display(description="search that led there")
    def searched(self, remark: Remark) -> str:
        return remark.vote.searched or NONE

    def device(self, remark: Remark) -> str:
        return remark.vote.get_device_display()

    def answer(self, remark: Remark) -> SafeString:
        return cells.version_link(remark.vote.version)

    def question(self, remark: Remark) -> str:
        return remark.vote.version.question

    def drug(self, remark: Remark) -> str:
        return str(remark.vote.version.faq.drug)

    def market(self, remark: Remark) -> str:
        return str(_market(remark))

    @admin.display(description="its duplicates")
    def duplicates_told(self, remark: Remark) -> SafeString:
        found = remark.duplicates.order_by("pk")[:DUPLICATES]
        return cells.links([(f"No. {again.pk}: {again.text}", change_url(again)) for again in found]) or NONE

    @admin.display(description="review asked for")
    def task_told(self, remark: Remark) -> SafeString:
        return cells.links([(remark.task.reason, change_url(remark.task))]) if remark.task else NONE

    def page_context(self, request: HttpRequest, row: Remark) -> dict[str, Any]:
        about = {"chosen": row.pk, "back": change_url(row)}
        return {
            **super().page_context(request, row),
            "zone": _market(row).time_zone,
            "handled": cells.moment(row.handled_at, _market(row)) if row.handled_at else "",
            "may_handle": self.has_handle_permission(request),
            "errands": [(errand.button, _address(errand, about)) for errand in ERRANDS.values()],
            "others": row.vote.remarks.exclude(pk=row.pk).order_by("written_at", "pk"),
        }


def _market(remark: Remark) -> Market:
    return remark.vote.version.faq.market


def labels(reasons: list[str]) -> list[str]:
    """Reasons in words."""
    return [str(Reason(reason).label) for reason in reasons]


def _address(errand: Errand, about: dict[str, Any]) -> str:
    return f"{reverse('admin:faq_remark_errand', args=[errand.name])}?{urlencode(about)}"
