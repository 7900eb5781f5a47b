import json

import pytest

from faq import publishing
from faq.exchange import giving, taking
from faq.models import FaqVersion, Figure, Reference, WordImport
from faq.word.package import Unreadable
from tests import cast
from tests.factories import SVG, make_draft, make_faq, make_figure, make_published, make_reference
from tests.faq.word_files import docx, field, p, picture, png, run, table

pytestmark = pytest.mark.django_db

TITLE = p("How is it stored?", style="Title")
SHORT = p("Store it below 25 °C.")
HEADING = p("Storage", style="Heading1")
REFERENCES = p("References", style="Heading1")
CSL = {
    "type": "article-journal",
    "title": "A study of cold rooms",
    "author": [{"family": "Doe"}],
    "DOI": "10.1000/cold",
}


def sup(text):
    return run(text, "sup")


def bring(*blocks, faq=None, **parts):
    content = docx(TITLE, SHORT, HEADING, *blocks, **parts)
    return taking.bring(content, "answer.docx", faq or make_faq(), by=cast.author())


def take(brought, **chosen):
    return taking.take(brought, by=cast.author(), question="How is it stored?", **chosen)


def said(items, kind):
    return [item.what for item in items if item.kind == kind]


@pytest.mark.parametrize(
    ("entry", "how"),
    [
        ("Doe J. Something else. doi:10.1000/XYZ.7.", "DOI"),
        ("Doe J. Cold rooms. https://doi.org/10.1000/xyz.7", "DOI"),
        ("Doe J. Cold rooms and their doors. PMID: 1234567.", "PMID"),
        ("Doe J. A long study of cold rooms and their doors. J Cold. 2024;3:1-9.", "the same title"),
        ("DOE J, et al. A long studdy of cold rooms and their doors. J Cold. 2024.", "the same title"),
    ],
)
def test_it_finds_a_source_in_the_library(entry, how):
    title = "A long study of cold rooms and their doors"
    make_reference("doe-2024", title=title, DOI="10.1000/xyz.7", PMID="1234567")
    found = taking.taken(bring(p("Dry.", sup("1")), REFERENCES, p(entry, number=3)))
    assert '<cite data-ref="doe-2024"></cite>' in found.body
    assert [match.how for _, match in found.matched] == [how]


def test_it_finds_an_entry_of_the_registry_by_its_number_alone():
    make_reference(
        "trial", type="webpage", title="A trial", **{"container-title": "ClinicalTrials.gov", "number": "NCT01234567"}
    )
    brought = bring(
        p("A.", sup("1"), " B.", sup("2")),
        REFERENCES,
        p("ClinicalTrials.gov identifier NCT01234567.", number=3),
        p("Doe J. NCT01234567 results. doi:10.1000/results", number=3),
    )
    assert (
        '<p>A.<cite data-ref="trial"></cite> B.<sup>[2: source not in the library]</sup></p>'
        in taking.taken(brought).body
    )


@pytest.mark.parametrize(
    "entry",
    [
        "Doe J. Another study of warm rooms. J Cold. 2024.",
        "Doe J. A long study of cold rooms and their doors. J Cold. 2019.",
        "Doe J. A long study of cold rooms and their doors. doi:10.1000/other",
        "Doe J. A long study of cold rooms and their 12 doors. J Cold. 2024.",
    ],
)
def test_what_is_not_certain_stays_as_text_and_is_reported(entry):
    make_reference("doe-2024", title="A long study of cold rooms and their doors", DOI="10.1000/xyz.7")
    found = taking.taken(bring(p("Dry.", sup("1")), REFERENCES, p(entry, number=3)))
    assert "<p>Dry.<sup>[1: source not in the library]</sup></p>" in found.body
    assert found.matched == []
    assert any("library does not have" in what for what in said(found.items, "lost"))


def test_two_that_fit_are_named_and_neither_is_taken():
    for key in ("doe-2024", "doe-2024-2"):
        make_reference(key, title="A long study of cold rooms and their doors")
    brought = bring(
        p("Dry.", sup("1")), REFERENCES, p("Doe J. A long study of cold rooms and their doors. 2024.", number=3)
    )
    found = taking.taken(brought)
    assert "<sup>[1: source" in found.body
    assert any("doe-2024, doe-2024-2" in what for what in said(found.items, "lost"))


