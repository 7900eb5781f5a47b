"""A share of readers who were satisfied, with how far it can be trusted. Pure: numbers in, numbers out.

The interval of a share is that of E. B. Wilson (J Am Stat Assoc 1927;22:209-212); that of a difference of two shares
is R. G. Newcombe's, from the two Wilson intervals (Stat Med 1998;17:873-890, method 10). Both hold for few votes and
for shares near 0 and 1, where the usual formula gives intervals that are too narrow or leave the scale.
"""

from math import sqrt
from typing import NamedTuple

# The standard normal distribution has 95 % of its mass between minus this and this.
Z = 1.959963984540054


class Score(NamedTuple):
    """How many readers said yes, and how many said no."""

    yes: int = 0
    no: int = 0

    def __add__(self, other: object) -> "Score":
        if not isinstance(other, Score):
            return NotImplemented
        return Score(self.yes + other.yes, self.no + other.no)

    @property
    def number(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> float:
        """The part that said yes, from 0 to 1. Raises ZeroDivisionError where nobody voted."""
        return self.yes / self.number

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share; everything is possible where nobody voted."""
        if not self.number:
            return 0.0, 1.0
        spread = Z * Z / self.number
        centre = (self.share + spread / 2) / (1 + spread)
        half = sqrt(self.share * (1 - self.share) * spread + spread * spread / 4) / (1 + spread)
        # At the ends of the scale rounding would leave it.
        low = 0.0 if not self.yes else centre - half
        high = 1.0 if not self.no else centre + half
        return low, high

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def low_percent(self) -> int:
        return round(100 * self.low)

    @property
    def high_percent(self) -> int:
        return round(100 * self.high)


class Change(NamedTuple):
    """By how much a share rose or fell, from -1 to 1, with the 95 % interval of that."""

    by: float
    low: float
    high: float

    @property
    def points(self) -> int:
        return round(100 * self.by)

    @property
    def low_points(self) -> int:
        return round(100 * self.low)

    @property
    def high_points(self) -> int:
        return round(100 * self.high)

    @property
    def told(self) -> str:
        """The points of a hundred with their interval, as one reads them: +3 points, −31 to 31."""
        sign = "+" if self.points > 0 else ""
        return f"{sign}{self.points} points, {self.low_points} to {self.high_points}".replace("-", "−")

    @property
    def verdict(self) -> str:
        """Whether it is `better`, `worse`, or `open`: as the votes go, it may be either."""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "open"


def change(before: Score, after: Score) -> Change | None:
    """How the share changed from `before` to `after`; None where one of them has no votes."""
    if not (before.number and after.number):
        return None
    by = after.share - before.share
    down = sqrt((after.share - after.low) ** 2 + (before.high - before.share) ** 2)
    up = sqrt((after.high - after.share) ** 2 + (before.share - before.low) ** 2)
    return Change(by, by - down, by + up)
