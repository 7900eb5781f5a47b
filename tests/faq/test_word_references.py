import base64
import json

import pytest

from faq.word import references
from faq.word.reading import read
from tests.faq.word_files import docx, field, notes, p, run, told

HEADING = p("Storage", style="Heading1")
LIST = [
    p("References", style="Heading1"),
    *(p(f"Doe J. Study {number}. 2024.", number=3) for number in (1, 2, 3, 4, 5)),
]
CSL = {"type": "article-journal", "title": "A study of cold", "author": [{"family": "Doe"}], "DOI": "10.1/cold"}


def sup(text):
    return run(text, "sup")


def groups(*blocks, **parts):
    """What each place that cites shows, with the numbers that it cites."""
    found = read(docx(HEADING, *blocks, *LIST, **parts)).told
    return [(group["shown"], [place + 1 for place in group["entries"]]) for group in found["groups"]]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1", [1]),
        ("1,3-5", [1, 3, 4, 5]),
        ("2–4", [2, 3, 4]),
        ("1, 2;5", [1, 2, 5]),
        ("5-3", None),
        ("1.5", None),
        ("-1", None),
        ("a", None),
        ("1-500", None),
    ],
)
def test_it_reads_the_numbers_of_a_citation(text, numbers):
    assert references.numbers(text) == numbers


@pytest.mark.parametrize("shown", ["1", "1,3-5", "2–4", "1, 2"])
def test_a_raised_number_cites_the_list_at_the_end(shown):
    assert groups(p("Keep it dry.", sup(shown))) == [(f"<sup>{shown}</sup>", references.numbers(shown))]


def test_it_takes_together_what_word_split():
    assert groups(p("Dry.", sup("1"), sup(","), sup("3"))) == [("<sup>1,3</sup>", [1, 3])]


@pytest.mark.parametrize(
    ("before", "raised", "after"),
    [("10", "3", " cells"), ("kg/m", "2", "."), ("m", "2", ""), ("χ", "2", " test"), ("R", "2", ""), ("(", "3", "H")],
)
def test_a_power_stays_a_power(before, raised, after):
    assert groups(p(before, sup(raised), after)) == []
    written = read(docx(HEADING, p(before, sup(raised), after), *LIST)).told["body"]
    assert f"{before}<sup>{raised}</sup>{after}" in written


def test_a_raised_number_after_a_number_is_left_and_asked_about():
    reading = read(docx(HEADING, p("It happened in 2020", sup("3"), "."), *LIST))
    assert "2020<sup>3</sup>" in reading.told["body"]
    assert any("is it a citation?" in words for words in told(reading, "look"))


def test_brackets_cite_where_no_raised_number_does():
    assert groups(p("Keep it dry [1,3-5].")) == [("[1,3-5]", [1, 3, 4, 5])]
    assert groups(p("Keep it dry [1].", sup("2"))) == [("<sup>2</sup>", [2])]


def test_bounds_of_an_interval_are_no_citation():
    assert groups(p("Ratio 2 (95% CI [1, 3]).")) == []


def test_a_number_beyond_the_list_stays_and_is_reported():
    reading = read(docx(HEADING, p("Dry.", sup("9")), *LIST))
    assert reading.told["body"].endswith("<p>Dry.<sup>9</sup></p>")
    assert any("does not have" in words for words in told(reading, "look"))


def test_without_a_list_raised_numbers_stay_and_are_reported_once():
    reading = read(docx(HEADING, p("Dry.", sup("1")), p("Cool.", sup("2"))))
    assert "<p>Dry.<sup>1</sup></p><p>Cool.<sup>2</sup></p>" in reading.told["body"]
    assert len([words for words in told(reading, "look") if "no list of references" in words]) == 1


@pytest.mark.parametrize("title", ["References", "Literatur", "7. Literaturverzeichnis", "REFERENCES:"])
def test_it_knows_the_list_by_its_title(title):
    blocks = [p(title, style="Heading1"), p("1.\tDoe J. A."), p("goes on"), p("[2] Roe R. B."), p("3) Poe E. C.")]
    entries = read(docx(HEADING, p("Dry."), *blocks)).told["entries"]
    assert [(entry["number"], entry["text"]) for entry in entries] == [
        (1, "Doe J. A. goes on"),
        (2, "Roe R. B."),
        (3, "Poe E. C."),
    ]


def test_a_list_without_numbers_leads_nowhere_and_says_so():
    reading = read(
        docx(HEADING, p("Dry.", sup("1")), p("References", style="Heading1"), p("Doe J. A."), p("Roe R. B."))
    )
    assert [entry["number"] for entry in reading.told["entries"]] == [None, None]
    assert reading.told["groups"] == []
    assert any("has no numbers" in words for words in told(reading, "look"))


@pytest.mark.parametrize("name", ["ADDIN ZOTERO_ITEM CSL_CITATION", "ADDIN CSL_CITATION"])
def test_it_reads_the_fields_of_zotero_and_mendeley(name):
    cited = json.dumps({"citationItems": [{"id": 1, "itemData": CSL}], "schema": "x"})
    found = read(
        docx(HEADING, p("Dry.", field(f" {name} {cited} ", sup("1"))), p("Wet.", field(f"{name} {cited}", sup("1"))))
    )
    assert found.told["groups"] == [{"shown": "<sup>1</sup>", "entries": [0]}] * 2
    assert found.told["entries"][0]["csl"] == CSL


def test_it_reads_the_content_controls_of_the_newer_mendeley():
    tag = base64.b64encode(json.dumps({"citationItems": [{"itemData": CSL}]}).encode()).decode()
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{tag}"/></w:sdtPr><w:sdtContent>{sup("1")}</w:sdtContent>'
        "</w:sdt>"
    )
    assert read(docx(HEADING, p("Dry.", control))).told["entries"][0]["csl"] == CSL


def test_it_reads_the_fields_of_endnote():
    titles = "<titles><title>A study of cold</title></titles>"
    cited = f"<EndNote><Cite><Author>Doe</Author><record>{titles}</record></Cite></EndNote>"
    found = read(docx(HEADING, p("Dry.", field(f" ADDIN EN.CITE {cited}", sup("1"))))).told
    assert found["entries"][0]["text"] == "Doe. A study of cold"


def test_a_field_with_damaged_data_arrives_as_text_and_is_reported():
    reading = read(docx(HEADING, p("Dry.", field(" ADDIN ZOTERO_ITEM CSL_CITATION {broken", sup("1")))))
    assert reading.told["groups"] == []
    assert any("damaged" in words for words in told(reading, "look"))


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_notes_are_sources(kind):
    note = f'<w:r><w:{kind[:-1]}Reference w:id="2"/></w:r>'
    found = read(docx(HEADING, p("Dry.", note), parts={kind: notes(kind, {2: "Doe J. A study of cold."})})).told
    assert found["groups"] == [{"shown": "<sup>1</sup>", "entries": [0]}]
    assert found["entries"][0]["text"] == "Doe J. A study of cold."
