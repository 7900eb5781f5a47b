"""Rendered HTML as the tree that a document is set from."""

import pytest

from faq.documents import inlines, markup, tables, tree

BASE = "https://portal.example/"


def blocks(html):
    return tree.blocks(html, BASE)


def run(html):
    return tree.line(html, BASE)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("plain", ["plain"]),
        ("  a \n b  ", ["a b"]),
        ("a&nbsp;b &lt;i&gt; $x_1$ #let", ["a\xa0b <i> $x_1$ #let"]),
        ("a <em> b</em> c", ["a ", {"kind": "em", "text": ["b"]}, " c"]),
        ("<strong>a </strong> b", [{"kind": "strong", "text": ["a "]}, "b"]),
        ("a<br> b", ["a", {"kind": "break"}, "b"]),
        ("<span data-x>a</span>b", ["a", "b"]),
        ('a<span class="visually-hidden">: unseen</span>', ["a"]),
        ('<span aria-hidden="true">x</span>a', ["a"]),
    ],
)
def test_text_becomes_a_run(html, expected):
    assert run(html) == expected


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("10<sup>9</sup>/L", "10⁹/L"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("H<sub>2</sub>O", "H₂O"),
        ('0.47<sup class="cite"><a href="#ref-1">1</a>,<a href="#ref-12">12</a></sup>', "0.47¹,¹²"),
        ("x<sup>a</sup>", "xa"),
    ],
)
def test_raised_figures_stay_raised_when_copied(html, words):
    assert inlines.words(run(html)) == words


@pytest.mark.parametrize(
    ("href", "node"),
    [
        ("https://doi.org/10.1/x", {"kind": "link", "to": "https://doi.org/10.1/x", "text": ["a"]}),
        ("https://x.example/ü?q=ä b", {"kind": "link", "to": "https://x.example/%C3%BC?q=%C3%A4%20b", "text": ["a"]}),
        ("/us/contact/", {"kind": "link", "to": "https://portal.example/us/contact/", "text": ["a"]}),
        ("tel:+18005550143", {"kind": "link", "to": "tel:+18005550143", "text": ["a"]}),
        ("#ref-3", {"kind": "jump", "to": "ref-3", "text": ["a"]}),
        ("", "a"),
    ],
)
def test_a_link_leads_to_its_real_address(href, node):
    assert run(f'<a class="external" href="{href}">a</a>') == [node]


@pytest.mark.parametrize(
    ("html", "levels"),
    [
        ("<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2>", [2, 3, 4, 2]),
        ("<h3>a</h3><h2>b</h2>", [2, 2]),
        ("<h2>a</h2><h4>b</h4><h4>c</h4><h3>d</h3>", [2, 3, 3, 3]),
        ("<h2> </h2><h3>a</h3>", [2]),
    ],
)
def test_no_heading_skips_a_level(html, levels):
    assert [block["level"] for block in blocks(html)] == levels


def test_lists_nest():
    (outer,) = blocks("<ul><li>a<ol start='3'><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>")
    assert outer["kind"] == "list"
    first, second = outer["items"]
    assert first[0] == {"kind": "paragraph", "text": ["a"]}
    assert first[1] == {"kind": "numbered", "start": 3, "items": [[{"kind": "paragraph", "text": ["b"]}]]}
    assert [block["text"] for block in second] == [["c"], ["d"]]


def test_loose_text_between_blocks_becomes_paragraphs():
    assert [block["kind"] for block in blocks("a <em>b</em><p>c</p>d<blockquote>e</blockquote>")] == [
        "paragraph",
        "paragraph",
        "paragraph",
        "quote",
    ]


def test_a_heading_inside_a_list_is_no_heading_of_the_document():
    (found,) = blocks("<ul><li><h3>a</h3>b</li></ul>")
    assert found["items"][0][0] == {"kind": "paragraph", "text": [{"kind": "strong", "text": ["a"]}]}


def placed(html):
    (table,) = blocks(html)
    return table, [(cell["x"], cell["y"], cell["across"], cell["down"]) for cell in table["cells"]]


@pytest.mark.parametrize(
    ("html", "places"),
    [
        ("<tr><td>a</td><td>b</td></tr>", [(0, 0, 1, 1), (1, 0, 1, 1)]),
        ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", [(0, 0, 1, 1), (1, 0, 1, 1), (0, 1, 1, 1), (1, 1, 1, 1)]),
        (
            "<tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr>",
            [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)],
        ),
        ("<tr><td rowspan='9'>a</td><td>b</td></tr>", [(0, 0, 1, 1), (1, 0, 1, 1)]),
        ("<tr><td>a</td></tr><tr><td colspan='99'>b</td></tr>", [(0, 0, 1, 1), (0, 1, 1, 1)]),
        (
            "<tr><td>a</td><td rowspan='2'>b</td></tr><tr><td colspan='2'>c</td></tr>",
            [(0, 0, 1, 1), (1, 0, 1, 2), (0, 1, 1, 1)],
        ),
    ],
)
def test_every_place_of_a_table_is_taken_exactly_once(html, places):
    assert placed(f"<table><tbody>{html}</tbody></table>")[1] == places


