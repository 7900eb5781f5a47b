"""The interval of a share and of a change, against published figures; and the order that follows from it."""

import pytest

from faq.satisfaction.charts import mark
from faq.satisfaction.ranking import ORDERS, order_called, ranked
from faq.satisfaction.score import Score, change

LOW, HIGH = ORDERS


@pytest.mark.parametrize(
    ("yes", "number", "low", "high"),
    [
        # R. G. Newcombe, Stat Med 1998;17:857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # The other end of the scale is the same seen from there.
        (20, 20, 0.8389, 1.0),
        (1, 1, 0.2065, 1.0),
        (0, 1, 0.0, 0.7935),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_it_has_the_interval_that_is_published(yes, number, low, high):
    assert Score(yes, number - yes).interval == pytest.approx((low, high), abs=0.00006)


def test_it_knows_nothing_without_votes():
    assert Score().interval == (0.0, 1.0)
    with pytest.raises(ZeroDivisionError):
        _ = Score().share


@pytest.mark.parametrize("number", [1, 2, 7, 100, 10**6, 10**12])
def test_its_interval_stays_on_the_scale_and_holds_the_share(number):
    for yes in {0, 1, number // 2, number - 1, number}:
        score = Score(yes, number - yes)
        assert 0 <= score.low <= score.share <= score.high <= 1


def test_it_is_told_in_whole_percent():
    score = Score(81, 182)
    assert (score.percent, score.low_percent, score.high_percent, score.number) == (31, 26, 37, 263)
    assert Score(1, 2) + Score(3, 4) == Score(4, 6)


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        # R. G. Newcombe, Stat Med 1998;17:873-890, table II, method 10: the first of each pair less the second.
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((2, 7), (6, 7), 0.0582, 0.8062),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 20), (0, 10), -0.1611, 0.2775),
    ],
)
def test_a_change_has_the_interval_that_is_published(before, after, low, high):
    found = change(*(Score(yes, number - yes) for yes, number in (before, after)))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00006)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (Score(48, 32), Score(56, 14), "better"),
        (Score(56, 14), Score(48, 32), "worse"),
        (Score(5, 5), Score(6, 4), "open"),
    ],
)
def test_a_change_is_called_by_what_its_interval_allows(before, after, verdict):
    assert change(before, after).verdict == verdict


def test_nothing_is_compared_with_nothing():
    assert change(Score(), Score(5, 1)) is None
    assert change(Score(5, 1), Score()) is None


def test_it_ranks_by_the_lower_bound_and_leaves_out_what_nobody_voted_on():
    scores = {"many": Score(40, 60), "few": Score(1, 1), "good": Score(99, 1), "none": Score()}
    assert [key for key, _ in ranked(scores)] == ["few", "many", "good"]
    assert [key for key, _ in ranked(scores, HIGH)] == ["many", "few", "good"]


def test_of_equals_the_one_with_more_votes_comes_first():
    assert [key for key, _ in ranked({1: Score(0, 1), 2: Score(0, 9), 3: Score(0, 9)})] == [2, 3, 1]


@pytest.mark.parametrize(("name", "order"), [("low", LOW), ("high", HIGH), ("", LOW), ("'; --", LOW)])
def test_it_ranks_by_the_lower_bound_unless_asked_otherwise(name, order):
    assert order_called(name) is order


def test_a_bar_shows_the_share_within_its_interval():
    found = mark(Score(81, 182))
    assert (found.low, found.share, found.high, found.width) == (25.53, 30.8, 36.62, 11.09)
