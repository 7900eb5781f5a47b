"""Letters in a table, their notes, and the way between them."""

import re

import pytest

from faq.citations import footnotes
from faq.citations.markers import Writer
from portal.lib.html import text

NOTES = "<tfoot><tr><td><sup>a</sup> Planned.</td></tr><tr><td><sup>b</sup> Sum.</td></tr></tfoot>"


def linked(cells: str, foot: str = NOTES) -> str:
    return footnotes.linked(f"<table><tbody><tr>{cells}</tr></tbody>{foot}</table>", "table-1")


def test_a_letter_leads_to_its_note_and_the_note_to_the_first_letter():
    html = linked("<td>5<sup>a</sup></td><td>6<sup>a</sup></td>")
    assert re.findall(r'id="([^"]+)" href="#([^"]+)"', html) == [
        ("table-1-a-1", "table-1-note-a"),
        ("table-1-a-2", "table-1-note-a"),
        ("table-1-note-a", "table-1-a-1"),
    ]
    assert 'aria-label="Note a"' in html
    assert 'aria-label="Note a, back to the table"' in html


def test_letters_in_one_group_lead_to_a_note_each():
    html = linked("<td>5<sup>a, b</sup></td>")
    assert re.findall(r'href="#table-1-note-(\w)"', html) == ["a", "b"]
    assert "</a><sup>,</sup><a" in html


@pytest.mark.parametrize(
    ("cells", "foot"),
    [
        ("<td>5<sup>a</sup></td>", ""),
        ("<td>5<sup>c</sup></td>", NOTES),
        ("<td>5<sup>2</sup></td>", NOTES),
        ('<td><a href="/x/">5<sup>a</sup></a></td>', NOTES),
        ("<td>5<sup>a</sup></td>", "<tfoot><tr><td>a Planned.</td></tr></tfoot>"),
    ],
    ids=["no-foot", "no-such-note", "power", "inside-a-link", "not-raised"],
)
def test_nothing_is_linked_that_is_no_call_for_a_note(cells, foot):
    assert linked(cells, foot) == f"<table><tbody><tr>{cells}</tr></tbody>{foot}</table>"


def test_a_note_that_stands_twice_has_one_address():
    html = linked("<td>5<sup>a</sup></td>", NOTES.replace("</tfoot>", "<tr><td><sup>a</sup> Again.</td></tr></tfoot>"))
    assert html.count('id="table-1-note-a"') == 1


def test_words_alone_keep_their_letters_raised():
    assert text(linked("<td>540<sup>a</sup></td>")) == "540ᵃ ᵃ Planned. ᵇ Sum."


def table(letter: str = "a") -> str:
    return (
        f"<table><tbody><tr><td>5<sup>{letter}</sup></td></tr></tbody>"
        f'<tfoot><tr><td colspan="2"><sup>{letter}</sup> Planned.</td></tr></tfoot></table>'
    )


def test_two_tables_of_an_answer_and_those_of_its_figures_share_no_address():
    writer = Writer({}, {"f": 1}, lambda _key, _cites: "")
    html = writer.write(table() + table()) + writer.nested(1).write(table())
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 6


def test_a_note_gets_a_box_and_a_short_value_a_name_for_style():
    html = Writer({}, {}, None).write(table())
    assert '<td colspan="2"><div class="table-note"><a class="note"' in html
    assert '<td class="short">5' in html
    long = "<table><tr><td>Sum of the two counts above it</td><td></td><td>&lt;1 (0.5 to 1.5)</td></tr></table>"
    assert Writer({}, {}, None).write(long).count('class="short"') == 1
