"""What is different between two wordings: blocks first, then words, in bounded time."""

import time

import pytest

from faq.comparing import sequences, wording
from faq.comparing.blocks import read_blocks
from faq.comparing.sequences import Budget
from faq.comparing.tokens import read, split
from faq.documents import markup

# Seconds of processor time for 28 KB; DESIGN asks for 0.2 on a free core, and tests share theirs.
LIMIT = 0.6


def told(old, new):
    """The rows as (kind, [(kind of piece, words)]) or (kind, words)."""
    rows = wording.compare(old, new, Budget())
    return [(row.kind, said(row.pieces) or row.block.words) for row in rows]


def said(pieces):
    return [(piece.kind, " ".join(token.text for token in piece.tokens)) for piece in pieces]


def kinds(old, new):
    return [row.kind for row in wording.compare(old, new, Budget())]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HR 0.47 (95% CI)", ["HR", "0.47", "(", "95", "%", "CI", ")"]),
        ("1,234.5 mg", ["1,234.5", "mg"]),
        ("blood-brain don’t", ["blood-brain", "don’t"]),
        ("IML003, ≥ 5", ["IML003", ",", "≥", "5"]),
    ],
)
def test_a_number_and_a_word_with_a_hyphen_are_one_word(text, words):
    assert [token.text for token in split(text)] == words


def test_it_shows_a_changed_number_as_one_change():
    assert told("<p>The HR was 0.47 then.</p>", "<p>The HR was 0.74 then.</p>") == [
        ("changed", [("same", "The HR was"), ("removed", "0.47"), ("added", "0.74"), ("same", "then .")])
    ]


def test_it_sees_no_difference_in_spaces():
    assert kinds("<p>Keep  it\n dry.</p>", "<p>Keep it dry.</p>") == ["same"]


def test_a_raised_figure_is_another_word_than_a_plain_one():
    [(kind, pieces)] = told("<p>Some 10<sup>9</sup> cells are seen.</p>", "<p>Some 109 cells are seen.</p>")
    assert kind == "changed"
    assert ("removed", "10 9") in pieces


def test_it_says_so_where_only_the_emphasis_changed():
    assert kinds("<p>Never freeze it.</p>", "<p><strong>Never</strong> freeze it.</p>") == ["restyled"]


def test_another_address_behind_the_same_words_is_a_change():
    old, new = (f'<p>Read the <a href="https://{host}.example">leaflet</a> first.</p>' for host in "ab")
    assert kinds(old, new) == ["changed"]


def test_a_citation_is_its_reference():
    cited = '<p>It works well.<cite data-ref="{}"></cite></p>'
    assert kinds(cited.format("doe"), cited.format("doe")) == ["same"]
    assert kinds(cited.format("doe"), cited.format("roe")) == ["changed"]


def test_it_tells_what_was_added_and_what_was_removed():
    old = "<h2>Dose</h2><p>One tablet a day.</p><p>Take it with food always.</p>"
    new = "<h2>Dose</h2><p>One tablet a day.</p><ul><li>Never crush tablets here.</li></ul>"
    assert told(old, new) == [
        ("same", "Dose"),
        ("same", "One tablet a day."),
        ("removed", "Take it with food always."),
        ("added", "Never crush tablets here."),
    ]


def test_a_moved_section_is_shown_as_moved():
    dose, storage = "<h2>Dose</h2><p>One tablet a day.</p>", "<h2>Storage</h2><p>Keep it dry.</p><p>Keep it cool.</p>"
    assert told(dose + storage, storage + dose) == [
        ("left", "Dose"),
        ("left", "One tablet a day."),
        ("same", "Storage"),
        ("same", "Keep it dry."),
        ("same", "Keep it cool."),
        ("arrived", "Dose"),
        ("arrived", "One tablet a day."),
    ]


def test_what_moved_and_changed_shows_both():
    storage = "<p>Keep it dry.</p><p>Keep it cool.</p><p>Keep it dark.</p>"
    rows = told(f"<p>One tablet of 5 mg a day.</p>{storage}", f"{storage}<p>One tablet of 10 mg a day.</p>")
    assert rows[-1] == (
        "arrived",
        [("same", "One tablet of"), ("removed", "5"), ("added", "10"), ("same", "mg a day .")],
    )


def test_rows_of_a_table_are_compared_row_by_row():
    rows = "<tr><th>Adults</th><td>{}</td></tr><tr><th>Children</th><td>5</td></tr>"
    table = f"<table><caption>Doses</caption><tbody>{rows}</tbody></table>"
    assert [kind for kind, _ in told(table.format("10"), table.format("20"))] == ["same", "changed", "same"]


def test_it_reads_blocks_in_their_order_with_the_section_that_they_stand_in():
    html = '<p>Lead</p><h2>Dose</h2><ul><li>One<ul><li>Two</li></ul></li></ul><figure data-figure="curve"></figure>'
    found = [(block.kind, block.words, block.level, block.section) for block in read_blocks(html)]
    assert found == [
        ("paragraph", "Lead", 0, ""),
        ("heading", "Dose", 2, "Dose"),
        ("item", "One", 1, "Dose"),
        ("item", "Two", 2, "Dose"),
        ("figure", "", 0, "Dose"),
    ]


def test_a_space_between_elements_is_kept():
    tokens = read(markup.parse("<p>a <em>b</em>c <br>d</p>").children)
    assert [(token.text, token.spaced) for token in tokens] == [("a", False), ("b", True), ("c", False), ("d", True)]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("abc", "abc", "abc"),
        ("abcabba", "cbabac", "caba"),
        ("", "abc", ""),
        ("aaaa", "aa", "aa"),
        ("xaybz", "aqb", "ab"),
    ],
)
def test_sequences_are_aligned_in_order(old, new, kept):
    pairs = sequences.pairs(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert len(pairs) == len(kept)
    assert pairs == sorted(pairs)


def test_without_a_budget_the_rest_counts_as_replaced():
    assert sequences.pairs("r" + "abababab" * 9 + "p", "s" + "babbbaaab" * 8 + "q", Budget(20)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>" + "the dose was 5 mg and " * 1270 + "</p>", "5 mg"),
        ("<p>the dose was 5 mg and then</p>" * 880, "5 mg"),
        ("<table><tbody>" + "<tr><td>Row</td><td>5 mg</td></tr>" * 800 + "</tbody></table>", "5 mg"),
        ("<p>" + "a b b a a b a " * 2000 + "</p>", "b a a"),
    ],
    ids=["one paragraph", "many paragraphs", "a table", "two words"],
)
def test_repetitive_text_takes_bounded_time(text, words):
    changed = text.replace(words, "6 mg c", 600)
    begun = time.process_time()
    assert any(row.is_change for row in wording.compare(text, changed, Budget()))
    assert time.process_time() - begun < LIMIT
