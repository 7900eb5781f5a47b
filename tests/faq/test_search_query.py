"""What a visitor typed, as words to look for."""

import pytest

from faq.search.query import MAX_LENGTH, MAX_WORDS, clean, configuration, words


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  how   is it\tstored?\n", "how is it stored?"),
        ("a\x00b\x07c", "a b c"),
        ("a\u200bb\ufeffc\u202ed", "a b c d"),
        ("a\ue000b\ue001c", "a b c"),
        ("\ud800", ""),
        ("🙂 dose", "🙂 dose"),
        ("ما هي الجرعة؟", "ما هي الجرعة؟"),
        ("", ""),
    ],
)
def test_it_leaves_a_line_that_can_be_shown(typed, cleaned):
    assert clean(typed) == cleaned


def test_it_cuts_what_no_question_needs():
    assert len(clean("x" * 10_000)) == MAX_LENGTH
    assert len(words(" ".join(f"w{number}" for number in range(500)))) == MAX_WORDS


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("How is it STORED, how?", ["how", "is", "it", "stored"]),
        ("drug-drug interactions", ["drug-drug", "interactions"]),
        ("the patient's dose", ["the", "patient's", "dose"]),
        ("10⁹/L or 5.5 µg", ["10⁹", "l", "or", "5", "µg"]),
        ("' & | ! : * <-> \\ \" ( )", []),
        ("a_b __init__", ["a", "b", "init"]),
        ("'; DROP TABLE faq; --", ["drop", "table", "faq"]),
        ("-- - -x-", ["x"]),
        ("Ärzte Straße", ["ärzte", "straße"]),
        ("ما هي الجرعة؟", ["ما", "هي", "الجرعة"]),
        ("用量", ["用量"]),
        ("🙂", []),
        ("", []),
    ],
)
def test_it_finds_the_words(typed, found):
    assert words(typed) == found


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-US", "english"),
        ("EN", "english"),
        ("de-DE", "german"),
        ("fr", "french"),
        ("ja-JP", "simple"),
        ("", "simple"),
    ],
)
def test_it_knows_the_grammar_of_a_market(tag, name):
    assert configuration(tag) == name
