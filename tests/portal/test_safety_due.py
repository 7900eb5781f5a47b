"""By when a text that may speak of harm is dealt with: weekends, holidays, clocks that change, deaths."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.safety.due import Calendar, due

NINE_TO_FIVE = [(weekday, time(17)) for weekday in range(5)]
NEW_YORK, BERLIN, LONDON = "America/New_York", "Europe/Berlin", "Europe/London"
DAYS_OFF = [date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2026, 11, 26)]


def local(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def due_in(zone, received, hours=NINE_TO_FIVE, days_off=DAYS_OFF, **said):
    found = due(local(received, zone), Calendar.of(hours, days_off, zone), **said)
    return found.astimezone(ZoneInfo(zone)).isoformat(" ", "minutes")


# 23 November 2026 is a Monday.
BUSINESS_DAYS = [
    # Any hour of a business day is day 0, before opening and after closing too.
    (NEW_YORK, "2026-11-23 00:00", "2026-11-24 17:00-05:00"),
    (NEW_YORK, "2026-11-23 08:59", "2026-11-24 17:00-05:00"),
    (NEW_YORK, "2026-11-23 17:01", "2026-11-24 17:00-05:00"),
    (NEW_YORK, "2026-11-23 23:59", "2026-11-24 17:00-05:00"),
    # A weekend: what comes on a closed day is not moved to Monday, so Monday is the day after.
    (BERLIN, "2026-11-20 10:00", "2026-11-23 17:00+01:00"),
    (BERLIN, "2026-11-21 00:00", "2026-11-23 17:00+01:00"),
    (BERLIN, "2026-11-22 23:59", "2026-11-23 17:00+01:00"),
    (BERLIN, "2026-11-23 00:00", "2026-11-24 17:00+01:00"),
    # A holiday on a Thursday, and what comes on it.
    (NEW_YORK, "2026-11-25 16:00", "2026-11-27 17:00-05:00"),
    (NEW_YORK, "2026-11-26 10:00", "2026-11-27 17:00-05:00"),
    (NEW_YORK, "2026-11-25 23:59:59", "2026-11-27 17:00-05:00"),
    # Christmas on Thursday and Friday, a weekend, and one more holiday.
    (LONDON, "2026-12-23 12:00", "2026-12-29 17:00+00:00"),
    (LONDON, "2026-12-26 12:00", "2026-12-29 17:00+00:00"),
    # The end of the year, and of the weekend behind it.
    (LONDON, "2026-12-31 12:00", "2027-01-04 17:00+00:00"),
    (LONDON, "2027-01-01 00:00", "2027-01-04 17:00+00:00"),
    # The clock goes back on 1 November in America, on 25 October in Europe.
    (NEW_YORK, "2026-10-30 12:00", "2026-11-02 17:00-05:00"),
    (BERLIN, "2026-10-23 12:00", "2026-10-26 17:00+01:00"),
    (LONDON, "2026-10-23 12:00", "2026-10-26 17:00+00:00"),
    # What comes on that Sunday itself, in the hour that comes twice, is due on Monday.
    (NEW_YORK, "2026-11-01 01:30", "2026-11-02 17:00-05:00"),
    (BERLIN, "2026-10-25 23:59:59", "2026-10-26 17:00+01:00"),
    # It goes forward on 14 March in America, on 28 March in Europe.
    (NEW_YORK, "2027-03-14 00:00", "2027-03-15 17:00-04:00"),
    (BERLIN, "2027-03-28 03:00", "2027-03-29 17:00+02:00"),
    (NEW_YORK, "2027-03-12 12:00", "2027-03-15 17:00-04:00"),
    (BERLIN, "2027-03-26 12:00", "2027-03-29 17:00+02:00"),
    (LONDON, "2027-03-26 12:00", "2027-03-29 17:00+01:00"),
]


@pytest.mark.parametrize(("zone", "received", "expected"), BUSINESS_DAYS)
def test_a_text_is_due_at_the_end_of_the_next_business_day(zone, received, expected):
    assert due_in(zone, received) == expected


def test_the_day_of_receipt_is_that_of_the_market():
    at = datetime.fromisoformat("2026-11-24T02:30:00+00:00")
    ends = {
        zone: due(at, Calendar.of(NINE_TO_FIVE, [], zone)).astimezone(ZoneInfo(zone)).day
        for zone in (NEW_YORK, BERLIN, "Asia/Tokyo")
    }
    assert ends == {NEW_YORK: 24, BERLIN: 25, "Asia/Tokyo": 25}


DEATHS = [
    # Twenty-four hours of a clock, on a weekend and on a holiday too.
    (NEW_YORK, "2026-11-20 10:00", "2026-11-21 10:00-05:00"),
    (BERLIN, "2026-12-24 09:00", "2026-12-25 09:00+01:00"),
    (LONDON, "2026-12-31 23:30", "2027-01-01 23:30+00:00"),
    # The night in which the clock goes back has an hour more, that in which it goes forward one less.
    (NEW_YORK, "2026-10-31 12:00", "2026-11-01 11:00-05:00"),
    (BERLIN, "2026-10-24 12:00", "2026-10-25 11:00+01:00"),
    (LONDON, "2027-03-27 12:00", "2027-03-28 13:00+01:00"),
    (NEW_YORK, "2027-03-13 12:00", "2027-03-14 13:00-04:00"),
    # A death is not due later than anything else would be.
    (NEW_YORK, "2026-11-23 20:00", "2026-11-24 17:00-05:00"),
]


@pytest.mark.parametrize(("zone", "received", "expected"), DEATHS)
def test_a_death_is_due_within_24_hours(zone, received, expected):
    assert due_in(zone, received, mentions_death=True) == expected


def test_a_market_keeps_its_own_hours():
    hours = [(0, time(12)), (0, time(19, 30)), (5, time(13))]
    assert due_in(BERLIN, "2026-11-18 12:00", hours) == "2026-11-21 13:00+01:00"
    assert due_in(BERLIN, "2026-11-21 12:00", hours) == "2026-11-23 19:30+01:00"


def test_a_market_without_hours_works_from_monday_to_friday():
    assert due_in(LONDON, "2026-11-20 23:00", []) == "2026-11-23 17:00+00:00"


def test_a_market_that_is_never_open_has_24_hours():
    closed = [date(2026, 11, 20) + timedelta(days=number) for number in range(400)]
    assert due_in(LONDON, "2026-11-20 23:00", [], closed) == "2026-11-21 23:00+00:00"


def test_a_market_whose_only_working_days_are_off_has_24_hours():
    mondays = [date(2026, 11, 23) + timedelta(weeks=number) for number in range(60)]
    assert due_in(LONDON, "2026-11-20 23:00", [(0, time(17))], mondays) == "2026-11-21 23:00+00:00"
    assert due_in(LONDON, "2026-11-20 23:00", [(0, time(17))], mondays[:2]) == "2026-12-07 17:00+00:00"


@pytest.mark.parametrize("fold", [0, 1])
def test_a_death_in_the_hour_that_comes_twice_has_24_hours_from_its_own_moment(fold):
    received = local("2026-10-25 02:30", BERLIN).replace(fold=fold)
    calendar = Calendar.of([(6, time(3)), (0, time(23, 59))], [], BERLIN)
    assert due(received, calendar, mentions_death=True) == received.astimezone(UTC) + timedelta(hours=24)


@pytest.mark.parametrize(
    ("received", "closing", "expected"),
    [("2026-10-24 12:00", time(2, 30), "02:30+02:00"), ("2027-03-27 12:00", time(2, 30), "01:30+01:00")],
)
def test_a_closing_time_that_comes_twice_or_never_counts_at_its_earlier_moment(received, closing, expected):
    assert due_in(BERLIN, received, [(6, closing)]).endswith(expected)
