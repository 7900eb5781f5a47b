"""Votes week by week, Monday to Sunday. Pure; a day is one of the market, which every vote carries."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from faq.satisfaction.score import Score

WEEK = timedelta(weeks=1)
# How long before and after a version votes are compared.
AROUND = timedelta(weeks=8)


class Week(NamedTuple):
    """The votes of one week; without any it is a gap, not a zero."""

    monday: date
    score: Score
    # Whether all seven days were asked for, and have been.
    is_whole: bool = True

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def monday(day: date) -> date:
    """The first day of the week of `day`."""
    return day - timedelta(days=day.weekday())


def weeks(counts: Mapping[date, Score] | Iterable[tuple[date, Score]], first: date, last: date) -> list[Week]:
    """Every week from that of `first` to that of `last`; `counts` are of single days, or of whole weeks by a day."""
    found: dict[date, Score] = {}
    for day, score in counts.items() if isinstance(counts, Mapping) else counts:
        begin = monday(day)
        found[begin] = found.get(begin, Score()) + score
    begins = [monday(first) + number * WEEK for number in range((monday(last) - monday(first)).days // 7 + 1)]
    return [
        Week(begin, found.get(begin, Score()), first <= begin and begin + timedelta(days=6) <= last) for begin in begins
    ]


class Published(NamedTuple):
    """When a version was published, in the days of its market."""

    version: int
    day: date


class Step(NamedTuple):
    """The votes on the version before, just before a version came, and those on it just after."""

    version: int
    before: Score
    after: Score


def steps(published: Iterable[Published], counts: Iterable[tuple[int, date, Score]]) -> list[Step]:
    """What each version after the first changed: AROUND before and AROUND after it was published.

    A vote counts for the version that its reader saw, so that those of the day itself fall on either side.
    """
    votes = list(counts)
    order = sorted(published, key=lambda came: came.day)
    return [
        Step(
            now.version,
            _sum(votes, then.version, now.day - AROUND, now.day),
            _sum(votes, now.version, now.day, now.day + AROUND),
        )
        for then, now in pairwise(order)
    ]


def _sum(votes: list[tuple[int, date, Score]], version: int, first: date, last: date) -> Score:
    found = Score()
    for voted, day, score in votes:
        if voted == version and first <= day <= last:
            found += score
    return found
