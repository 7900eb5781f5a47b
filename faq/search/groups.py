"""Reads the groups of questions that found no answer and mean the same: how often they were asked, in which words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from faq.models import Drug, Faq
from faq.search.models import SearchGap
from portal.chrome.models import Market

# Groups on a page, wordings of each of them, and medicines among which a list lets choose.
ON_PAGE, WORDINGS, DRUGS = 25, 50, 100

# Counted over all that is kept, or over the events of some days.
_EVER = "SELECT gap.*, gap.asked AS times FROM search_searchgap gap"
_LATELY = """
SELECT gap.*, lately.times FROM search_searchgap gap
    JOIN (
        SELECT market_id, coalesce(drug_id, 0) AS place, key, count(*) AS times FROM search_searchevent
        WHERE kind = 'asked' AND NOT answered AND at >= now() - make_interval(days => %(days)s)
        GROUP BY 1, 2, 3
    ) lately ON lately.market_id = gap.market_id AND lately.key = gap.key AND lately.place = coalesce(gap.drug_id, 0)
"""
# Counted once, for the groups of a page and for the wordings of each.
_PAGE = """
WITH chosen AS MATERIALIZED (
    SELECT id, times, first_asked, last_asked, coalesce(leader_id, id) AS head FROM ({rows}) gap
    WHERE state = %(state)s AND (%(market)s::bigint IS NULL OR market_id = %(market)s)
        AND (%(drug)s::bigint IS NULL OR about_id = %(drug)s)
), page AS (
    SELECT head, sum(times)::bigint AS times, count(*) AS number, min(first_asked) AS first, max(last_asked) AS last,
        count(*) OVER () AS total
    FROM chosen GROUP BY head ORDER BY 2 DESC, 5 DESC, 1 LIMIT %(most)s OFFSET %(past)s
), numbered AS (
    SELECT head, id, times, row_number() OVER (PARTITION BY head ORDER BY times DESC, first_asked, id) AS place
    FROM chosen WHERE head IN (SELECT head FROM page)
)
SELECT page.head, page.times, number, first, last, total, id, numbered.times
FROM page JOIN numbered USING (head) WHERE place <= %(wordings)s ORDER BY 2 DESC, 5 DESC, 1, place
"""


class Chosen(NamedTuple):
    """Which gaps are looked at: of a state; of a market and a medicine, None for all; asked within so many days."""

    state: str = SearchGap.State.OPEN
    market: int | None = None
    drug: int | None = None
    days: int | None = None


class Wording(NamedTuple):
    """One question of a group, and how often it was asked in the period."""

    gap: SearchGap
    times: int


@dataclass
class Group:
    """Questions that mean the same; `before` are those of them that are in another state, by what was done."""

    leader: int
    times: int
    number: int
    first_asked: Any
    last_asked: Any
    wordings: list[Wording] = field(default_factory=list)
    before: list[dict[str, Any]] = field(default_factory=list)

    @property
    def gap(self) -> SearchGap:
        """The most asked one."""
        return self.wordings[0].gap

    @property
    def faqs(self) -> list[Faq]:
        """What was made of them."""
        return list({wording.gap.faq.pk: wording.gap.faq for wording in self.wordings if wording.gap.faq}.values())

    @property
    def more(self) -> int:
        """How many wordings are not listed."""
        return self.number - len(self.wordings)


class Page(NamedTuple):
    """Some groups, and how many there are."""

    groups: list[Group]
    total: int


def page(chosen: Chosen, number: int) -> Page:
    """The groups on the page `number`, counted from 1, the most asked first."""
    past = (number - 1) * ON_PAGE
    rows = _ask(chosen, most=ON_PAGE, past=past, wordings=WORDINGS)
    groups = {head: Group(head, times, count, first, last) for head, times, count, first, last, *_ in rows}
    if not groups:
        return Page([], 0)
    parts = "market", "drug", "about", "faq", "handled_by"
    gaps = SearchGap.objects.defer("vector").select_related(*parts).in_bulk([row[-2] for row in rows])
    for head, *_, gap, times in rows:
        # One may have been forgotten between the two questions.
        if gap in gaps:
            groups[head].wordings.append(Wording(gaps[gap], times))
    for head, done in _before(chosen, groups).items():
        groups[head].before = done
    return Page([group for group in groups.values() if group.wordings], rows[0][5])


def drugs(chosen: Chosen) -> list[tuple[Drug, int]]:
    """The medicines that most of the gaps are about, with how many, whatever medicine is chosen."""
    gaps = SearchGap.objects.filter(state=chosen.state).exclude(about=None).order_by()
    gaps = gaps.filter(market=chosen.market) if chosen.market else gaps
    counts = dict(gaps.values_list("about").annotate(number=Count("pk")).order_by("-number", "about")[:DRUGS])
    asked = Q(pk__in=counts) | Q(pk=chosen.drug)
    found = Drug.objects.filter(asked).select_related("market").order_by("name", "market__code")
    return [(drug, counts.get(drug.pk, 0)) for drug in found]


def ungrouped(market: Market | None = None) -> int:
    """How many open questions were not compared with others yet."""
    waiting = SearchGap.objects.open().filter(recipe="")
    return (waiting.filter(market=market) if market else waiting).count()


def _ask(chosen: Chosen, **values: int) -> list[Any]:
    rows = _EVER if chosen.days is None else _LATELY
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(rows=rows), {**chosen._asdict(), **values})
        return list(cursor.fetchall())


def _before(chosen: Chosen, heads: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    keys = list(heads)
    members = SearchGap.objects.filter(Q(pk__in=keys) | Q(leader__in=keys)).exclude(state=chosen.state)
    told = members.annotate(head=Coalesce("leader", "pk")).values("head", "state", "note", "faq", "faq__content_id")
    told = told.annotate(number=Count("pk")).order_by("head", "state", "-number")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in told[: ON_PAGE * 10]:
        found[row["head"]].append({**row, "label": SearchGap.State(row["state"]).label})
    return found
