"""The words that made the screen speak, marked in their text."""

import pytest

from portal.safety import marking
from portal.safety.marking import Piece


def cause(words, start, category="symptom", rule="symptom: faint"):
    return {"words": words, "start": start, "end": start + len(words), "category": category, "rule": rule}


CASES = [
    ("", [], []),
    ("All is well.", [], [Piece("All is well.", ())]),
    ("She fainted.", [cause("fainted", 4)], [Piece("She ", ()), Piece("fainted", (1,)), Piece(".", ())]),
    (
        "fainted twice",
        [cause("fainted", 0), cause("fainted twice", 0)],
        [Piece("fainted", (1, 2)), Piece(" twice", (2,))],
    ),
    # The text says something else there by now, or is too short.
    ("She slept.", [cause("fainted", 4)], [Piece("She slept.", ())]),
    ("She", [cause("fainted", 4)], [Piece("She", ())]),
]


@pytest.mark.parametrize(("text", "causes", "expected"), CASES)
def test_a_text_is_cut_where_causes_begin_and_end(text, causes, expected):
    found = marking.pieces(text, causes)
    assert found == expected
    assert "".join(piece.words for piece in found) == text


@pytest.mark.parametrize(
    ("category", "rule", "told"),
    [
        ("symptom", "symptom: faint", ("symptom or event", "the term “faint”")),
        (
            "lack_of_effect",
            "lack_of_effect: did not work, denied",
            ("lack of effect", "the term “did not work”, denied"),
        ),
        ("link", "since: after .. start*|began", ("ties the event to the medicine", "a phrase")),
        ("new_kind", "new_kind: word", ("new kind", "the term “word”")),
    ],
)
def test_category_and_rule_are_told_in_words(category, rule, told):
    one = cause("fainted", 0, category, rule)
    assert (marking.category_of(one), marking.rule_of(one)) == told


def test_points_are_told_with_their_sign():
    assert marking.point_of({"fact": "own_use", "points": 25}) == "own use +25"
    assert marking.point_of({"fact": "asked", "points": -25}) == "asked -25"