def test_a_group_of_which_one_is_unknown_keeps_its_numbers():
    make_reference("doe-2024", DOI="10.1000/xyz.7")
    entries = p("Doe. doi:10.1000/xyz.7", number=3), p("Unheard of.", number=3)
    found = taking.taken(bring(p("Dry.", sup("1,2")), REFERENCES, *entries))
    assert "<p>Dry.<sup>[1,2: source not in the library]</sup></p>" in found.body
    assert any("not all are in the library" in what for what in said(found.items, "look"))


def test_full_data_in_the_file_become_a_reference_only_if_the_author_says_so():
    cited = json.dumps({"citationItems": [{"itemData": CSL}]})
    faq = make_faq()
    brought = bring(p("Dry.", field(f"ADDIN ZOTERO_ITEM CSL_CITATION {cited}", sup("1"))), faq=faq)
    candidate = taking.taken(brought).candidates[0]
    assert not Reference.objects.exists()
    draft = take(brought, adding=[candidate.place])
    assert Reference.objects.get().csl == CSL
    assert '<cite data-ref="doe"></cite>' in draft.body


def test_a_source_of_the_file_is_added_under_the_key_that_the_library_would_give_it():
    make_reference("van-der-doe", DOI="10.1000/another")
    cited = json.dumps({"citationItems": [{"itemData": {**CSL, "author": [{"family": "van der Doe"}]}}]})
    brought = bring(p("Dry.", field(f"ADDIN ZOTERO_ITEM CSL_CITATION {cited}", sup("1"))))
    (candidate,) = taking.taken(brought).candidates
    assert '<cite data-ref="van-der-doe-2"></cite>' in take(brought, adding=[candidate.place]).body
    assert candidate.key == "van-der-doe-2"


def test_it_reads_sources_with_characters_that_no_column_can_store():
    cited = json.dumps({"citationItems": [{"itemData": {**CSL, "title": "A study\0 of cold\ud800 rooms"}}]})
    brought = bring(p("Dry.", field(f"ADDIN ZOTERO_ITEM CSL_CITATION {cited}", sup("1"))))
    assert [candidate.title for candidate in taking.taken(brought).candidates] == ["A study of cold rooms"]


def test_nothing_is_a_draft_before_its_author_says_so():
    brought = bring(p("Keep it dry."))
    assert not FaqVersion.objects.exists()
    draft = take(brought)
    assert (draft.number, draft.status, draft.author) == (1, "draft", cast.author())
    assert draft.short_answer == "<p>Store it below 25 °C.</p>"
    assert draft.body == "<h2>Storage</h2><p>Keep it dry.</p>"
    assert list(draft.writers.all()) == [cast.author()]


def test_it_replaces_the_wording_of_an_open_draft_and_its_figures():
    draft = make_draft(body='<figure data-figure="old"></figure>')
    make_figure(draft, "old")
    brought = bring(
        p(picture("rIda.png", alt="Two curves.")), p("Figure 1. Curves"), faq=draft.faq, media={"a.png": png()}
    )
    assert any("it goes" in what for what in said(taking.taken(brought).items, "look"))
    assert take(brought).pk == draft.pk
    figure = Figure.objects.get()
    assert (figure.key, figure.title, figure.description) == ("curves", "Curves", "Two curves.")


def test_it_writes_in_nothing_that_is_no_draft():
    version = make_draft()
    brought = bring(p("Dry."), faq=version.faq)
    publishing.submit(version, by=cast.author())
    with pytest.raises(publishing.NotDraft):
        take(brought)
    version.refresh_from_db()
    assert "Keep it dry." in version.body
    assert WordImport.objects.waiting().exists()


def test_a_file_that_cannot_be_read_stores_nothing():
    with pytest.raises(Unreadable):
        taking.bring(b"", "answer.docx", make_faq(), by=cast.author())
    assert not WordImport.objects.exists()


def test_what_arrives_is_what_the_allow_list_leaves():
    script = '<w:hyperlink r:id="rIdx">' + run("<script>alert(1)</script>") + "</w:hyperlink>"
    found = taking.taken(bring(p(script), relations={"rIdx": ("hyperlink", "javascript://x%0aalert(1)")}))
    assert "<script" not in found.body
    assert "javascript" not in found.body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found.body


def test_a_drawing_that_could_do_more_than_be_looked_at_goes_and_is_reported():
    evil = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'
    found = taking.taken(bring(p(picture("rIda.svg")), p("Figure 1. Curves"), media={"a.svg": evil}))
    assert found.figures == []
    assert "<figure" not in found.body
    assert any("must not hold" in what for what in said(found.items, "lost"))


