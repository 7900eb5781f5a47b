"""What the safety screen says of free text in visitors' words."""

import pytest

from portal.safety.screen import Level, screen
from tests.portal.screening import counted, examples, held_out

EXAMPLES = examples()
HARMFUL = [one for one in EXAMPLES if one.expected == "harm"]
HARMLESS = [one for one in EXAMPLES if one.expected == "none"]


@pytest.mark.parametrize("example", HARMFUL, ids=lambda one: one.text)
def test_it_names_what_speaks_of_harm(example):
    assert screen(example.text, example.language).level is not Level.UNLIKELY


@pytest.mark.parametrize("example", HARMLESS, ids=lambda one: one.text)
def test_it_lets_what_is_harmless_wait(example):
    assert screen(example.text, example.language).level is Level.UNLIKELY


@pytest.mark.parametrize("example", [one for one in HARMFUL if one.category == "death"], ids=lambda one: one.text)
def test_it_says_that_somebody_died(example):
    assert screen(example.text, example.language).mentions_death


@pytest.mark.parametrize(
    "text",
    ["dead link", "The page is dead slow", "Is it a cause of death?", "Der Link ist tot", "He did not die", "nausea"],
)
def test_it_does_not_speak_of_death_where_nobody_died(text):
    assert not screen(text, "de" if "Link ist" in text else "en").mentions_death


@pytest.mark.parametrize(
    "category",
    [
        "death",
        "serious",
        "lack_of_effect",
        "overdose",
        "misuse",
        "medication_error",
        "pregnancy",
        "defect",
        "challenge",
    ],
)
def test_it_says_of_which_kind_the_harm_is(category):
    texts = [one for one in HARMFUL if one.category == category]
    named = [category in {cause.category for cause in screen(one.text, one.language).causes} for one in texts]
    assert texts
    assert sum(named) >= 0.8 * len(named)


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("I had nausea after the tablet", "I had no nausea after the tablet"),
        ("Patient had vomiting", "Patient denied vomiting"),
        ("Fieber nach der Infusion", "kein Fieber nach der Infusion"),
        ("mit Schmerzen seit gestern", "ohne Schmerzen seit gestern"),
        ("A rash was observed in the patient", "A rash was not observed in the patient"),
    ],
)
def test_what_is_denied_counts_less_and_is_shown_all_the_same(told, denied):
    language = "de" if "Fieber" in told or "Schmerzen" in told else "en"
    less = screen(denied, language)
    assert 0 < less.score < screen(told, language).score
    assert any("denied" in cause.rule for cause in less.causes)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Does it cause seizures?", "Does it cause seizures? My son had one yesterday."),
        ("Is a rash known?", "Is a rash known? She developed one on day 3."),
        ("Verursacht es Schwindel?", "Verursacht es Schwindel? Mir ist seit der Spritze schwindelig."),
    ],
)
def test_a_general_question_waits_unless_somebody_is_told_of(asked, told):
    language = "de" if "Schwindel" in asked else "en"
    assert screen(asked, language).level is Level.UNLIKELY
    assert screen(asked, language).score > 0
    assert screen(told, language).level is not Level.UNLIKELY


@pytest.mark.parametrize(
    "text",
    [
        "I HAVE HAD NAUSEA SINCE THE FIRST TABLET",
        "i have had nausea since the first tablet",
        "I have had nasuea since the first tablet",
        "I have had nauseea since the first tablet",
        "I have had náusea since the first tablet",
        "🤢 I have had nausea 🤢 since the first tablet!!!",
        "I've had nausea since the first tablet",
        "I have had nausea\n\n\nsince the first tablet",
    ],
)
def test_it_minds_neither_case_nor_accents_nor_slips(text):
    assert screen(text, "en").level is Level.LIKELY


@pytest.mark.parametrize(
    "word", ["Übelkeit", "Uebelkeit", "Ubelkeit", "ÜBELKEIT", "U\u0308belkeit", "Übelkiet", "Übelkeit!!"]
)
def test_it_knows_umlauts_however_they_are_typed(word):
    assert screen(f"{word} seit der Spritze", "de").level is not Level.UNLIKELY


@pytest.mark.parametrize("word", ["Unterbauchschmerzen", "Netzhautblutung", "Leberwerterhöhung", "Augenlidschwellung"])
def test_it_knows_compounds(word):
    assert screen(f"Patient mit {word} nach der zweiten Gabe", "de").level is not Level.UNLIKELY


@pytest.mark.parametrize("word", ["sialoadenitis", "hypophosphatasemia", "lymphocytopenia", "myelopathy", "otalgia"])
def test_it_knows_diseases_by_their_endings(word):
    assert screen(f"My patient developed {word}", "en").level is not Level.UNLIKELY


@pytest.mark.parametrize("word", ["diagnosis", "prognosis", "dose", "sympathy", "attention", "analysis"])
def test_it_takes_no_other_word_for_a_disease(word):
    assert not screen(f"The {word} was given in table 2", "en").causes


def test_no_example_is_among_those_held_out():
    assert not {one.text for one in EXAMPLES} & {one.text for one in held_out()}
    assert len(EXAMPLES) >= 120
    assert len(held_out()) >= 100


def shares(texts):
    """Of a visitor's texts about a medicine: the share of those with harm that are named, and of those named."""
    found = [one for one in texts if screen(one.text, one.language, about_product=True).level is not Level.UNLIKELY]
    right = sum(one.expected == "harm" for one in found)
    return right / sum(one.expected == "harm" for one in texts), right / len(found)


@pytest.mark.parametrize(
    ("texts", "recall", "precision"),
    [(held_out(), 0.93, 0.95), (counted("fresh"), 0.95, 0.95), (counted("unseen"), 0.93, 0.95)],
    ids=["held out", "fresh", "unseen"],
)
def test_it_names_most_of_what_visitors_tell_and_little_else(texts, recall, precision):
    found, right = shares(texts)
    assert found >= recall
    assert right >= precision


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Reference 4 link is dead.", "en"),
        ("The search button is dead", "en"),
        ("This page froze and crashed my browser", "en"),
        ("Der Link ist tot", "de"),
    ],
)
def test_a_complaint_about_the_page_is_no_harm(text, language):
    result = screen(text, language, about_product=True)
    assert (result.level, result.mentions_death) == (Level.UNLIKELY, False)


@pytest.mark.parametrize("text", ["The patient of link 4 is dead", "My mother died, your page did not help"])
def test_a_death_beside_a_page_is_a_death(text):
    assert screen(text, "en", about_product=True).mentions_death


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She vomited blood after the second dose, what should be done?", "en"),
        ("Die Patientin hat nach der zweiten Spritze Blut erbrochen, was tun?", "de"),
    ],
)
def test_a_question_about_what_happened_is_a_report(text, language):
    assert screen(text, language).level is not Level.UNLIKELY


def test_a_general_question_about_a_medicine_waits():
    assert screen("What is the risk of rash with amlodipine?", "en", about_product=True).level is Level.UNLIKELY
