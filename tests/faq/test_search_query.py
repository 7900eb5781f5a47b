"""What a visitor typed, as words, phrases, and what is to be left out."""

import pytest

from faq.search.query import MAX_LENGTH, MAX_WORDS, clean, is_cut, leaving_nothing_out, left_out, parse, phrases


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
    assert len(parse(" ".join(f"w{number}" for number in range(500))).words) == MAX_WORDS


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("x" * MAX_LENGTH, False),
        ("x" * MAX_LENGTH + " \n" * 9_000, False),
        ("x  " * 100, False),
        ("x" * MAX_LENGTH + "x", True),
        ("x" * (MAX_LENGTH - 1) + " x", True),
        ("", False),
    ],
)
def test_it_tells_whether_it_cuts(typed, expected):
    assert is_cut(typed) is expected
    assert clean(clean(typed)) == clean(typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("How is it STORED, how?", ["how", "is", "it", "stored", "how"]),
        ("drug-drug interactions", ["drug", "drug", "interactions"]),
        ("the patient's dose", ["the", "patient", "dose"]),
        ("il-6 or ALD-5520", ["il", "6", "il6", "or", "ald", "5520", "ald5520"]),
        ("10⁹/L or 5.5 µg", ["10", "9", "l", "or", "5.5", "mcg"]),
        ("1,000 IU or 2,5 mg", ["1000", "iu", "or", "2.5", "mg"]),
        ("' & | ! : * <-> \\ \" ( )", []),
        ("a_b __init__", ["a", "b", "init"]),
        ("'; DROP TABLE faq; --", ["drop", "table", "faq"]),
        ("Ärzte Straße", ["arzte", "strasse"]),
        ("ما هي الجرعة؟", ["ما", "هي", "الجرعة"]),
        ("用量", ["用量"]),
        ("🙂", []),
        ("", []),
    ],
)
def test_it_finds_the_words(typed, found):
    assert list(parse(typed).words) == found


@pytest.mark.parametrize(
    ("typed", "words", "wanted"),
    [
        ('"brain metastases" dose', ["brain", "metastases", "dose"], [("brain", "metastases")]),
        ("“brain metastases”", ["brain", "metastases"], [("brain", "metastases")]),
        ("„Blut-Hirn-Schranke“", ["blut", "hirn", "schranke"], [("blut", "hirn", "schranke")]),
        ('the "dose" please', ["the", "dose", "please"], []),
        ('an open " quote', ["an", "open", "quote"], []),
        ('"" ""', [], []),
    ],
)
def test_it_reads_phrases_in_quotes(typed, words, wanted):
    query = parse(typed)
    assert (list(query.words), list(query.phrases)) == (words, wanted)


def test_it_corrects_no_word_in_quotes():
    assert parse('take "sedraviol" daily').exact == {"sedraviol"}


@pytest.mark.parametrize(
    ("typed", "words", "excluded"),
    [
        ("dose -pregnancy", ["dose"], [("pregnancy",)]),
        ('dose -"brain metastases"', ["dose"], [("brain", "metastases")]),
        ("dose - pregnancy", ["dose", "pregnancy"], []),
        ("stored at -20 degrees", ["stored", "at", "20", "degrees"], []),
        ("non-small cell", ["non", "small", "cell"], []),
        ("-a", ["a"], []),
        ("covid - 19, covid -19", ["covid", "19", "covid", "19"], []),
        ("non -small cell", ["non", "small", "cell"], []),
        ("Wirksamkeit und -sicherheit", ["wirksamkeit", "und", "sicherheit"], []),
        ("dosing -dosing", ["dosing"], [("dosing",)]),
        ("-dosing -dosing.", [], [("dosing",)]),
        ('"dose -pregnancy"', ["dose", "pregnancy"], []),
        ('-""', [], []),
    ],
)
def test_it_tells_what_is_left_out_from_a_dash_and_a_minus(typed, words, excluded):
    query = parse(typed)
    assert (list(query.words), list(query.excluded)) == (words, excluded)


@pytest.mark.parametrize(
    ("typed", "told", "without"),
    [
        ("dose -Pregnancy, -renal", ["Pregnancy", "renal"], "dose Pregnancy, renal"),
        ('-"brain  metastases" dose', ["brain metastases"], '"brain metastases" dose'),
        ("-dosing -dosing", ["dosing"], "dosing dosing"),
        ('"dose -pregnancy" -20', [], '"dose -pregnancy" -20'),
        ("non-small covid - 19", [], "non-small covid - 19"),
        ("", [], ""),
    ],
)
def test_it_tells_what_was_left_out_and_how_to_ask_for_it(typed, told, without):
    assert left_out(typed) == told
    assert leaving_nothing_out(typed) == without
    assert parse(without).excluded == ()


def test_it_names_every_run_of_words():
    assert list(phrases(("out", "of", "fridge"))) == ["out", "out of", "out of fridge", "of", "of fridge", "fridge"]


@pytest.mark.parametrize("typed", ["HER2 -negative disease", "ALK -positiv", "HER2 -Negative disease"])
def test_a_stray_hyphen_leaves_no_status_out(typed):
    assert parse(typed).excluded == ()
    assert {"negative", "positiv"} & set(parse(typed).words)
