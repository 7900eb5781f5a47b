"""The document of one version: accessible, complete, and the same bytes every time."""

import io

import pytest
import typst
from django.core.management import call_command
from PIL import Image as Pillow
from pypdf import PdfReader

from faq import pdf
from faq.models import FaqVersion, Image
from tests.factories import (
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_image,
    make_market,
    make_published,
    make_reference,
    make_resource,
)

pytestmark = pytest.mark.django_db

PERMANENT = "https://portal.example/us/answers/X/"


@pytest.fixture(autouse=True)
def _nothing_printed():
    pdf.printed.cache_clear()


def read(version: FaqVersion) -> PdfReader:
    fetched = FaqVersion.objects.for_page(version.faq.market).get(pk=version.pk)
    return PdfReader(io.BytesIO(printed(fetched)))


def printed(version: FaqVersion) -> bytes:
    return pdf.printed(pdf.manuscript(version, permanent_address=PERMANENT))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader: PdfReader, kind: str) -> list:
    """The structure elements of one kind, in reading order."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            if node.get("/S") == kind:
                found.append(node)
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def links(reader: PdfReader) -> set[str]:
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}


def whole() -> FaqVersion:
    """A version with everything that an answer can have."""
    drug = make_drug(
        name="Exemplin",
        strengths="10 mg tablets",
        boxed_warning="May harm.",
        standing_notice="Invented.",
        prescribing_information_url="https://portal.example/pi.pdf",
    )
    make_reference("doe", DOI="10.1000/xyz")
    body = (
        '<h2>Storage</h2><p>Keep it dry.<cite data-ref="doe"></cite></p><figure data-figure="curve"></figure>'
        "<table><caption>Doses</caption><thead><tr><th>Dose</th><th>n</th></tr></thead>"
        "<tbody><tr><th>10 mg</th><td>10<sup>9</sup></td></tr></tbody></table><ul><li>a<ul><li>b</li></ul></li></ul>"
    )
    draft = make_draft(make_faq(drug, label_status="off-label"), body=body)
    make_figure(draft)
    make_resource(draft, title="A poster", url="https://example.org/poster")
    return make_published(draft=draft)


def test_it_says_everything_that_the_page_says():
    version = whole()
    said = words(read(version))
    for part in (
        version.faq.content_id,
        "version 1",
        "How is it stored?",
        "Store it below 25 °C.",
        "Date of last review: March 2, 2026",
        "To report an adverse event, call 1-800-555-0143.",
        "in response to your request",
        "This use is not approved.",
        "Exemplin",
        "10 mg tablets",
        "May harm.",
        "Invented.",
        "For copies of the references, call 1-800-555-0142.",
        "Doe JA. A study of something",
        "A poster",
        "CI = confidence interval",
        "10⁹",
        "Page 1 of",
        PERMANENT,
    ):
        assert part in said


def test_its_links_lead_to_the_real_addresses():
    assert links(read(whole())) == {
        "https://doi.org/10.1000/xyz",
        "https://example.org/poster",
        "https://portal.example/pi.pdf",
        "tel:+18005550142",
        "tel:+18005550143",
        PERMANENT,
    }


def test_it_is_tagged_and_says_its_language_and_its_title():
    reader = read(whole())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "How is it stored?"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.page_labels == [str(number + 1) for number in range(len(reader.pages))]


def test_every_figure_is_described_and_every_table_has_header_cells():
    reader = read(whole())
    described = [str(figure["/Alt"]) for figure in tags(reader, "/Figure")]
    assert described == ["Two curves that part after month 3.", f"QR code with the address {PERMANENT}"]
    assert len(tags(reader, "/TH")) == 2
    assert [str(heading["/T"]) for heading in tags(reader, "/H2")] == [
        "Short answer",
        "Storage",
        "References",
        "Additional related information",
        "Is this still current?",
    ]


def test_the_same_version_gives_the_same_bytes():
    version = whole()
    first = printed(version)
    pdf.printed.cache_clear()
    assert printed(version) == first
    assert b"CreationDate" in first


def test_a_document_is_remembered():
    version = whole()
    first = printed(version)
    assert printed(version) is first


def test_a_related_resource_has_an_address_that_every_reader_follows():
    draft = make_draft()
    make_resource(draft, title="Größen", kind="other", url="https://example.org/größen")
    assert "https://example.org/gr%C3%B6%C3%9Fen" in links(read(make_published(draft=draft)))


def test_another_phone_number_makes_another_document():
    version = whole()
    before = pdf.manuscript(version, permanent_address=PERMANENT).digest
    version.faq.market.safety_phone = "1-800-555-0199"
    assert pdf.manuscript(version, permanent_address=PERMANENT).digest != before


def test_content_is_never_a_command():
    body = "<p>#let x = $y$ _z_ *b* @ref &lt;label&gt; #panic() \\ ~ `raw` // not a comment -- --- ...</p>"
    said = words(read(make_published(body=body, question="#import what?")))
    assert "#let x = $y$ _z_ *b* @ref <label> #panic() \\ ~ `raw` // not a comment -- --- ..." in said
    assert "#import what?" in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("α β γ Δ µ ± ≥ ≤ ° ® ™ → − × · … “q” ‰ † ‡ § ½ ≈ ≠ ∞", "α β γ Δ µ ± ≥ ≤ ° ® ™ → − × · … “q” ‰ † ‡ § ½ ≈ ≠ ∞"),
        ("10⁹ x⁻¹ CO₂", "10⁹ x⁻¹ CO₂"),
        ("Şentürk, Nguyễn, Łukasz, Ångström", "Şentürk, Nguyễn, Łukasz, Ångström"),
        ("5\u2009mg\u202f2\u00a0h", "5 mg 2 h"),
        ("㎎", "mg"),
        ("王 wrote", "[U+738B] wrote"),
        ("😀🧬", "[U+1F600][U+1F9EC]"),
        ("ก", "[U+0E01]"),
        ("\ue000", "[U+E000]"),
        ("＂", "[U+FF02]"),
        ("a\u200db\u2060c\ufeffd", "c"),
    ],
)
def test_no_character_is_lost_and_none_stops_the_document(text, expected):
    assert expected in words(read(make_published(body=f"<p>{text}</p>")))


def test_a_character_that_is_missing_in_a_drawing_is_spelled_there():
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    text = '<text y="20" font-family="Arial">王 AUC</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40">{text}</svg>'
    make_figure(draft, image=make_image(svg.encode()))
    assert "[U+738B] AUC" in words(read(make_published(draft=draft)))


def test_a_picture_that_cannot_be_read_leaves_its_words():
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    broken = Image.objects.create(sha256="b" * 64, media_type="image/png", width=9, height=9, content=b"no picture")
    make_figure(draft, image=broken)
    reader = read(make_published(draft=draft))
    assert "Curves of both groups" in words(reader)
    assert len(tags(reader, "/Figure")) == 1


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "WEBP"), ("P", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG")])
def test_a_huge_picture_is_brought_down_to_what_a_page_can_show(mode, kind):
    written = io.BytesIO()
    Pillow.new(mode, (4000, 3000)).save(written, format=kind)
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    make_figure(draft, image=make_image(written.getvalue()))
    drawn = [image.image.size for page in read(make_published(draft=draft)).pages for image in page.images]
    assert (2000, 1500) in drawn


def test_what_no_remedy_mends_is_an_error(monkeypatch):
    monkeypatch.setattr(pdf, "_template", lambda: b"#panic()")
    with pytest.raises(typst.TypstError):
        read(make_published())


def test_a_version_that_was_never_published_is_not_printed():
    with pytest.raises(ValueError, match="published"):
        pdf.manuscript(make_draft(), permanent_address=PERMANENT)


def test_it_speaks_the_language_of_its_market_on_its_paper():
    market = make_market("de", language_tag="de-DE")
    reader = read(make_published(make_faq(make_drug(market), content_id="DE_cFAQ_1")))
    assert reader.trailer["/Root"]["/Lang"] == "de-DE"
    assert round(float(reader.pages[0].mediabox.width)) == 595


def test_every_demonstration_answer_becomes_an_accessible_document_of_few_pages(caplog):
    call_command("load_demonstration", verbosity=0)
    versions = FaqVersion.objects.published().select_related("faq__drug__category", "faq__market")
    lengths = {}
    for version in versions:
        reader = read(version)
        lengths[version.faq.content_id] = len(reader.pages)
        assert all(figure.get("/Alt") for figure in tags(reader, "/Figure"))
    assert "mended" not in caplog.text
    assert len(lengths) >= 28
    assert max(lengths.values()) <= 5, lengths
