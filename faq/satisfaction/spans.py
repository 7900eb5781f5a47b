"""How far back figures look. Pure."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Period(NamedTuple):
    """A choice of how far back to look; `days` is None for everything."""

    name: str
    label: str
    days: int | None


PERIODS = (
    Period("30", "30 days", 30),
    Period("90", "90 days", 90),
    Period("365", "365 days", 365),
    Period("all", "All", None),
)
USUAL = PERIODS[1]


class Span(NamedTuple):
    """Some days of a market, both ends among them; `first` is None where they reach back to the beginning."""

    first: date | None
    last: date
    zone: str

    @property
    def begins(self) -> datetime | None:
        """The moment at which its first day begins."""
        return datetime.combine(self.first, time(), ZoneInfo(self.zone)) if self.first else None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and day <= self.last


def period_called(name: str) -> Period:
    """The period that is called `name`; the usual one where there is none of that name."""
    return next((period for period in PERIODS if period.name == name), USUAL)


def span(period: Period, now: datetime, zone: str) -> Span:
    """The days of `period` that end with today, which is the day of `now` in `zone`."""
    today = now.astimezone(ZoneInfo(zone)).date()
    first = None if period.days is None else today - timedelta(days=period.days - 1)
    return Span(first, today, zone)
