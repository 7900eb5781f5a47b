"""How many votes there are, always out of tallies: no figure counts single votes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncWeek

from faq.models import Faq, FaqVersion, Tally
from faq.satisfaction.score import Score
from faq.satisfaction.spans import Span

Standing = Tally.Standing


@dataclass(frozen=True)
class Votes:
    """The votes that make a score, and beside them those that make none."""

    score: Score = field(default_factory=Score)
    suspect: Score = field(default_factory=Score)
    turned_away: Score = field(default_factory=Score)

    def __add__(self, other: "Votes") -> "Votes":
        return Votes(self.score + other.score, self.suspect + other.suspect, self.turned_away + other.turned_away)

    @classmethod
    def of(cls, satisfied: bool, standing: str, number: int) -> "Votes":
        """So many votes of one kind."""
        score = Score(number, 0) if satisfied else Score(0, number)
        return cls(**{_FIELDS[standing]: score})


_FIELDS: dict[str, str] = {
    Standing.COUNTED: "score",
    Standing.SUSPECT: "suspect",
    Standing.TURNED_AWAY: "turned_away",
}


def tallies(span: Span, *where: Q, **fields: Any) -> QuerySet[Tally]:
    """The tallies within `span` that fit."""
    days = {"day__lte": span.last} | ({"day__gte": span.first} if span.first else {})
    return Tally.objects.filter(*where, **fields, **days, number__gt=0).order_by()


def by(column: str, rows: QuerySet[Tally]) -> dict[Any, Votes]:
    """The votes of `rows` by one of their columns."""
    summed = rows.values_list(column, "satisfied", "standing").annotate(sum=Sum("number"))
    return gathered((key, Votes.of(*kind)) for key, *kind in summed)


def gathered(votes: Iterable[tuple[Any, Votes]]) -> dict[Any, Votes]:
    """The sum of `votes` for each key."""
    found: dict[Any, Votes] = {}
    for key, some in votes:
        found[key] = found.get(key, Votes()) + some
    return found


def by_week(rows: QuerySet[Tally]) -> dict[date, Score]:
    """The score of each week that has votes, by its Monday."""
    counted = rows.filter(standing=Standing.COUNTED).annotate(week=TruncWeek("day"))
    summed = counted.values_list("week", "satisfied").annotate(sum=Sum("number"))
    votes = gathered((week, Votes.of(yes, Standing.COUNTED, number)) for week, yes, number in summed)
    return {week: some.score for week, some in votes.items()}


def of_drug(drug: int) -> Any:
    """All versions of answers about `drug`, for a condition."""
    return FaqVersion.objects.filter(faq__drug=drug).order_by().values("pk")


def of_market(market: int) -> Any:
    """All versions of answers of `market`, for a condition."""
    return FaqVersion.objects.filter(faq__market=market).order_by().values("pk")


def of_answer(faq: Faq) -> list[tuple[int, date, Votes]]:
    """Version, day and votes of everything that was ever voted on `faq`."""
    rows = Tally.objects.filter(version__faq=faq, number__gt=0).order_by("day")
    columns = rows.values_list("version", "day", "satisfied", "standing", "number")
    return [(version, day, Votes.of(yes, standing, number)) for version, day, yes, standing, number in columns]
