"""Words become tokens in one way, whoever writes them."""

import pytest

from faq.search import analysis


@pytest.mark.parametrize(
    ("text", "language", "tokens"),
    [
        ("How is it stored?", "en", ["store"]),
        ("storing, STORES", "en", ["store", "store"]),
        ("not recommended without food", "en", ["not", "recommend", "without", "food"]),
        ("before or after a meal", "en", ["befor", "after", "meal"]),
        ("häufige Nebenwirkungen", "de", ["haufig", "nebenwirk"]),
        ("nicht bei Schwangeren", "de", ["nicht", "schwang"]),
        ("posologie chez l'enfant", "fr", ["posolog", "chez", "l", "enfant"]),
        ("how 用量", "ja", ["how", "用量"]),
        ("B12 and 2.5 mg/kg", "en", ["b12", "2.5", "mg", "kg"]),
        ("5-10.5 mg", "en", ["5", "10.5", "mg"]),
        ("1,000-2,000 IU of 5-10mg", "en", ["1000", "2000", "iu", "5", "10mg"]),
        ("il-6 and 5-HT3", "en", ["il", "6", "il6", "5", "ht3", "5ht3"]),
    ],
)
def test_it_makes_tokens(text, language, tokens):
    assert analysis.tokens(text, language) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("50 µg", "50 \u03bcg"),
        ("50 µg", "50 mcg"),
        ("Ödem", "ÖDEM"),
        ("0,125 mg", "0.125 mg"),
        ("1,125 IU", "1125 IU"),
        ("H₂O", "h2o"),
        ("the patient’s", "the patient"),
    ],
)
def test_it_reads_two_spellings_alike(one, other):
    assert analysis.key(one) == analysis.key(other)


@pytest.mark.parametrize(("one", "other"), [("10⁹", "109"), ("2.5", "25"), ("5 mg", "5 mcg"), ("not safe", "safe")])
def test_it_keeps_apart_what_means_something_else(one, other):
    assert analysis.tokens(one, "en") != analysis.tokens(other, "en")


@pytest.mark.parametrize(("tag", "language"), [("en-US", "en"), ("DE", "de"), ("", "")])
def test_it_knows_the_language_of_a_tag(tag, language):
    assert analysis.language_of(tag) == language
