"""What somebody has begun to type, as words to look for."""

import pytest

from faq.search.begun import Word, everything, something, words


def spelt(text, language="en"):
    return [word.spellings for word in words(text, language)]


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("corv", ["corv"]),
        ("Corvadune STO", ["corvadune", "sto"]),
        ("how is it sto", ["sto"]),
        ("dosing in", ["dosing"]),
        ("what is the", []),
        ("do", ["do"]),
        ("s", []),
        ("", []),
        ("dose dose dose", ["dose"]),
        ("ALD-5520 dose", ["ald5520", "dose"]),
        ("ald-55", ["ald55"]),
        ("il 6", ["il", "6"]),
        ("🙂 ' & | ! : * \\ %", []),
        ("sto\x00red", ["sto", "red"]),
        ("x" * 81, []),
        ("w10 w11 w12 w13 w14 w15 w16 w17 w18 w19", ["w12", "w13", "w14", "w15", "w16", "w17", "w18", "w19"]),
        ("dose " * 79 + "  stored", ["dose", "sto"]),
    ],
)
def test_it_keeps_the_words_that_say_something(text, spellings):
    assert spelt(text) == [(spelling,) for spelling in spellings]


def test_it_reads_umlauts_however_they_are_typed():
    assert spelt("lös", "de") == [("los",)]
    assert spelt("loes", "de") == [("loes", "los")]
    assert spelt("loes", "en") == [("loes",)]


def test_a_number_begins_nothing_else_once_another_word_follows():
    assert [word.is_whole for word in words("10 mg tab", "en")] == [True, True, False]
    assert [word.is_whole for word in words("tablet 10", "en")] == [False, False]
    assert not Word(("10",), is_whole=True).meets("100")
    assert Word(("10",)).meets("100")


def test_it_asks_for_all_words():
    assert everything(words("10 loesung", "de")) == "('10') & ('loesung':* | 'losung':*)"


def test_it_asks_for_some_of_many_words():
    assert something([Word(("rare",)), Word(("common",))]) is None
    assert something([Word(("one",))]) is None
    assert something([Word(("w",)), Word(("dosing",))]) == "('dosing':*)"
    assert something(words("hepatic renal dose", "en")) == (
        "(('hepatic':*) & ('renal':*)) | (('hepatic':*) & ('dose':*)) | (('renal':*) & ('dose':*))"
    )
    assert something(words("hepatic renal w", "en")) == "(('hepatic':*) & ('renal':*))"


def test_it_leaves_out_slips_that_others_cover():
    slips = Word(("corvdu",)).slips()
    assert {"corvadu", "corvd", "covrdu"} <= slips
    assert not {"corvdx", "corvdut", "corvdu"} & slips
    assert Word(("10",), is_whole=True).slips() == Word(("cor",)).slips() == set()
