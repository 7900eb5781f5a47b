import pytest

from faq.word.reading import read
from tests.faq.word_files import SPACES, cell, docx, notes, p, picture, run, table, told

HEADING = p("Storage", style="Heading1")


def lost(*blocks, **parts):
    return told(read(docx(HEADING, *blocks, **parts)), "lost")


def test_tracked_changes_are_accepted_and_reported():
    inserted = f'<w:ins w:id="1" w:author="A">{run("cool ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>warm </w:delText></w:r></w:del>'
    reading = read(docx(HEADING, p("Keep it ", inserted, deleted, "and dry.")))
    assert reading.told["body"].endswith("<p>Keep it cool and dry.</p>")
    assert {"1 tracked insertion, accepted: cool", "1 tracked deletion, left out: warm"} <= set(told(reading, "look"))


def test_comments_are_reported_with_author_text_and_place():
    comment = f'<w:comments {SPACES}><w:comment w:id="4" w:author="Bela">{p("Really?")}</w:comment></w:comments>'
    about = f'<w:commentRangeStart w:id="4"/>{run("dry")}<w:commentRangeEnd w:id="4"/>'
    reading = read(docx(HEADING, p("Keep it ", about, "."), parts={"comments": comment}))
    item = next(item for item in reading.told["items"] if "comment" in item["what"])
    assert (item["what"], item["text"], item["where"]) == ("A comment by Bela", "Really?", "dry")


def test_a_text_box_is_reported_with_its_words():
    shape = f"<wps:txbx><w:txbxContent>{p('Keep out of reach.')}</w:txbxContent></wps:txbx>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{shape}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = lost(p("Dry.", both))
    assert found == ["A text box: move its words into the text: Keep out of reach."]


def test_an_equation_leaves_a_mark_and_its_words():
    reading = read(docx(HEADING, p("So ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", ".")))
    assert "So [Equation not carried over]." in reading.told["body"]
    assert any(words.endswith(": x=2") for words in told(reading, "lost"))


def test_a_chart_leaves_a_mark_and_its_numbers():
    chart = f"<c:chartSpace {SPACES}><c:v>0.47</c:v></c:chartSpace>"
    drawing = '<w:drawing><a:graphic><a:graphicData><c:chart r:id="rIdchart"/></a:graphicData></a:graphic></w:drawing>'
    reading = read(docx(HEADING, p(f"<w:r>{drawing}</w:r>"), parts={"chart": chart}))
    assert "[chart not carried over]" in reading.told["body"]
    assert any("0.47" in words for words in told(reading, "lost"))


def test_headers_and_footers_are_reported():
    header = f"<w:hdr {SPACES}>{p('Confidential')}</w:hdr>"
    assert lost(p("Dry."), parts={"header": header}) == ["The header of the pages: Confidential"]


def test_hidden_text_goes_and_is_reported():
    reading = read(docx(HEADING, p("Dry.", run(" secret", "<w:vanish/>"))))
    assert "secret" not in reading.told["body"]
    assert "Hidden text: secret" in told(reading, "lost")


def test_struck_and_highlighted_text_is_reported():
    reading = read(docx(HEADING, p(run("old", "<w:strike/>"), run("new", '<w:highlight w:val="yellow"/>'))))
    looks = told(reading, "look")
    assert "Text that is struck through in Word arrived plain: old" in looks
    assert "Text that is highlighted in Word arrived plain: new" in looks


def test_a_picture_that_is_only_linked_is_never_fetched():
    relations = {"rIdfar": ("image", "https://evil.example/a.png")}
    reading = read(docx(HEADING, p(picture("rIdfar", alt="Curve")), relations=relations))
    assert reading.images == []
    assert any("only linked to" in words for words in told(reading, "lost"))


def test_a_picture_in_a_format_of_windows_is_reported():
    assert any("WMF" in words for words in lost(p(picture("rIda.wmf")), media={"a.wmf": b"\xd7\xcd"}))


def test_words_in_a_part_that_nobody_reads_are_reported():
    strange = f"<w:unheard><w:p>{run('Never seen.')}</w:p></w:unheard>"
    assert "Text in a part of the file that is not read: Never seen." in lost(p("Dry."), strange)


def test_remarks_below_a_note_that_is_no_source_are_not_lost():
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    entry = read(docx(HEADING, p("Dry.", note), parts={"footnotes": notes("footnotes", {2: "Except in summer."})}))
    assert entry.told["entries"][0]["text"] == "Except in summer."


@pytest.mark.parametrize(
    "block",
    [
        p("Plain words 1.5 mg."),
        p("Item 7", number=1),
        table(["Head 1", "Head 2"], [cell("Cell 3", across=2)]),
        table([cell("Boxed words 4")], heads=0),
        p("Quoted 5.", style="Quote"),
        p(run("Bold 6", "<w:b/>")),
        table([cell(table(["Inner 8"], ["Inner 9"]))], ["Outer 10"]),
    ],
)
def test_all_words_and_numbers_arrive(block):
    reading = read(docx(HEADING, block))
    assert not [words for words in told(reading, "lost") if "did not arrive" in words]
    for word in ("1.5 mg", "Item 7", "Cell 3", "words 4", "Quoted 5", "Bold 6", "Inner 9", "Outer 10"):
        assert (word in block) == (word in reading.told["body"])
