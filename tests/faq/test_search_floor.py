"""What is an answer, and what merely comes nearest."""

import pytest

from faq.search import floor
from faq.search.synonyms import Terms
from tests.faq.ranking import make_candidate


def share(candidate, **worth):
    return floor.coverage(candidate, Terms(dict.fromkeys(worth, 1.0), {}, {}, {}), worth)


def test_it_measures_the_share_of_what_was_asked():
    candidate = make_candidate(question="store", body="tablet")
    assert share(candidate, store=3.0) == 1
    assert share(candidate, store=3.0, metformin=1.0) == pytest.approx(0.75)
    assert share(candidate, metformin=1.0) == 0
    assert 0 < share(candidate, tablet=1.0) < 1
    assert share(candidate) == 0


def test_what_says_the_same_counts_as_much_where_all_of_it_is_said():
    terms = Terms({"bbb": 1.0}, {}, {"bbb": [["blood", "brain", "barrier"]]}, {})
    assert floor.coverage(make_candidate(question="cross blood brain barrier"), terms, {"bbb": 2.0}) == 1
    assert floor.coverage(make_candidate(question="blood"), terms, {"bbb": 2.0}) == 0
    assert 0 < floor.coverage(make_candidate(body="blood brain barrier"), terms, {"bbb": 2.0}) < 1


def test_a_heading_that_was_intended_counts_nearly_as_much():
    terms = Terms({"fridg": 1.0}, {"storag": 1.0}, {}, {"fridg": {"storag", "temperatur"}})
    assert 0.5 < floor.coverage(make_candidate(topics="storag"), terms, {"fridg": 2.0}) < 1
    assert floor.coverage(make_candidate(topics="dose"), terms, {"fridg": 2.0}) == 0


def test_a_strange_word_is_worth_more_than_one_of_everyday():
    strange = floor.worth("metformin", None, 5.0, is_everyday=False)
    for token, is_everyday in (("dinner", True), ("12", False), ("xy", False)):
        assert floor.worth(token, None, 5.0, is_everyday=is_everyday) < strange
    assert floor.worth("dose", 0.1, 5.0, is_everyday=True) == 1.0
    assert floor.worth("rash", 4.0, 5.0, is_everyday=True) == 4.0


@pytest.mark.parametrize(
    ("reached", "cosine", "named", "is_answer"),
    [
        (0.6, 0.6, False, True),
        (0.3, 0.5, False, False),
        (0.3, 0.5, True, True),
        (1.0, 0.0, False, True),
        (0.0, 0.9, False, False),
        (0.7, None, False, True),
        (0.4, None, False, False),
        (0.4, None, True, True),
    ],
)
def test_it_tells_an_answer(reached, cosine, named, is_answer):
    assert floor.is_reached(reached, cosine, is_about_named=named) is is_answer