def test_a_table_has_its_header_rows_its_groups_and_its_notes():
    table, _ = placed(
        "<table><caption>C</caption><thead><tr><th rowspan='2'>a</th><th colspan='2'>b</th></tr>"
        "<tr><th>c</th><th>d</th></tr></thead><tbody><tr><th>e</th><td>1</td><td>2</td></tr></tbody>"
        "<tbody><tr><th>f</th><td>3</td><td>4</td></tr></tbody>"
        "<tfoot><tr><td colspan='3'><sup>a</sup> note</td></tr></tfoot></table>"
    )
    assert (table["caption"], table["head"], table["groups"], len(table["columns"])) == (["C"], 2, [3], 3)
    assert [inlines.words(note[0]["text"]) for note in table["notes"]] == ["a note"]
    assert [cell["header"] for cell in table["cells"]][-3:] == [True, False, False]


def test_a_first_row_of_header_cells_is_the_head_where_no_thead_says_so():
    table, _ = placed("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>")
    assert table["head"] == 1


def test_a_foot_with_figures_is_no_note():
    table, places = placed("<table><tr><td>a</td><td>b</td></tr><tfoot><tr><td>1</td><td>2</td></tr></tfoot></table>")
    assert (table["notes"], len(places)) == ([], 4)


def test_an_empty_table_is_left_out():
    assert blocks("<table><tbody></tbody></table>") == []


def test_a_column_has_room_for_its_longest_word():
    narrow, wide = tables.widths([tables.Measure(4, 4), tables.Measure(20, 60)])
    assert narrow >= 4
    assert wide >= 20
    assert tables.is_crowded([tables.Measure(30, 30)] * 4)


SOURCE = f"/media/{'a' * 64}.svg"
FIGURE = f"""<figure class="figure" id="figure-1">
<figcaption class="figure__title"><span class="label">Figure 1.</span> Curves <sup class="cite">1</sup></figcaption>
<a class="figure__image" href="{SOURCE}"><img src="{SOURCE}" width="40" height="20" alt="Figure 1, below."></a>
<div class="figure__words"><p id="figure-1-description"><strong>Figure 1 description:</strong> Two curves.</p>
<details><summary>Table of values</summary><div class="table-scroll"><table><tr><td>1.6%</td></tr></table></div>
</details><p><strong>Note:</strong> Post hoc.</p></div></figure>"""


def test_a_figure_brings_all_that_makes_it_readable():
    (figure,) = blocks(FIGURE)
    assert (figure["id"], figure["alt"]) == ("figure-1", "Two curves.")
    assert figure["image"] == {"sha256": "a" * 64, "format": "svg", "ratio": 2.0}
    assert [block["kind"] for block in figure["words"]] == ["paragraph", "paragraph", "table", "paragraph"]
    assert inlines.words(figure["title"]) == "Figure 1. Curves ¹"


def test_an_image_from_elsewhere_is_never_fetched():
    (figure,) = blocks('<figure id="f"><img src="/media/../secret.svg" width="1" height="1"></figure>')
    assert figure["image"] is None


def test_references_keep_their_numbers_and_lose_the_way_back():
    back = '<span class="back-links"><a href="#cite-1">1</a></span>'
    (entry,) = tree.entries(f'<ol><li id="ref-2" value="2">Doe. <em>J</em>. {back}</li></ol>', BASE)
    assert (entry["id"], entry["number"], inlines.words(entry["text"])) == ("ref-2", "2", "Doe. J.")


def test_a_jump_to_nowhere_is_plain_text_and_an_id_stands_once():
    document = {"body": blocks('<h2 id="a">x</h2><h2 id="a">y</h2><p><a href="#a">1</a><a href="#b">2</a></p>')}
    tree.joined(document)
    first, second, text = document["body"]
    assert (first["id"], second["id"]) == ("a", "")
    assert [node["kind"] for node in text["text"]] == ["jump", "plain"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x01b", "ab"),
        ("a\r\nb", "a  b"),
        ("a\xa0b", "a\xa0b"),
        ("\uf0b7 x", "[U+F0B7] x"),
        ("a\ufffeb", "a[U+FFFE]b"),
    ],
)
def test_no_text_holds_what_no_typeface_can_draw(text, expected):
    assert tree.drawable({"body": [text, 1, None]}) == {"body": [expected, 1, None]}


@pytest.mark.parametrize("html", ["<p>a<p>b", "</p>a</div>b", "<ul><li>a<li>b</ul>", "<p><em>a</p>b", "<table><td>a"])
def test_careless_html_is_read_all_the_same(html):
    assert "a" in markup.parse(html).text()
    assert blocks(html) is not None
