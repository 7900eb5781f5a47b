"""Charts as lines of an SVG that stretches to its frame: x in weeks, y in percent from the top. Pure.

What is drawn is a path, so that a stroke that does not scale keeps its width, and words stand beside it in the page.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from faq.satisfaction.score import Score
from faq.satisfaction.weeks import Week


class Trend(NamedTuple):
    """Paths over a field of `width` by 100; a week without votes is a gap in each."""

    width: int
    band: str
    line: str
    dots: str
    bars: str
    came: str
    most: int


class Mark(NamedTuple):
    """An interval and the share within it, on a scale from 0 to 100."""

    low: float
    high: float
    share: float

    @property
    def width(self) -> float:
        return round(self.high - self.low, 2)


def trend(weeks: Sequence[Week], came: Iterable[date] = ()) -> Trend:
    """The chart of `weeks`: the share, its interval, how many votes there were, and where something `came`."""
    most = max((week.score.number for week in weeks), default=0)
    runs = list(_runs(weeks))
    return Trend(
        len(weeks),
        " ".join(_band(run) for run in runs),
        " ".join(_line(run) for run in runs),
        " ".join(f"M{place + 0.5} {_down(score.share)}h0" for run in runs for place, score in run),
        " ".join(_bar(place, score.number / most) for run in runs for place, score in run),
        " ".join(f"M{place} 0V100" for day in came if 0 <= (place := _place(weeks, day)) <= len(weeks)),
        most,
    )


def mark(score: Score) -> Mark:
    """The bar of one row of a table. Raises ZeroDivisionError where nobody voted."""
    return Mark(round(100 * score.low, 2), round(100 * score.high, 2), round(100 * score.share, 2))


def _runs(weeks: Sequence[Week]) -> Iterator[list[tuple[int, Score]]]:
    """Weeks with votes that follow each other, with their places."""
    for voted, group in groupby(enumerate(weeks), key=lambda pair: bool(pair[1].score.number)):
        if voted:
            yield [(place, week.score) for place, week in group]


def _band(run: list[tuple[int, Score]]) -> str:
    # Each week is as wide as it is, so that one alone has an interval to be seen as well.
    there = "L".join(f"{place} {_down(score.high)}L{place + 1} {_down(score.high)}" for place, score in run)
    back = "L".join(f"{place + 1} {_down(score.low)}L{place} {_down(score.low)}" for place, score in reversed(run))
    return f"M{there}L{back}Z"


def _line(run: list[tuple[int, Score]]) -> str:
    return "M" + "L".join(f"{place + 0.5} {_down(score.share)}" for place, score in run)


def _bar(place: int, height: float) -> str:
    return f"M{place + 0.15} 100h0.7v{-round(100 * height, 2)}h-0.7Z"


def _place(weeks: Sequence[Week], day: date) -> float:
    return round((day - weeks[0].monday).days / 7, 2) if weeks else -1.0


def _down(share: float) -> float:
    return round(100 * (1 - share), 2)