def test_the_report_stays_until_it_is_dismissed_or_the_version_published():
    draft = take(bring(p("Dry.", sup("1"))))
    brought = WordImport.objects.get(version=draft)
    assert any("Raised numbers" in item["what"] for item in brought.report)
    assert brought.reading == {}
    words = '<p>Dry.<cite data-source="company"></cite></p>'
    ready = {"short_answer": words, "body": words, "last_reviewed": "2026-01-01", "next_review": "2027-01-01"}
    FaqVersion.objects.filter(pk=draft.pk).update(**ready)
    make_published(draft=FaqVersion.objects.with_parts().get(pk=draft.pk))
    assert brought in WordImport.objects.forgotten()


def test_what_leaves_and_comes_back_is_the_same():
    reference = make_reference("doe-2024", title="A long study of cold rooms and their doors")
    body = (
        '<h2>Rooms</h2><p>10<sup>9</sup> at 5 °C<cite data-ref="doe-2024"></cite>,'
        ' see <span data-xref="curve"></span>.</p>'
        '<ul><li>a<ol><li>b</li></ol></li></ul><table><caption>Rooms</caption><thead><tr><th scope="col">Room</th>'
        '<th scope="col">n</th></tr></thead><tbody><tr><th scope="row">A</th><td>1<sup>a</sup></td></tr></tbody><tfoot>'
        '<tr><td colspan="2"><sup>a</sup> Twice.</td></tr></tfoot></table><figure data-figure="curve"></figure>'
        '<p>Known.<cite data-source="company"></cite></p>'
    )
    draft = make_draft(body=body)
    make_figure(
        draft, sources=(reference,), note="A note.", values_table="<table><tbody><tr><td>1</td></tr></tbody></table>"
    )
    before = draft.body, Figure.objects.values().get()
    content = giving.word_file(FaqVersion.objects.with_parts().get(pk=draft.pk))
    brought = taking.bring(content, "answer.docx", draft.faq, by=cast.author())
    assert taking.taken(brought).items == []
    after = take(brought)
    assert (after.body, Figure.objects.values().get()) == before
    assert [source.reference for source in Figure.objects.get().figuresource_set.all()] == [reference]


def test_the_same_version_gives_the_same_bytes():
    version = FaqVersion.objects.with_parts().get(pk=make_draft().pk)
    assert giving.word_file(version) == giving.word_file(version)


def test_a_picture_that_word_shows_otherwise_comes_back_as_it_was():
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    image = make_figure(draft).image_id
    content = giving.word_file(FaqVersion.objects.with_parts().get(pk=draft.pk))
    take(taking.bring(content, "a.docx", draft.faq, by=cast.author()))
    assert Figure.objects.get().image_id == image
    assert SVG[:20] in content or b"picture" in content


def test_a_table_inside_references_is_reported():
    found = taking.taken(bring(p("Dry."), REFERENCES, table(["A"], ["1"])))
    assert any("table inside the list" in what for what in said(found.items, "lost"))


def test_it_asks_when_the_file_was_exported_from_another_answer():
    content = giving.word_file(FaqVersion.objects.with_parts().get(pk=make_draft().pk))
    found = taking.taken(taking.bring(content, "a.docx", make_faq(), by=cast.author()))
    assert any("another answer" in what for what in said(found.items, "look"))


def test_a_number_that_was_left_never_comes_to_name_another_source():
    make_reference("doe-2024", DOI="10.1000/xyz.7")
    entries = p("Unheard of.", number=3), p("Doe. doi:10.1000/xyz.7", number=3)
    draft = take(bring(p("Dry.", sup("1"), " Cool.", sup("2")), REFERENCES, *entries))
    content = giving.word_file(FaqVersion.objects.with_parts().get(pk=draft.pk))
    assert taking.taken(taking.bring(content, "a.docx", draft.faq, by=cast.author())).body == draft.body


def test_a_raised_number_that_a_reviewer_typed_is_asked_about():
    make_reference("doe-2024", DOI="10.1000/xyz.7")
    linked = f'<w:hyperlink w:anchor="ref_1">{sup("1")}</w:hyperlink>'
    entry = p('<w:bookmarkStart w:id="1" w:name="ref_1"/>', "Doe. doi:10.1000/xyz.7", number=3)
    found = taking.taken(bring(p("Dry.", linked, " Cool.", sup("1")), REFERENCES, entry))
    assert found.body.count("<cite") == 2
    assert len([what for what in said(found.items, "look") if "without the link" in what]) == 1
