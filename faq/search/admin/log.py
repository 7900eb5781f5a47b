"""What visitors searched for: most asked, without an answer, without a reader, without satisfaction."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq.search.admin.lists import QuestionList
from faq.search.models import SearchEvent, SearchLine, UnansweredSearch, UnopenedSearch, UnsatisfiedSearch
from faq.search.models.lines import EVER, PERIODS
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin, badge, cell

Kind = SearchEvent.Kind
LED_TO = ["wordings", "answers"]


class PeriodFilter(admin.SimpleListFilter):
    """How far back a list looks, which the rows are counted over before anything else is filtered."""

    title = "period"
    parameter_name = "days"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [(str(days), f"Last {days} days") for days in PERIODS]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset


def period(request: HttpRequest) -> int:
    """The number of days that the list's address names, EVER where it names none of PERIODS."""
    days = request.GET.get(PeriodFilter.parameter_name, "")
    return int(days) if days in {str(known) for known in PERIODS} else EVER


class LineList(QuestionList):
    """A list of questions with what became of them."""

    list_display = ["place", "times", "opened_part", "satisfied_part", "asked_last"]
    list_filter = [PeriodFilter, *QuestionList.list_filter]
    search_fields = ["text", "key", "drug__name"]
    fields = ["text", "place", "asked", "unanswered", "opened", "satisfied", "unsatisfied", "asked_last", *LED_TO]
    readonly_fields = ["place", "asked_last", *LED_TO]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchLine]:
        lines = cast(Any, super().get_queryset(request))
        return cast(QuerySet[SearchLine], lines.over(period(request)).filter(self.model.shown))

    @admin.display(description="times asked", ordering="asked")
    def times(self, line: SearchLine) -> SafeString:
        return cell("search/_times", line=line)

    @admin.display(description="answers opened", ordering="opened_share")
    def opened_part(self, line: SearchLine) -> SafeString:
        return cell("search/_share", part=line.opened, whole=None, share=line.opened_share)

    @admin.display(description="satisfied", ordering="satisfied_share")
    def satisfied_part(self, line: SearchLine) -> SafeString:
        said = line.satisfied + line.unsatisfied
        return cell("search/_share", part=line.satisfied, whole=said, share=line.satisfied_share)

    @admin.display(description="last asked", ordering="last_asked")
    def asked_last(self, line: SearchLine) -> SafeString:
        return cell("faq/_day", when=line.last_asked)

    @admin.display(description="in these words")
    def wordings(self, line: SearchLine) -> SafeString:
        words = _events(line).filter(kind=Kind.ASKED).values_list("text").annotate(times=Count("pk"))
        return cell("search/_counted", rows=words.order_by("-times", "text")[:20])

    @admin.display(description="answers that were opened or judged")
    def answers(self, line: SearchLine) -> SafeString:
        kinds = {kind: Count("pk", filter=Q(kind=kind)) for kind in Kind.values if kind != Kind.ASKED}
        led_to = _events(line).exclude(faq=None).values("faq", "faq__content_id")
        return cell("search/_led_to", rows=led_to.annotate(**kinds, times=Count("pk")).order_by("-times")[:20])


def _events(line: SearchLine) -> QuerySet[SearchEvent]:
    return SearchEvent.objects.filter(market=line.market, drug=line.drug, key=line.key).order_by()


@admin.register(SearchLine)
class SearchLineAdmin(LineList):
    told = "Every question that visitors asked, with the words in any order. Who asked is not known."


@admin.register(UnansweredSearch)
class UnansweredSearchAdmin(LineList):
    told = "Questions that found no answer when they were last asked."
    list_display = ["place", "asked", "unanswered", "waits", "asked_last"]
    list_select_related = ["market", "drug", "gap"]

    @admin.display(description="gap", ordering="gap__state")
    def waits(self, line: UnansweredSearch) -> SafeString:
        return badge("gap", line.gap.state, line.gap.get_state_display()) if line.gap else SafeString("")


@admin.register(UnopenedSearch)
class UnopenedSearchAdmin(LineList):
    told = "Questions that found answers, of which nobody opened one, as far as visitors' browsers told."
    list_display = ["place", "times", "asked_last"]


@admin.register(UnsatisfiedSearch)
class UnsatisfiedSearchAdmin(LineList):
    told = "Questions whose answers did not satisfy everybody who said so."
    list_display = ["place", "times", "satisfied_part", "opened_part", "asked_last"]


@admin.register(SearchEvent)
class SearchEventAdmin(ReadOnly, FilterMedia, StaffAdmin):
    """Single events, for looking into a line."""

    list_display = ["text", "kind", "place", "results", "answer", "hour"]
    list_filter = ["kind", "market", ("drug", AutocompleteFilter), ("faq", AutocompleteFilter), "at"]
    list_select_related = ["market", "drug", "faq"]
    search_fields = ["text", "key"]
    fields = ["text", "kind", "place", "results", "answered", "faq", "hour"]
    readonly_fields = ["place", "hour"]
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description="searched in", ordering="drug__name")
    def place(self, event: SearchEvent) -> SafeString:
        return cell("search/_place", row=event)

    @admin.display(ordering="faq__content_id")
    def answer(self, event: SearchEvent) -> SafeString:
        return cell("faq/_content_id", parts=event.faq.content_id.split("_") if event.faq else [])

    @admin.display(ordering="at")
    def hour(self, event: SearchEvent) -> SafeString:
        return cell("search/_hour", at=event.at)
