"""The allow-list of stored HTML, and the plain words made from it."""

import pytest

from portal.lib.html import paragraphs, sanitise, sanitise_line, statements, text

CLEANED = [
    ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
    ("<style>p { color: red }</style><p>a</p>", "<p>a</p>"),
    ('<p onclick="alert(1)" onmouseover=alert(1)>a</p>', "<p>a</p>"),
    ('<p style="color:red" class="x" id="y">a</p>', "<p>a</p>"),
    ('<iframe src="https://evil.example"></iframe><p>a</p>', "<p>a</p>"),
    ('<p><img src="x" onerror="alert(1)">a</p>', "<p>a</p>"),
    ('<form action="/us/contact/"><input name="q"><p>a</p></form>', "<p>a</p>"),
    ("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>"),
    ("<!-- note --><p>a</p>", "<p>a</p>"),
    ("<p>a\x00b</p>", "<p>ab</p>"),
    ("<p>e\u0301</p>", "<p>é</p>"),
    ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ("<h1>Top</h1><h2>Part</h2>", "Top<h2>Part</h2>"),
    ("<td>loose</td>", "loose"),
]

LINKS = [
    ("https://doi.org/10.1/x?a=1", "https://doi.org/10.1/x?a=1"),
    ("http://example.org", "http://example.org"),
    ("/us/contact/?topic=adverse-event", "/us/contact/?topic=adverse-event"),
    ("#references", "#references"),
    ("mailto:a@example.org", "mailto:a@example.org"),
    ("tel:+18005550142", "tel:+18005550142"),
    (" https://doi.org/x ", "https://doi.org/x"),
    ("HTTPS://doi.org/x", "https://doi.org/x"),
    ("https://example.org/a b", "https://example.org/a b"),
    ("javascript:alert(1)", None),
    ("JaVaScRiPt:alert(1)", None),
    ("java\tscript:alert(1)", None),
    ("&#106;avascript:alert(1)", None),
    ("vbscript:x", None),
    ("data:text/html,<script>alert(1)</script>", None),
    ("file:///etc/passwd", None),
    ("//evil.example/", None),
    ("/\\evil.example/", None),
    ("/\t/evil.example/", None),
    ("https:evil.example", None),
    ("https:/evil.example", None),
    ("https://evil.example\\@own.example/", None),
    ("https://own.example@evil.example/", None),
    ("https://us[er@example.org/", None),
    ("https://\u2100@example.org/", None),
]

MARKERS = [
    '<cite data-ref="doe-2024"></cite>',
    '<figure data-figure="curve"></figure>',
    '<p>See <span data-xref="curve"></span>.</p>',
    '<table><caption>C</caption><thead><tr><th scope="col" colspan="2">A</th></tr></thead></table>',
    '<ol start="3"><li>x</li></ol>',
    "<p>10<sup>9</sup> and H<sub>2</sub>O</p>",
]


@pytest.mark.parametrize(("markup", "clean"), CLEANED)
def test_it_leaves_what_the_allow_list_names(markup, clean):
    assert sanitise(markup) == clean


@pytest.mark.parametrize(("href", "kept"), LINKS)
def test_it_keeps_links_whose_way_is_plain(href, kept):
    expected = f'<a href="{kept}">x</a>' if kept else "<a>x</a>"
    assert sanitise(f'<a href="{href}">x</a>') == expected


@pytest.mark.parametrize("markup", MARKERS)
def test_it_keeps_markers_tables_and_raised_characters(markup):
    assert sanitise(markup) == markup


@pytest.mark.parametrize("markup", [case[0] for case in CLEANED] + MARKERS)
def test_it_changes_nothing_the_second_time(markup):
    assert sanitise(sanitise(markup)) == sanitise(markup)
    assert sanitise_line(sanitise_line(markup)) == sanitise_line(markup)


@pytest.mark.parametrize("href", [case[0] for case in LINKS])
def test_it_changes_no_link_the_second_time(href):
    once = sanitise(f'<a href="{href}">x</a>')
    assert sanitise(once) == once


def test_it_drops_attributes_with_odd_values():
    assert sanitise('<cite data-ref="Doe&quot; onclick=&quot;x">a</cite>') == "<cite>a</cite>"
    assert sanitise('<cite data-ref="-doe">a</cite>') == "<cite>a</cite>"
    assert sanitise('<ol start="-1"><li>a</li></ol>') == "<ol><li>a</li></ol>"
    assert "colspan" not in sanitise('<table><tr><td colspan="9999">a</td></tr></table>')
    assert "scope" not in sanitise('<table><tr><th scope="all">a</th></tr></table>')


def test_it_keeps_no_block_but_paragraphs_in_a_line():
    markup = '<h2>Title</h2><p>One <em>two</em><cite data-ref="doe"></cite></p><ul><li>three</li></ul>'
    assert sanitise_line(markup) == 'Title<p>One <em>two</em><cite data-ref="doe"></cite></p>three'


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>10<sup>9</sup> cells</p>", "10⁹ cells"),
        ("<p>m<sup>-2</sup> and CO<sub>2</sub></p>", "m⁻² and CO₂"),
        ('<p>It works.<sup class="cite" id="cite-1"><a href="#ref-1">1</a></sup></p>', "It works."),
        ('<a href="#figure-1">Figure 1<span class="visually-hidden">: Curves</span></a>', "Figure 1"),
        ("<h2>Dose</h2><p>One</p><ul><li>two</li><li>three</li></ul>", "Dose One two three"),
        ("<p>one<br>two</p>", "one two"),
        ("<p>un<strong>broken</strong></p>", "unbroken"),
        ("<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
        ("", ""),
    ],
)
def test_it_makes_plain_words_of_markup(markup, words):
    assert text(markup) == words


HEAD = '<thead><tr><th scope="col">Event</th><th scope="col">Placebo<br>(n = 4)</th></tr></thead>'
ROWS = '<tr><th scope="row">Nausea &lt;3</th><td>12</td></tr><tr><td colspan="2">n: number</td></tr><tr><td>7</td></tr>'


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<h2>Dose</h2><p>One.</p><p>Two.<br>Three.</p>", ["One.", "Two. Three."]),
        (
            "<p>Never in:</p>\n<ul><li>heat</li><li>frost</li></ul><p>So.</p>",
            ["Never in: heat", "Never in: frost", "So."],
        ),
        ('<p>Not:<sup class="cite">1</sup></p><ol><li>a</li></ol>', ["Not: a"]),
        ("<p>One: two.</p><ul><li>heat</li></ul>", ["One: two.", "heat"]),
        (f"<table>{HEAD}{ROWS}</table>", ["Event: Nausea <3 · Placebo (n = 4): 12", "n: number"]),
        (
            f"<table><caption>T</caption>{HEAD}{ROWS}</table><p>x</p>",
            ["Event: Nausea <3 · Placebo (n = 4): 12", "n: number", "x"],
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a · b"]),
        ('<table><thead><tr><th colspan="2">T</th></tr></thead><tr><td>a</td><td>b</td></tr></table><p>x</p>', ["x"]),
    ],
)
def test_it_makes_statements_that_can_be_read_alone(markup, said):
    assert statements(markup) == said


def test_it_makes_paragraphs_of_plain_text():
    assert paragraphs("one\ntwo\n\n \nthree") == "<p>one<br>two</p><p>three</p>"
    assert paragraphs("<b>one</b> & <script>") == "<p>&lt;b&gt;one&lt;/b&gt; &amp; &lt;script&gt;</p>"
    assert paragraphs(" \n ") == ""
