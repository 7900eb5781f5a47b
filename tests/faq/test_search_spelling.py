"""Words mistyped by one edit."""

import pytest

from faq.search.lexicon import respelt
from faq.search.results import Correction
from faq.search.spelling import is_likely, near, pick, ties

KEPT = """
mg mcg kg ml l g iu mmol nmol units 100 0.5 2.5mg il6 ald5520 cat not without never cannot nicht keine ohne four twice
million billion milliarden fifteen viii xiii
"""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("corvdune", "corvadune"),
        ("corvaddune", "corvadune"),
        ("corvafune", "corvadune"),
        ("corvaudne", "corvadune"),
        ("ocrvadune", "corvadune"),
        ("orvadune", "corvadune"),
        ("corvadun", "corvadune"),
        ("sulphate", "sulfate"),
        ("phever", "fever"),
        ("nefrotoxic", "nephrotoxic"),
        ("oestrogen", "estrogen"),
        ("anaemia", "anemia"),
        ("oxydation", "oxidation"),
        ("leucocyte", "leukocyte"),
        ("ταχυκαρδια", "ταχυκαρδα"),
        ("дозровка", "дозировка"),
    ],
)
def test_it_reaches_what_was_meant(typed, meant):
    assert meant in near(typed)
    assert pick(typed, {meant: 1, "xylophone": 900}) == meant


@pytest.mark.parametrize("word", KEPT.split())
def test_it_never_changes_numbers_units_negations_and_short_words(word):
    assert near(word) == set()
    assert pick(word, {f"{word}a": 9, "fever": 9, "hour": 9, "mmol": 9}) is None
    assert ties(word, [f"{word}a", "fever", "hour"]) == []


@pytest.mark.parametrize(("typed", "contrary"), [("atypical", "typical"), ("symptomatic", "asymptomatic")])
def test_it_never_turns_a_word_into_its_contrary(typed, contrary):
    assert contrary not in near(typed)


def test_it_never_gives_back_the_word_itself():
    assert "doose" not in near("doose")
    assert "dose" in near("doose")


def test_it_stays_small_for_any_word():
    assert 400 < len(near("corvadune")) < 600
    assert len(near("я" * 40)) < 6_000
    assert near("") == near("x" * 41) == set()


def test_it_leaves_a_known_word_alone():
    assert pick("dose", {"dose": 1, "nose": 900}) is None


def test_it_finds_nothing_where_nothing_is_near():
    assert pick("corvadune", {"velotrine": 5}) is None
    assert ties("corvadune", ["velotrine"]) == []


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        # The commoner word, and of equals the first of the alphabet.
        ("storige", {"storage": 40, "storide": 2}, "storage"),
        ("tabxet", {"tabret": 3, "tablet": 3}, "tablet"),
        # A first letter is seldom wrong.
        ("tosage", {"dosage": 2, "tosaget": 1}, "dosage"),
        ("xosing", {"dosing": 9, "xossing": 1}, "xossing"),
        # Swapped letters, a letter doubled, a neighbouring key, the same sound.
        ("hpeatic", {"hepatic": 1, "hpeatick": 5}, "hpeatick"),
        ("heaptic", {"hepatic": 1, "heaptiq": 8}, "hepatic"),
        ("missing", {"mising": 1, "mussing": 1, "missiny": 1}, "mising"),
        ("dosinf", {"dosing": 1, "dosink": 8}, "dosing"),
        ("phase", {"fase": 1, "pzhase": 1}, "fase"),
        # Yet a common word outweighs a rare one that is easier mistyped.
        ("dosge", {"dosage": 500, "dodge": 1}, "dosage"),
    ],
)
def test_it_picks_the_likelier_word(typed, known, meant):
    assert pick(typed, known) == meant
    assert pick(typed, dict(reversed(known.items()))) == meant


def test_it_chooses_between_no_two_drugs():
    known = {"celebrex": 900, "cerebyx": 1, "celerebx": 4}
    assert pick("celebrx", {"celebrex": 9}, {"celebrex": 1}) == "celebrex"
    near_both = {"zantac": 900, "zyntac": 1}
    assert pick("zntac", near_both, {"zantac": 1, "zyntac": 2}) is None
    assert pick("zntac", near_both, {"zantac": 1, "zyntac": 1}) == "zantac"
    assert pick("zntac", near_both, {"zantac": 1}) == "zantac"
    assert ties("celebrx", known) == ["celebrex"]


def test_it_names_all_that_are_equally_near():
    assert ties("zntac", ["zyntac", "xantac", "zantac"]) == ["zantac", "zyntac"]
    assert ties("losek", ["losec", "lasek", "lozek"]) == ["losec", "lozek", "lasek"]


@pytest.mark.parametrize(
    ("typed", "meant", "known_language", "likely"),
    [
        ("hives", "gives", True, False),
        ("haut", "laut", False, False),
        ("wetter", "weiter", False, False),
        ("wetter", "weiter", True, True),
        ("storge", "storage", False, True),
        ("dosw", "dose", False, True),
        ("interaktiom", "interaktion", False, True),
    ],
)
def test_it_tells_slips_from_other_words(typed, meant, known_language, likely):
    assert is_likely(typed, meant, is_language_known=known_language) is likely


def test_a_text_is_respelt_wherever_the_word_stands_however_it_is_written():
    corrections = [Correction("kuhlschrnk", "Kühlschrank"), Correction("corvadnue", "corvadune")]
    assert respelt("Corvadnue im Kühlschrnk?", corrections) == "corvadune im Kühlschrank?"
    assert respelt("corvadnues", corrections) == "corvadnues"
