import pytest

from faq.word.reading import read
from tests.faq.word_files import cell, docx, field, p, picture, png, run, table, told

HEADING = p("Storage", style="Heading1")


def body(*blocks, **parts):
    return read(docx(HEADING, *blocks, **parts)).told["body"].removeprefix("<h2>Storage</h2>")


def test_it_finds_question_short_answer_and_headings():
    found = read(
        docx(
            p("How is it stored?", style="Title"),
            p("Below 25 °C."),
            p("In a pharmacy", style="Heading1"),
            p("Shelf", style="Heading2"),
            p("Box", style="Heading3"),
            p("Lid", style="Heading4"),
            p("Dry."),
        )
    ).told
    assert found["question"] == "How is it stored?"
    assert found["short_answer"] == "<p>Below 25 °C.</p>"
    assert found["body"] == "<h2>In a pharmacy</h2><h3>Shelf</h3><h4>Box</h4><h4>Lid</h4><p>Dry.</p>"


@pytest.mark.parametrize("title", ["Short answer", "Summary:", "Kurzantwort", "1. Zusammenfassung"])
def test_it_takes_the_short_answer_from_under_its_heading(title):
    found = read(docx(p("Intro."), p(title, style="Heading1"), p("Keep it dry."), HEADING, p("Dry."))).told
    assert found["short_answer"] == "<p>Keep it dry.</p>"
    assert found["body"] == "<p>Intro.</p><h2>Storage</h2><p>Dry.</p>"


def test_it_says_what_it_took_for_the_short_answer_and_what_else_stood_there():
    reading = read(docx(p("First."), p("Second."), HEADING, p("Dry.")))
    assert reading.told["short_answer"] == "<p>First.</p>"
    assert "The first paragraph was taken for the short answer: First." in told(reading, "taken")
    assert any("only its first paragraph became" in words for words in told(reading, "look"))


def test_it_keeps_emphasis_and_joins_what_word_split():
    written = body(
        p(run("a", "<w:b/>"), run("b", "<w:b/>"), run("c", "<w:i/>"), "H", run("2", "sub"), "O, m", run("2", "sup"))
    )
    assert written == "<p><strong>ab</strong><em>c</em>H<sub>2</sub>O, m<sup>2</sup></p>"


def test_it_nests_lists_by_level_and_by_style():
    by_level = body(p("a", number=1), p("b", number=1, level=1), p("c", number=3, level=1), p("d", number=1))
    by_style = body(p("a", style="ListBullet"), p("b", style="ListBullet2"), p("c", style="ListBullet"))
    assert by_level == "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li><li>d</li></ul>"
    assert by_style == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_a_numbered_list_goes_on_where_it_was_interrupted():
    written = body(p("a", number=3), p("b", number=3), p("Between."), p("c", number=4))
    assert written == '<ol><li>a</li><li>b</li></ol><p>Between.</p><ol start="3"><li>c</li></ol>'


def test_an_item_goes_on_in_a_second_paragraph_and_typed_bullets_are_a_list():
    assert body(p("a", number=1), p("more", style="ListContinue")) == "<ul><li><p>a</p><p>more</p></li></ul>"
    assert body(p("•\ta"), p("• b")) == "<ul><li>a</li><li>b</li></ul>"


def test_it_tells_that_letters_of_a_list_became_numbers():
    reading = read(docx(HEADING, p("a", number=5)))
    assert any("letters" in words for words in told(reading, "look"))


def test_a_table_keeps_heads_spans_names_of_rows_caption_and_notes():
    written = body(
        p("Table 1. Doses", style="Caption"),
        table(
            [cell("Group", merge="first"), cell("Dose", across=2)],
            [cell(merge="on"), "mg", "mL"],
            ["A", cell(p("1", run("a", "sup"))), "2"],
            heads=2,
        ),
        p(run("a", "sup"), " Twice daily."),
        p("CI = confidence interval; n = number."),
        p("After the table."),
    )
    head = '<th scope="col" rowspan="2">Group</th><th scope="colgroup" colspan="2">Dose</th>'
    assert written == (
        f"<table><caption>Doses</caption><thead><tr>{head}</tr>"
        '<tr><th scope="col">mg</th><th scope="col">mL</th></tr></thead>'
        '<tbody><tr><th scope="row">A</th><td>1<sup>a</sup></td><td>2</td></tr></tbody>'
        '<tfoot><tr><td colspan="3"><sup>a</sup> Twice daily.</td></tr>'
        '<tr><td colspan="3">CI = confidence interval; n = number.</td></tr></tfoot></table><p>After the table.</p>'
    )


def test_bold_rows_are_heads_and_a_table_without_any_is_reported():
    bold = read(docx(HEADING, table([cell(p(run("A", "<w:b/>")))], ["1"], heads=0)))
    plain = read(docx(HEADING, table(["A"], ["1"], heads=0)))
    assert '<thead><tr><th scope="col">A</th></tr></thead>' in bold.told["body"]
    assert any("no heading row" in words for words in told(plain, "look"))


def test_it_tells_when_word_counts_tables_otherwise():
    reading = read(docx(HEADING, p("Table 4: Doses", style="Caption"), table(["A"], ["1"])))
    assert any("table number 4; here it is number 1" in words for words in told(reading, "look"))


def test_a_picture_becomes_a_figure_where_it_stood():
    reading = read(
        docx(
            HEADING,
            p(picture("rIdcurve.png", alt="Two curves.")),
            p("Figure 1. Curves of both groups", style="Caption"),
            p("After."),
            media={"curve.png": png()},
        )
    )
    figure = reading.told["figures"][0]
    assert reading.told["body"].endswith('<figure data-figure="curves-of-both-groups"></figure><p>After.</p>')
    assert (figure["title"], figure["description"]) == ("Curves of both groups", "Two curves.")
    assert reading.images == [png()]


def test_a_reference_to_a_figure_becomes_a_link_to_it():
    caption = (
        '<w:bookmarkStart w:id="1" w:name="_Ref7"/>' + run("Figure 1") + '<w:bookmarkEnd w:id="1"/>' + run(". Curves")
    )
    blocks = [p("See ", field(" REF _Ref7 \\h ", run("Figure 1")), "."), p(picture("rIdcurve.png")), p(caption)]
    assert body(*blocks, media={"curve.png": png()}).startswith('<p>See <span data-xref="curves"></span>.</p>')


def test_symbols_of_word_become_unicode():
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    typed = run("\uf06d", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    assert body(p(sign, "18 years, 5 ", typed, "g")) == "<p>≥18 years, 5 µg</p>"


def test_links_stay_and_those_to_files_are_reported():
    def link(identity):
        return f'<w:hyperlink r:id="{identity}">{run("here")}</w:hyperlink>'

    targets = {"rId8": ("hyperlink", "https://example.org/a"), "rId9": ("hyperlink", "file:///etc/passwd")}
    reading = read(docx(HEADING, p(link("rId8"), " and ", link("rId9")), relations=targets))
    assert '<a href="https://example.org/a">here</a> and here' in reading.told["body"]
    assert any("file:///etc/passwd" in words for words in told(reading, "lost"))
