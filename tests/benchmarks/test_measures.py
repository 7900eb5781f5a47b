"""The measures of search against values worked out by hand."""

from math import log2

import pytest

from benchmarks import measures

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}
# Of the best order a, b, c.
IDEAL = 3 + 2 / log2(3) + 1 / 2


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["a", "b", "c"], 1.0),
        (["c", "b", "a"], (1 + 2 / log2(3) + 3 / 2) / IDEAL),
        (["unjudged", "a"], (3 / log2(3)) / IDEAL),
        (["d"], 0.0),
        ([], 0.0),
        (["x"] * 10 + ["a"], 0.0),
    ],
)
def test_it_discounts_gain_by_place(found, expected):
    assert measures.ndcg(found, GRADES) == pytest.approx(expected)


def test_it_takes_all_judged_documents_for_the_best_order():
    grades = {str(number): 1 for number in range(20)}

    assert measures.ndcg([str(number) for number in range(10)], grades) == pytest.approx(1)


@pytest.mark.parametrize(
    ("found", "rank", "share", "at1", "at3"),
    [
        (["a", "b"], 1, 1, 1, 1),
        (["c", "b"], 1 / 2, 1 / 2, 0, 1),
        (["c", "d", "x", "a"], 1 / 4, 1 / 2, 0, 0),
        (["x"] * 10 + ["a"], 0, 0, 0, 0),
    ],
)
def test_it_counts_as_relevant_what_answers_the_question(found, rank, share, at1, at3):
    assert measures.reciprocal_rank(found, GRADES) == pytest.approx(rank)
    assert measures.recall(found, GRADES) == pytest.approx(share)
    assert measures.success(found, GRADES, 1) == at1
    assert measures.success(found, GRADES, 3) == at3


def test_it_leaves_out_questions_that_nothing_answers():
    judged = {"good": {"a": 3}, "related only": {"c": 1}, "hopeless": {"d": 0}}
    found = {"good": ["x", "a"], "related only": ["c"], "hopeless": ["d"], "unjudged": ["a"]}

    made = measures.quality(found, judged)

    assert made.ndcg10 == pytest.approx((1 / log2(3) + 1) / 2)
    assert (made.mrr10, made.recall10, made.success1, made.success3) == (0.5, 1, 0, 1)


def test_it_is_zero_where_nothing_was_asked():
    assert measures.quality({}, {}) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 5), (0.95, 10), (0.9, 9), (0, 1), (1, 10)])
def test_it_takes_a_percentile_from_the_values_themselves(share, expected):
    assert measures.percentile(list(range(10, 0, -1)), share) == expected
