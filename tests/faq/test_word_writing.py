import io
import re
import zipfile
from xml.etree import ElementTree

import docx
import mammoth
import pytest

from faq.exchange import giving
from faq.models import FaqVersion
from tests.factories import (
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_market,
    make_published,
    make_reference,
    make_resource,
)
from tests.faq.administering import approved, in_review

pytestmark = pytest.mark.django_db


def exported(version):
    return giving.word_file(FaqVersion.objects.with_parts().get(pk=version.pk), base="https://example.org")


def part(content, name="word/document.xml"):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def words(xml):
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


@pytest.fixture
def content():
    reference = make_reference("doe-2024", title="A study of cold")
    body = (
        '<h2>Rooms</h2><h3>Cold</h3><p>Dry.<cite data-ref="doe-2024"></cite></p><ol start="3"><li>a</li></ol>'
        '<table><caption>Doses</caption><thead><tr><th scope="col" colspan="2">Dose</th></tr></thead><tbody><tr><td '
        'rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table><figure data-figure="curve"></figure>'
    )
    draft = make_draft(body=body)
    make_figure(draft, sources=(reference,), abbreviations="CI = confidence interval")
    make_resource(draft)
    return exported(draft)


def test_another_reader_opens_it(content):
    document = docx.Document(io.BytesIO(content))
    styled = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert ("Title", "How is it stored?") in styled
    assert ("Heading 1", "Short answer") in styled
    assert ("Heading 1", "Rooms") in styled
    assert ("Heading 2", "Cold") in styled
    assert document.tables[0].cell(1, 0)._tc is document.tables[0].cell(2, 0)._tc
    assert len(document.inline_shapes) == 1


def test_a_third_reader_makes_the_same_of_it(content):
    html = mammoth.convert_to_html(io.BytesIO(content)).value
    assert re.search(r'Dry\.<a href="#[\w-]*ref_1"><sup>1</sup></a>', html)
    assert '<th colspan="2"><p>Dose</p></th>' in html
    assert '<td rowspan="2"><p>1</p></td>' in html
    assert "<ol><li>a</li></ol>" in html
    assert "A study of cold" in html
    assert "Figure 1. Curves of both groups" in html


def test_every_part_is_well_formed_and_named(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    types = archive.read("[Content_Types].xml").decode()
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(archive.read(name))  # noqa: S314  (we wrote it)
        assert f'"/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types


def test_every_relation_that_the_text_names_is_there(content):
    relations = set(re.findall(r' Id="([^"]+)"', part(content, "word/_rels/document.xml.rels")))
    assert set(re.findall(r' r:(?:id|embed)="([^"]+)"', part(content))) <= relations


def test_every_link_inside_leads_to_a_place(content):
    text = part(content)
    assert set(re.findall(r'w:anchor="([^"]+)"', text)) <= set(re.findall(r'w:name="(ref_\d+|figure_\d+)"', text))


def test_heads_of_columns_are_repeated_and_rows_stay_whole(content):
    assert part(content).count("<w:tblHeader/>") == 1
    assert part(content).count("<w:cantSplit/>") == 3


def test_a_figure_has_its_words_and_its_drawing(content):
    text = part(content)
    assert 'descr="Curves of both groups. Two curves that part after month 3."' in text
    assert "Figure 1. Curves of both groups1" in words(text)
    assert "Abbreviations: CI = confidence interval" in words(text)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.read("word/media/picture1.png").startswith(b"\x89PNG")
    assert archive.read("word/media/picture2.svg").startswith(b"<svg")


def test_it_says_which_version_it_is_and_counts_pages(content):
    footer = part(content, "word/footer.xml")
    assert "version 1" in words(footer)
    assert re.search(r"SHA-256 [0-9a-f]{64}", words(footer))
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert "Content ID: US_cFAQ" in words(part(content))


@pytest.mark.parametrize(
    ("make", "standing"),
    [
        (make_draft, "DRAFT, not approved"),
        (in_review, "IN REVIEW, not approved"),
        (approved, "APPROVED, not published"),
        (make_published, "PUBLISHED"),
    ],
)
def test_every_page_says_whether_the_version_is_approved(make, standing):
    header = part(exported(make()), "word/header.xml")
    assert standing in words(header)
    assert ("B3261E" in header) == (standing != "PUBLISHED")


def test_it_speaks_the_language_of_the_market():
    drug = make_drug(make_market("de", language_tag="de-DE"))
    version = make_draft(make_faq(drug))
    german = giving.manuscript(FaqVersion.objects.with_parts().get(pk=version.pk))
    assert (german.language, german.letter) == ("de-DE", False)
    assert (german.words.short_answer, german.words.references) == ("Kurzantwort", "Literatur")


def test_its_name_says_that_it_is_no_approved_text():
    assert giving.file_name(make_draft()).endswith("-v1-draft.docx")
    assert giving.file_name(make_published()).endswith("-v1.docx")
