"""Votes over time: weeks from Monday to Sunday, gaps, what a version changed, and the lines of the chart."""

from datetime import UTC, date, datetime, timedelta

import pytest

from faq.satisfaction.charts import trend
from faq.satisfaction.score import Score
from faq.satisfaction.spans import PERIODS, USUAL, period_called, span
from faq.satisfaction.weeks import Published, Step, Week, monday, steps, weeks

MONDAY = date(2027, 3, 1)


def day(number):
    """So many days after MONDAY."""
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(("of", "begin"), [(0, 0), (1, 0), (6, 0), (7, 7), (-1, -7)])
def test_a_week_goes_from_monday_to_sunday(of, begin):
    assert monday(day(of)) == day(begin)


def test_it_sums_days_and_shows_weeks_without_votes_as_gaps():
    counts = {day(0): Score(1, 0), day(6): Score(2, 1), day(14): Score(0, 1)}
    found = weeks(counts, day(0), day(20))
    assert found == [Week(day(0), Score(3, 1)), Week(day(7), Score()), Week(day(14), Score(0, 1))]
    assert found[0].sunday == day(6)


def test_it_says_which_weeks_were_asked_for_in_part():
    assert [week.is_whole for week in weeks({}, day(1), day(19))] == [False, True, False]
    assert [week.is_whole for week in weeks({}, day(0), day(6))] == [True]


def test_a_week_spans_the_turn_of_a_year():
    assert [week.monday for week in weeks({}, date(2026, 12, 31), date(2027, 1, 4))] == [
        date(2026, 12, 28),
        date(2027, 1, 4),
    ]


def test_a_version_is_compared_with_the_one_before_around_its_day():
    came = [Published(2, day(100)), Published(1, day(0))]
    counts = [
        (1, day(43), Score(9, 9)),
        (1, day(44), Score(1, 0)),
        (1, day(100), Score(0, 2)),
        (2, day(100), Score(4, 0)),
        (2, day(156), Score(1, 0)),
        (2, day(157), Score(9, 9)),
    ]
    assert steps(came, counts) == [Step(2, Score(1, 2), Score(5, 0))]


def test_the_first_version_is_compared_with_nothing():
    assert steps([Published(1, day(0))], [(1, day(0), Score(1, 0))]) == []
    assert steps([], []) == []


def test_the_chart_breaks_where_there_is_no_vote():
    scores = [Score(1, 1), Score(1, 0), Score(), Score(0, 4)]
    drawn = trend([Week(day(7 * place), score) for place, score in enumerate(scores)], [day(7), day(70)])
    assert (drawn.width, drawn.most) == (4, 4)
    assert drawn.line == "M0.5 50.0L1.5 0.0 M3.5 100.0"
    assert drawn.dots == "M0.5 50.0h0 M1.5 0.0h0 M3.5 100.0h0"
    assert drawn.band.count("M") == drawn.band.count("Z") == 2
    assert drawn.bars.startswith("M0.15 100h0.7v-50.0h-0.7Z")
    assert drawn.came == "M1.0 0V100"


def test_a_chart_of_nothing_draws_nothing():
    drawn = trend([Week(day(0), Score())])
    assert (drawn.line, drawn.band, drawn.bars, drawn.most) == ("", "", "", 0)
    assert trend([]).width == 0


@pytest.mark.parametrize(("name", "days"), [("30", 30), ("365", 365), ("all", None), ("", 90), ("7", 90), ("<b>", 90)])
def test_a_period_is_one_of_those_offered(name, days):
    assert period_called(name).days == days


def test_a_period_ends_with_today_in_the_zone_of_the_market():
    now = datetime(2027, 3, 2, 3, tzinfo=UTC)
    assert span(PERIODS[0], now, "UTC").last == date(2027, 3, 2)
    here = span(PERIODS[0], now, "America/New_York")
    assert (here.first, here.last) == (date(2027, 1, 31), date(2027, 3, 1))
    assert here.begins == datetime(2027, 1, 31, 5, tzinfo=UTC)
    assert (here.holds(here.first), here.holds(here.first - timedelta(days=1))) == (True, False)


def test_all_has_no_beginning():
    ever = span(period_called("all"), datetime(2027, 3, 2, tzinfo=UTC), "UTC")
    assert (ever.first, ever.begins, ever.holds(date(1999, 1, 1))) == (None, None, True)
    assert not ever.holds(date(2027, 3, 3))
    assert USUAL.days == 90
