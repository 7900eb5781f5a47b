"""Opening hours as people read them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from portal.chrome.hours import Opening
from portal.chrome.models import Market
from tests.factories import make_market

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = [{"weekday": day, "opens": "09:00:00", "closes": "17:00:00"} for day in range(4)]
FRIDAY = {"weekday": 4, "opens": "09:00:00", "closes": "15:00:00"}
CHRISTMAS = [{"day": "2026-12-25", "name": "Christmas Day"}]


def opening(now, shifts=(*WEEK, FRIDAY), holidays=CHRISTMAS):
    return Opening.of(shifts, holidays, datetime.fromisoformat(now).replace(tzinfo=BERLIN))


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-23T09:00", "Open now, until 5 p.m."),
        ("2026-11-23T16:59", "Open now, until 5 p.m."),
        ("2026-11-23T17:00", "Closed now, opens Tuesday at 9 a.m."),
        ("2026-11-23T08:59", "Closed now, opens today at 9 a.m."),
        ("2026-11-27T15:00", "Closed now, opens Monday at 9 a.m."),
        ("2026-11-29T12:00", "Closed now, opens Monday at 9 a.m."),
        ("2026-12-24T18:00", "Closed now, opens Monday at 9 a.m."),
        ("2026-12-25T10:00", "Closed now, opens Monday at 9 a.m."),
    ],
)
def test_it_says_whether_somebody_is_there(now, state):
    with translation.override("en"):
        assert opening(now).state == state


def test_it_speaks_the_language_of_the_market():
    with translation.override("de"):
        assert "17:00" in opening("2026-11-23T10:00").state
        assert opening("2026-11-23T10:00").lines[0][0] == "Montag bis Donnerstag"


def test_it_puts_neighbouring_days_with_equal_hours_together():
    with translation.override("en"):
        assert opening("2026-11-23T10:00").lines == [
            ("Monday to Thursday", "9 a.m. to 5 p.m."),
            ("Friday", "9 a.m. to 3 p.m."),
        ]


def test_it_keeps_a_break_and_a_gap_apart():
    split = [
        {"weekday": 0, "opens": "09:00", "closes": "12:00"},
        {"weekday": 0, "opens": "13:00", "closes": "17:00"},
        {"weekday": 2, "opens": "09:00", "closes": "12:00"},
    ]
    with translation.override("en"):
        assert opening("2026-11-23T12:30", split).state == "Closed now, opens today at 1 p.m."
        assert opening("2026-11-23T10:00", split).lines == [
            ("Monday", "9 a.m. to noon, 1 p.m. to 5 p.m."),
            ("Wednesday", "9 a.m. to noon"),
        ]


def test_it_names_the_date_of_an_opening_a_week_or_more_away():
    holidays = [{"day": f"2026-12-{day}", "name": "Shutdown"} for day in range(24, 32)]
    with translation.override("en"):
        assert opening("2026-12-23T18:00", holidays=holidays).state == "Closed now, opens January 1, 2027 at 9 a.m."


def test_a_market_without_hours_says_nothing_about_them():
    assert opening("2026-11-23T10:00", []).state == ""


def test_it_is_closed_where_no_opening_is_near():
    holidays = [{"day": f"2026-12-{day:02}", "name": "Shutdown"} for day in range(1, 32)]
    with translation.override("en"):
        assert opening("2026-12-02T10:00", holidays=holidays).state == "Closed now"


@pytest.mark.django_db
def test_a_market_has_its_hours_with_and_without_its_chrome():
    market = make_market(time_zone="Europe/Berlin")
    market.opening_hours.create(weekday=0, opens="09:00", closes="17:00")
    market.holidays.create(day="2026-12-25", name="Christmas Day")
    plain, fetched = Market.objects.get(), Market.objects.with_chrome().get()
    assert plain.opening.shifts == fetched.opening.shifts
    assert plain.opening.holidays == fetched.opening.holidays
    assert plain.opening.zone in {"CET", "CEST"}
