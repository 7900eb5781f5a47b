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
    ("share", "cosine", "named", "strange", "is_answer"),
    [
        (0.6, 0.6, False, False, True),
        (0.3, 0.5, False, False, False),
        (0.3, 0.5, True, False, True),
        (0.3, 0.5, True, True, False),
        (1.0, 0.0, False, True, True),
        (0.0, 0.9, False, False, False),
        (0.7, None, False, False, True),
        (0.4, None, False, False, False),
        (0.4, None, True, False, True),
    ],
)
def test_it_tells_what_may_be_an_answer(share, cosine, named, strange, is_answer):
    assert floor.is_reached(share, cosine, is_about_named=named, is_strange=strange) is is_answer


@pytest.mark.parametrize(
    ("share", "cosine", "scoped", "is_certain"),
    [
        (0.6, 0.6, False, True),
        (0.6, 0.4, False, False),
        (0.3, 0.4, True, True),
        (0.1, 0.4, True, False),
        (1.0, 0.0, True, True),
        (0.5, None, False, False),
        (0.5, None, True, True),
    ],
)
def test_it_tells_an_answer_beyond_doubt(share, cosine, scoped, is_certain):
    assert floor.is_certain(share, cosine, is_scoped=scoped) is is_certain


def test_what_is_left_out_of_the_account_neither_helps_nor_harms():
    terms = Terms({"alphacet": 1.0, "store": 1.0}, {}, {}, {})
    candidate = make_candidate(names="alphacet", question="dose")
    assert floor.coverage(candidate, terms, {"alphacet": 3.0, "store": 1.0}) == 0.75
    assert floor.coverage(candidate, terms, {"alphacet": 3.0, "store": 1.0}, frozenset({"alphacet"})) == 0
