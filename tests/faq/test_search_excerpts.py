"""What of an answer is shown in results, with the sought words marked."""

import pytest

from faq.search.excerpts import LENGTH, WHOLE, Sought, marked, passage


def sought(**worth):
    return Sought(worth or {"store": 2.0, "refriger": 1.0}, "en")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("How is it stored?", "How is it <mark>stored</mark>?"),
        ("Storing it, storage", "<mark>Storing</mark> it, storage"),
        ("<b>stored</b> & more", "&lt;b&gt;<mark>stored</mark>&lt;/b&gt; &amp; more"),
        ("\ue000stored\ue001", "\ue000<mark>stored</mark>\ue001"),
        ("restored", "restored"),
        ("", ""),
    ],
)
def test_it_marks_words_and_escapes_the_rest(text, shown):
    assert marked(text, sought()) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.5 mg or 5 mg", "0.5 mg or <mark>5</mark> mg"),
        ("0,5 mg, 5,0 mg, 5.", "0,5 mg, 5,0 mg, <mark>5</mark>."),
        ("1.005 and 10,005.5", "1.005 and 10,005.5"),
        ("2-5 mg, 5–10 mg, 5-10.5 mg", "2-<mark>5</mark> mg, <mark>5</mark>–10 mg, <mark>5</mark>-10.5 mg"),
        ("5mg, 5% and 5® of 55", "5mg, <mark>5</mark>% and <mark>5</mark>® of 55"),
        ("2.5 mg, 2,5 mg, 2.50 mg", "<mark>2.5</mark> mg, <mark>2,5</mark> mg, 2.50 mg"),
        ("1,500 or 1500", "<mark>1,500</mark> or <mark>1500</mark>"),
    ],
)
def test_it_marks_no_part_of_a_number(text, shown):
    assert marked(text, sought(**{"5": 1.0, "2.5": 1.0, "1500": 1.0})) == shown


def test_a_part_of_a_number_says_nothing():
    assert passage("It takes 0.5 mg.\nThe dose is 5 mg.", sought(**{"5": 1.0})) == "The dose is 5 mg."
    assert passage("It takes 0.5 mg.", sought(**{"5": 1.0})) == ""


def test_it_takes_the_sentence_that_says_most():
    lines = "Nothing here.\nIt is stored dry. Keep it cold.\nIt is stored in a refrigerator."
    assert passage(lines, sought()) == "It is stored in a refrigerator."


def test_it_takes_two_sentences_where_both_say_something():
    assert passage("It is stored dry. A refrigerator is fine.", sought()) == "It is stored dry. A refrigerator is fine."


def test_it_prefers_a_sentence_to_a_row_and_to_a_definition():
    row, definition, sentence = "Stored · 5 · 6", "St = stored; Re = cold", "It is stored dry."
    assert passage(f"{definition}\n{row}\n{sentence}", sought()) == sentence
    assert passage(f"{definition}\n{row}", sought()) == row


def test_it_shows_nothing_where_nothing_is_said():
    assert passage("Nothing here.", sought()) == ""


def test_it_cuts_what_is_long_and_says_so():
    cut = passage(f"{'one ' * 100}stored {'two ' * 100}", sought())
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert " stored " in cut
    assert len(cut) <= LENGTH + 4


def test_it_cuts_only_where_something_is_left_out():
    assert not passage(f"stored {'two ' * 100}", sought()).startswith("…")
    assert not passage(f"{'one ' * 100}stored", sought()).endswith("…")


@pytest.mark.parametrize(
    ("before", "after"),
    [("It must not, ", "."), ("Unless told, ", "."), ("Nur ", "."), ("", " in no case."), ("", " wird es nicht.")],
)
def test_it_cuts_no_negation_and_no_limit_away(before, after):
    said = f"{before}{'one ' * 50}be stored {'two ' * 50}{after}"
    assert LENGTH < len(said) <= WHOLE
    assert passage(said, sought()) == said
    assert passage(f"{before}{'one ' * 100}be stored {'two ' * 100}{after}", sought()) == ""


def test_it_cuts_no_row_of_a_table():
    row = f"{'one ' * 60}· stored · {'two ' * 60}"
    assert passage(row, sought()) == row


@pytest.mark.parametrize("stop", ["e.g. In", "z. B. In", "3. Tag", "vs. Air", "bzw. In", "Dr. Who"])
def test_it_begins_no_sentence_after_a_short_form(stop):
    said = f"It is not {'good ' * 45} {stop} the heat stored {'long ' * 45}."
    assert passage(said, sought()).startswith("It is not")


def test_it_counts_a_word_once():
    lines = "Store, store, store, store and store.\nStore it in a refrigerator."
    assert passage(lines, sought()) == "Store it in a refrigerator."
