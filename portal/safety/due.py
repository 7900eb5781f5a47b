"""By when a text that may speak of harm is dealt with (docs/decisions/0023); pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DEATH = timedelta(hours=24)
# For a market that keeps no opening hours: Monday to Friday, until five.
WORKING_DAYS = dict.fromkeys(range(5), time(17))
# A market that is closed for longer than this has no calendar that could be followed.
LOOKED_AHEAD = 366


class Calendar(NamedTuple):
    """The business days of a market: when each weekday (0 is Monday) closes in its zone, and which days are off."""

    closes: Mapping[int, time]
    days_off: frozenset[date]
    zone: ZoneInfo

    @classmethod
    def of(cls, hours: Iterable[tuple[int, time]], days_off: Iterable[date], zone: str) -> "Calendar":
        """`hours` as (weekday, when it closes): a weekday closes with the last of its stretches."""
        closes: dict[int, time] = {}
        for weekday, closing in hours:
            closes[weekday] = max(closing, closes.get(weekday, closing))
        return cls(closes or WORKING_DAYS, frozenset(days_off), ZoneInfo(zone))

    def closing(self, day: date) -> datetime | None:
        """When business ends on `day`, in UTC; None on a day that is no business day."""
        closing = self.closes.get(day.weekday())
        if closing is None or day in self.days_off:
            return None
        # Where the clock goes back over this time it comes twice, and where it goes forward never: the earlier counts.
        moments = [datetime.combine(day, closing, self.zone).replace(fold=fold) for fold in (0, 1)]
        return min(moment.astimezone(UTC) for moment in moments)


def due(received: datetime, calendar: Calendar, *, mentions_death: bool = False) -> datetime:
    """When the text is due, in UTC: one business day after it was received, 24 hours where it mentions a death.

    Day 0 is the day of receipt in the market's zone, whatever day and hour that is: nothing moves it to the next
    morning. One business day is over when business ends on the first business day after day 0. The 24 hours are those
    of a clock, and where business ends before them, a death is not due later than anything else.
    """
    business = _end_of_next(received.astimezone(calendar.zone).date(), calendar)
    elapsed = (received.astimezone(UTC)) + DEATH
    if business is None:
        return elapsed
    return min(business, elapsed) if mentions_death else business


def _end_of_next(day: date, calendar: Calendar) -> datetime | None:
    for ahead in range(1, LOOKED_AHEAD):
        if closing := calendar.closing(day + timedelta(days=ahead)):
            return closing
    return None
