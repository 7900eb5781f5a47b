"""Opening hours as people read them, and whether somebody is there; pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

# How far ahead the next opening is looked for; beyond, the phone is simply closed.
DAYS_AHEAD = 14


class Shift(NamedTuple):
    """One stretch of a weekday (0 is Monday) in which somebody answers."""

    weekday: int
    opens: time
    closes: time


class Opening(NamedTuple):
    """The hours of a market, seen at one moment `now` of its time zone."""

    shifts: Sequence[Shift]
    holidays: Mapping[date, str]
    now: datetime

    @classmethod
    def of(cls, shifts: Iterable[Mapping[str, Any]], holidays: Iterable[Mapping[str, Any]], now: datetime) -> "Opening":
        """Reads rows as the database or its JSON gives them: times and dates, or their ISO forms."""
        read = [Shift(row["weekday"], _time(row["opens"]), _time(row["closes"])) for row in shifts]
        return cls(sorted(read), {_date(row["day"]): row["name"] for row in holidays}, now)

    @property
    def is_open(self) -> bool:
        """Whether somebody answers now."""
        return self._running is not None

    @property
    def state(self) -> str:
        """One phrase: open until when, or closed until when; "" for a market that keeps no hours."""
        if not self.shifts:
            return ""
        if running := self._running:
            return _("Open now, until %(time)s") % {"time": _clock(running.closes)}
        opening = self._next()
        if opening is None:
            return _("Closed now")
        if opening.date() == self.now.date():
            return _("Closed now, opens today at %(time)s") % {"time": _clock(opening.time())}
        when = {"day": date_format(opening, "l"), "time": _clock(opening.time())}
        if opening.date() - self.now.date() >= timedelta(days=7):
            when["day"] = date_format(opening)
        return _("Closed now, opens %(day)s at %(time)s") % when

    @property
    def holiday(self) -> str:
        """The name of today's holiday, or ""."""
        return self.holidays.get(self.now.date(), "")

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Days and hours, neighbouring days with equal hours together: ("Monday to Friday", "9 a.m. to 5 p.m.")."""
        days = [(day, tuple(shift[1:] for shift in shifts)) for day, shifts in groupby(self.shifts, _weekday)]
        return [(_days(group), _hours(group[0][1])) for group in _neighbours(days)]

    @property
    def zone(self) -> str:
        """The short name of the time zone as it is today, such as EST, in the reader's language where that has one."""
        name = self.now.tzname() or ""
        known = {"CET": _("CET"), "CEST": _("CEST")}
        return known.get(name, name)

    @property
    def _running(self) -> Shift | None:
        today = self._on(self.now.date())
        return next((shift for shift in today if shift.opens <= self.now.time() < shift.closes), None)

    def _on(self, day: date) -> list[Shift]:
        return [] if day in self.holidays else [shift for shift in self.shifts if shift.weekday == day.weekday()]

    def _next(self) -> datetime | None:
        for ahead in range(DAYS_AHEAD + 1):
            day = self.now.date() + timedelta(days=ahead)
            for shift in self._on(day):
                if ahead or shift.opens > self.now.time():
                    return datetime.combine(day, shift.opens)
        return None


_Day = tuple[int, tuple[tuple[Any, ...], ...]]


def _neighbours(days: Iterable[_Day]) -> list[list[_Day]]:
    groups: list[list[_Day]] = []
    for day in days:
        if groups and groups[-1][-1][0] == day[0] - 1 and groups[-1][0][1] == day[1]:
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def _days(group: Sequence[_Day]) -> str:
    first, last = str(WEEKDAYS[group[0][0]]), str(WEEKDAYS[group[-1][0]])
    return first if len(group) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _hours(stretches: Iterable[tuple[Any, ...]]) -> str:
    told = [_("%(opens)s to %(closes)s") % {"opens": _clock(start), "closes": _clock(end)} for start, end in stretches]
    return ", ".join(told)


def _weekday(shift: Shift) -> int:
    return shift.weekday


def _clock(moment: time) -> str:
    return str(time_format(moment, "TIME_FORMAT"))


def _time(value: time | str) -> time:
    return time.fromisoformat(value) if isinstance(value, str) else value


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
