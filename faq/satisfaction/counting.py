"""How many votes there are, always out of tallies: no figure counts single votes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Sum

from faq.models import Faq, FaqVersion, Tally
from faq.satisfaction.score import Score
from faq.satisfaction.spans import Span

Standing = Tally.Standing


# Yes and no of what is counted, of what is suspect and of what was turned away, as the fields of Votes stand.
_SUMS = ", ".join(
    f"sum(number) FILTER (WHERE {said} satisfied AND standing = '{standing}')"
    for standing in (Standing.COUNTED, Standing.SUSPECT, Standing.TURNED_AWAY)
    for said in ("", "NOT")
)
# Whole numbers, from a Monday on: to truncate by the calendar takes several times as long.
_MONDAY = "date '2001-01-01' + (day - date '2001-01-01') / 7 * 7"


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


def total(span: Span, versions: Any) -> Votes:
    """All votes on `versions`, which is one of the conditions below, within `span`."""
    rows = _asked(span, versions, "", "")
    return _votes(rows[0]) if rows else Votes()


class Summed(NamedTuple):
    """The same votes summed in three ways: by version, by week (its Monday), and all of them.

    A version whose votes make no score, because all of them are suspect, is there with none.
    """

    versions: dict[int, Score]
    weeks: dict[date, Score]
    total: Votes


def summed(span: Span, versions: Any) -> Summed:
    """The votes on `versions` within `span`, in one reading of the tallies."""
    # All of them are the sum of the weeks: a third grouping would cost as much again as each of these.
    grouping = f"GROUP BY GROUPING SETS ((version_id), ({_MONDAY}))"
    rows = _asked(span, versions, f"version_id, {_MONDAY}, ", grouping)
    weeks = [(begin, _votes(sums)) for _, begin, *sums in rows if begin is not None]
    return Summed(
        {row[0]: Score(row[2] or 0, row[3] or 0) for row in rows if row[0] is not None},
        {begin: votes.score for begin, votes in weeks},
        sum((votes for _, votes in weeks), Votes()),
    )


def _asked(span: Span, versions: Any, columns: str, grouping: str) -> list[tuple[Any, ...]]:
    condition, params = versions.query.sql_with_params()
    first = "AND day >= %s" if span.first else ""
    days = [span.last, *([span.first] if span.first else [])]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}{_SUMS} FROM faq_tally"  # noqa: S608  (nobody else's words; values are params)
            f" WHERE version_id IN ({condition}) AND number > 0 AND day <= %s {first} {grouping}",
            [*params, *days],
        )
        return list(cursor.fetchall())


def _votes(sums: Sequence[Any]) -> Votes:
    numbers = [int(number or 0) for number in sums]
    return Votes(*(Score(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)))


def held() -> Votes:
    """All votes that are stored, of every market."""
    stored = Tally.objects.exclude(standing=Standing.TURNED_AWAY).order_by().values_list("satisfied", "standing")
    return sum((Votes.of(*kind) for kind in stored.annotate(sum=Sum("number"))), Votes())


def gathered(votes: Iterable[tuple[Any, Votes]]) -> dict[Any, Votes]:
    """The sum of `votes` for each key."""
    found: dict[Any, Votes] = {}
    for key, some in votes:
        found[key] = found[key] + some if key in found else some
    return found


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
