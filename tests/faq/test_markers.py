"""Markers in stored HTML, and what is written in their place."""

import re

import pytest

from faq.citations import numbering
from faq.citations.finding import find
from faq.citations.markers import Writer


def cite(*keys: str) -> str:
    return "".join(f'<cite data-ref="{key}"></cite>' for key in keys)


def write(markup: str, **numbers: int) -> str:
    return Writer(numbers, {}, None).write(markup)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>None.</p>", []),
        (f"<p>One{cite('a')}</p>", [("ref", "a")]),
        ('<figure data-figure="f"></figure><span data-xref="f"></span>', [("figure", "f"), ("xref", "f")]),
        (f"<table><caption>T{cite('b')}</caption></table>", [("ref", "b")]),
        ("<cite></cite><span>plain</span><figure></figure>", []),
    ],
)
def test_it_finds_markers_in_reading_order(markup, expected):
    assert list(find(markup)) == expected


@pytest.mark.parametrize(
    ("keys", "text"),
    [("a", "1"), ("ab", "1,2"), ("abc", "1-3"), ("abce", "1-3,5"), ("ea", "1,5"), ("aa", "1"), ("ace", "1,3,5")],
)
def test_it_collapses_citations_that_follow_each_other(keys, text):
    numbers = numbering.assign("abcde")
    html = Writer(numbers, {}, None).write(cite(*keys))
    assert re.sub(r"<[^>]+>", "", html) == text


def test_a_blank_between_two_citations_does_not_part_them():
    html = write(f"<p>So.{cite('a')} {cite('b')} Then{cite('c')}</p>", a=1, b=2, c=3)
    assert html.count("<sup") == 2
    assert "</sup> Then" in html


def test_words_between_two_citations_part_them():
    assert write(f"{cite('a')} and {cite('b')}", a=1, b=2).count("<sup") == 2


def test_every_citation_leads_to_its_reference_and_can_be_returned_to():
    writer = Writer({"a": 1, "b": 2}, {}, None)
    html = writer.write(f"<p>x{cite('a')} y{cite('b', 'a')}</p>")
    assert 'id="cite-1"' in html
    assert html.count('href="#ref-1"') == 2
    assert writer.cited_at == {"a": ["cite-1", "cite-2"], "b": ["cite-2"]}


def test_one_writer_goes_on_counting_over_the_parts_of_an_answer():
    writer = Writer({"a": 1}, {}, None)
    writer.write(cite("a"))
    assert 'id="cite-2"' in writer.write(cite("a"))


def test_what_stands_inside_a_marker_is_dropped():
    assert write('<p>A<cite data-ref="a">[9] <strong>x</strong></cite>B</p>', a=1).count("9") == 0


def test_characters_and_entities_survive_unchanged():
    markup = "<p>HR 0.47 (95% CI, 0.16&ndash;1.38) &lt;5 &amp; ≥28 µg × 10<sup>9</sup></p>"
    assert write(markup) == markup


def test_a_cross_reference_names_number_and_title():
    writer = Writer({}, {"curve": 2}, lambda key, _cites: f"[{key}]")
    writer.titles = {"curve": 'Survival "A" & B'}
    html = writer.write('<p>See <span data-xref="curve"></span>.</p>')
    assert 'href="#figure-2"' in html
    assert ">Figure 2<span" in html
    assert "Survival &quot;A&quot; &amp; B" in html


def test_a_figure_is_written_once_with_the_citations_of_its_sources():
    writer = Writer({"a": 1, "b": 2}, {"curve": 1}, lambda key, cites: f"[{key}{cites}]")
    writer.sources = {"curve": ["a", "b"]}
    html = writer.write('<figure data-figure="curve"></figure>')
    assert html.startswith('[curve<sup class="cite"')
    assert html.count("#ref-") == 2


def test_headings_get_addresses_that_never_repeat():
    html = write("<h2>Dose</h2><h2>Dose</h2><h2>Δ</h2>")
    assert 'id="section-dose"' in html
    assert 'id="section-dose-2"' in html
    assert 'id="section-text"' in html


def test_tables_are_numbered_and_scroll_by_themselves():
    html = Writer({}, {}, lambda _key, _cites: "").write(
        "<table><caption>Rates</caption><thead><tr><th>A</th></tr></thead><tbody><tr><th>B</th></tr></tbody></table>"
    )
    assert 'tabindex="0" aria-label="Table 1"' in html
    assert "Table 1.</span> Rates" in html
    assert '<th scope="col">A' in html
    assert '<th scope="row">B' in html


def test_spans_and_scopes_of_header_cells_are_kept():
    html = write('<table><thead><tr><th colspan="2" scope="colgroup">A</th></tr></thead></table>')
    assert '<th colspan="2" scope="colgroup">' in html


def test_a_link_to_another_site_keeps_its_real_address():
    assert '<a class="external" href="https://doi.org/x?a=1&amp;b=2">' in write(
        '<a href="https://doi.org/x?a=1&amp;b=2">x</a>'
    )
    assert write('<a href="/us/">x</a>') == '<a href="/us/">x</a>'


@pytest.mark.parametrize(
    ("rows", "scopes"),
    [
        ("<tr><th>A</th><th>B</th></tr><tr><th>C</th><td>1</td></tr>", ["col", "col", "row"]),
        ("<tr><th>A</th></tr><tr><th>B</th></tr><tr><th>C</th><td>1</td></tr>", ["col", "col", "row"]),
        ("<tr><th>A</th><td>1</td></tr><tr><th>B</th></tr>", ["row", "row"]),
        ('<tr><th scope="row">A</th><th>B</th></tr>', ["row", "col"]),
        ("<tr><th>A</th><td><table><tr><th>B</th></tr></table></td><th>C</th></tr>", ["row", "col", "row"]),
    ],
)
def test_header_rows_name_columns_where_nobody_wrote_a_head(rows, scopes):
    html = write(f"<table><tbody>{rows}</tbody></table><table><tr><th>Z</th></tr></table>")
    assert re.findall(r'scope="(\w+)"', html) == [*scopes, "col"]


def test_the_values_of_a_figure_refer_to_figures_and_are_named_after_their_own():
    writer = Writer({"a": 1}, {"curve": 1, "bars": 2}, lambda _key, _cites: "")
    writer.titles = {"bars": "Bars"}
    html = writer.nested(1).write(f'<table><tr><td>As <span data-xref="bars"></span>{cite("a")}</td></tr></table>')
    assert 'aria-label="Values of figure 1"' in html
    assert 'href="#figure-2" title="Bars"' in html
    assert writer.cited_at == {"a": ["cite-figure-1-1"]}
