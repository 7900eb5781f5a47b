"""The order of candidates, from their tokens and their nearness in meaning."""

import pytest

from faq.search.ranking import FIELDS, bm25f, rank, rarity
from faq.search.synonyms import Terms
from tests.faq.ranking import make_candidate

RARITIES = {"store": 2.0, "dose": 1.0, "storag": 2.0}


def order(*candidates, sought=("store",), intended=(), cosines=None):
    terms = Terms(dict.fromkeys(sought, 1.0), dict.fromkeys(intended, 1.0), {}, {})
    ranked = rank(candidates, terms, RARITIES, dict.fromkeys(sought, 1.0), cosines)
    return [candidates[place].number for place, _ in ranked]


def test_a_word_is_the_rarer_the_fewer_answers_hold_it():
    assert rarity(0, 100) > rarity(1, 100) > rarity(50, 100) > rarity(100, 100) > 0
    assert rarity(5, 3) > 0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"question": "store"}, {"body": "store"}),
        ({"question": "store"}, {"answer": "store"}),
        ({"phrasings": "store"}, {"answer": "store"}),
        ({"question": "store"}, {"question": "store and mani other thing besid"}),
        ({"question": "store dose"}, {"question": "dose"}),
        ({"body": "store"}, {}),
    ],
)
def test_it_puts_what_fits_better_first(better, worse):
    assert order(make_candidate(2, **better), make_candidate(1, **worse), sought=("store", "dose")) == [2, 1]


def test_it_counts_whole_tokens_only():
    assert bm25f(make_candidate(question="restore storeroom"), {"store": 1.0}, FIELDS) == 0


def test_a_word_said_often_counts_little_more_than_once():
    once = bm25f(make_candidate(body="store" + " x" * 9), {"store": 1.0}, FIELDS)
    often = bm25f(make_candidate(body="store " * 9 + "x"), {"store": 1.0}, FIELDS)
    assert once < often < 9 * once


def test_it_orders_equals_by_their_numbers():
    same = [make_candidate(number, question="store") for number in (3, 1, 2)]
    assert order(*same) == [1, 2, 3]


def test_what_was_intended_helps_in_headings_alone():
    candidates = (make_candidate(1, body="storag"), make_candidate(2, topics="storag"), make_candidate(3))
    assert order(*candidates, sought=("fridge",), intended=("storag",)) == [2, 1, 3]


def test_meaning_finds_what_no_word_does():
    candidates = make_candidate(1), make_candidate(2)
    assert order(*candidates, cosines=[0.1, 0.8]) == [2, 1]
    assert order(*candidates) == [1, 2]


def test_the_named_drug_comes_before_one_that_mentions_it():
    mentions = make_candidate(1, question="store")
    about = make_candidate(2, answer="store", is_in_scope=True)
    assert order(mentions, about) == [2, 1]


def test_nothing_to_seek_orders_by_number():
    assert order(make_candidate(2), make_candidate(1), sought=()) == [1, 2]
