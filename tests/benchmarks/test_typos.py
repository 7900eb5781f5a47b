"""Mistyped questions: one edit in the word that tells most."""

import pytest

from benchmarks import typos

FREQUENCY = {"what": 9, "dose": 5, "denosumab": 2}


def distance_of_one(one, other):
    """Whether one edit (a letter more, less or changed, or two neighbours swapped) leads from one to the other."""
    if len(one) != len(other):
        shorter, longer = sorted((one, other), key=len)
        return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
    places = [place for place in range(len(one)) if one[place] != other[place]]
    swapped = len(places) == 2 and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
    return len(places) == 1 or (swapped and places[1] == places[0] + 1)


@pytest.mark.parametrize("seed", [f"Q{number}" for number in range(60)])
def test_it_makes_one_edit_in_the_rarest_word(seed):
    made = typos.mistyped("What dose of Denosumab?", FREQUENCY, seed)

    head, word = made.rsplit(" ", 1)
    assert head == "What dose of"
    assert word != "Denosumab?"
    assert distance_of_one(word, "Denosumab?")


def test_it_makes_the_same_edit_in_every_run():
    assert typos.mistyped("denosumab dose", FREQUENCY, "Q1") == typos.mistyped("denosumab dose", FREQUENCY, "Q1")


@pytest.mark.parametrize("text", ["", "of it", "unheard words", "123 mg"])
def test_it_leaves_a_question_without_a_known_word_as_it_is(text):
    assert typos.mistyped(text, FREQUENCY, "Q1") == text


def test_it_counts_texts_not_words():
    assert typos.frequencies(["Dose, dose!", "a dose"]) == {"dose": 2, "a": 1}
