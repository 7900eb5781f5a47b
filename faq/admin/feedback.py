"""Votes, which staff read; the figures made of them stand on pages of their own (faq/admin/desk.py)."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from faq import remarks as verbs
from faq.admin import cells
from faq.admin.desk import Desk
from faq.admin.feedback_export import FeedbackExporting
from faq.admin.feedback_filters import DaysFilter, ReasonFilter, SuspectFilter
from faq.admin.remark import HEAVY, labels
from faq.admin.remark_sorting import Sorting
from faq.models import Feedback
from faq.satisfaction import counting
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, badge, change_url

# A list is looked at for its newest rows; to count a million of them takes longer than to show these.
MOST = 2000


class NewestPaginator(Paginator):
    """Pages of the first rows of a list: they are sought out once, and nothing beyond them is counted."""

    object_list: QuerySet[Any]

    @cached_property
    def keys(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[:MOST])

    @cached_property
    def count(self) -> int:
        return len(self.keys)

    def page(self, number: int | str) -> Page[Any]:
        place = self.validate_number(number)
        begin = (place - 1) * self.per_page
        chosen = self.object_list.filter(pk__in=self.keys[begin : begin + self.per_page])
        return Page(chosen, place, self)


class NewestList(ChangeList):
    """A list of NewestPaginator, also where all of it is on one page: Django then asks for the rows once more."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


@admin.register(Feedback)
class FeedbackAdmin(FeedbackExporting, ReadOnly, FilterMedia, Desk, Sorting):
    list_display = ["given", "vote", "reasons_told", "answer", "question", "drug", "searched", "device"]
    list_filter = [
        "satisfied",
        SuspectFilter,
        ReasonFilter,
        "device",
        DaysFilter,
        "version__faq__market",
        ("version__faq__drug", AutocompleteFilter),
        ("version__faq", AutocompleteFilter),
        ("version", AutocompleteFilter),
    ]
    list_select_related = ["version__faq__drug", "version__faq__market"]
    show_facets = admin.ShowFacets.NEVER
    paginator = NewestPaginator
    list_max_show_all = 0
    actions = ["vouch_for_votes"]
    buttons = ()
    sortable_by = ["given"]
    fieldsets = [
        (None, {"fields": ["given", "changed", "vote", "reasons_told", "remarks_told"]}),
        ("What it is about", {"fields": ["answer", "question", "drug", "searched", "searched_in", "device"]}),
        ("Whether it counts", {"fields": ["suspicion", "vouched_by"]}),
    ]

    class Media:
        css = {"all": ["css/admin-desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feedback]:
        rows: QuerySet[Feedback] = super().get_queryset(request)
        return rows.defer(*(f"version__{name}" for name in HEAVY))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        numbers = counting.held()
        context = {"title": "Votes", "counted": numbers.score, "suspect": numbers.suspect, "most": MOST}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        return NewestList

    @admin.action(description="People gave them after all: count them", permissions=["handle"])
    def vouch_for_votes(self, request: HttpRequest, chosen: QuerySet[Feedback]) -> None:
        self.sort(request, chosen, verbs.vouch_for_votes, "Vouched for")

    @admin.display(ordering="given_at")
    def given(self, vote: Feedback) -> SafeString:
        return cells.moment(vote.given_at, vote.version.faq.market)

    def changed(self, vote: Feedback) -> SafeString:
        return cells.moment(vote.changed_at, vote.version.faq.market) if vote.changed_at else SafeString("never")

    @admin.display(description="satisfied")
    def vote(self, vote: Feedback) -> SafeString:
        said = badge("vote", "yes", "Yes") if vote.satisfied else badge("vote", "no", "No")
        return SafeString(f"{said} {badge('suspect', vote.suspicion, 'Suspect')}") if vote.is_suspect else said

    @admin.display(description="reasons")
    def reasons_told(self, vote: Feedback) -> str:
        return "; ".join(labels(vote.reasons))

    @admin.display(description="remarks")
    def remarks_told(self, vote: Feedback) -> SafeString:
        return cells.links([(remark.text or f"No. {remark.pk}", change_url(remark)) for remark in vote.remarks.all()])

    @admin.display()
    def answer(self, vote: Feedback) -> SafeString:
        return cells.version_link(vote.version)

    def question(self, vote: Feedback) -> str:
        return vote.version.question

    @admin.display()
    def drug(self, vote: Feedback) -> str:
        return str(vote.version.faq.drug)
