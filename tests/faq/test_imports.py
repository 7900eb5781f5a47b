import random

import pytest

from faq import exports, publishing, rendering
from faq.models import Citation, Drug, Faq, FaqVersion, Image, RelatedResource
from faq.search.models import SearchEntry
from portal.lib.html import text
from tests.factories import make_drug
from tests.faq.importing import EXAMPLES, full, load, minimal, published, refused

pytestmark = pytest.mark.django_db

# --- The minimal form -------------------------------------------------------------------------------------------------


def test_it_publishes_a_minimal_row_with_its_drug_and_its_source():
    load(minimal())
    version = FaqVersion.objects.published().get()
    assert version.faq.drug.name == "Metformin"
    assert version.faq.drug.category.name == "Imported"
    assert (version.faq.label_status, version.faq.slug) == ("on-label", "is-it-cleared-by-the-kidneys")
    assert version.rendered_body == "<p>Yes, unchanged.</p>"
    assert [(item.title, item.url) for item in version.resources.all()] == [("Source", minimal()["url"])]


def test_it_invents_neither_an_approver_nor_a_date_of_review():
    load(minimal())
    version = FaqVersion.objects.get()
    assert (version.approver, version.author, version.last_reviewed) == (None, None, None)
    assert version.imported_from == "answers.jsonl, approved before import"


def test_the_approval_covers_the_related_resources():
    load(minimal(question="One?"), minimal(question="Two?", url=""))
    first, second = FaqVersion.objects.order_by("pk")
    assert first.rendered_body == second.rendered_body
    again = FaqVersion.objects.with_parts().get(pk=first.pk)
    publishing.render(again, rendering.wording_of(again))
    assert again.content_sha256 == first.content_sha256


def test_it_writes_the_search_index():
    load(minimal())
    assert SearchEntry.objects.get().text == "Yes, unchanged."


def test_rows_with_one_drug_share_it_however_its_name_is_written():
    make_drug(name="Glucophage", names=("Diabex",))
    load(minimal(), minimal(drug=" METFORMIN ", question="Another?"), minimal(drug="diabex", question="A third?"))
    assert sorted(Drug.objects.values_list("name", flat=True)) == ["Glucophage", "Metformin"]


def test_it_refuses_to_guess_between_two_drugs_of_one_name():
    make_drug(name="Metformin")
    make_drug(name="Metformin")
    assert "line 1: drug: more than one drug is called 'Metformin'" in refused(minimal())


def test_a_drug_whose_name_has_no_latin_letters_gets_an_address():
    load(minimal(drug="二甲双胍"), minimal(drug="阿司匹林"))
    assert sorted(Drug.objects.values_list("slug", flat=True)) == ["drug", "drug-2"]


def test_it_reads_fields_under_other_names_and_fills_empty_ones():
    row = {"focus": "Metformin", "id": "M-1", "section": " ", "answer": "Yes."}
    load(row, map=["drug=focus,content_id=id", "question=section"], default=["question=About {drug}"])
    assert published("M-1").question == "About Metformin"


def test_it_ignores_fields_that_the_minimal_form_does_not_have():
    load(minimal(version="n/a", category=None, topics=7))
    assert FaqVersion.objects.published().count() == 1


def test_a_source_that_is_no_address_stands_as_text():
    load(minimal(url="Package insert, page 4"))
    resource = RelatedResource.objects.get()
    assert (resource.url, resource.note) == ("", "Package insert, page 4")


def test_it_takes_the_category_and_label_status_from_the_command():
    load(minimal(), category="Endocrinology", label_status="off-label")
    faq = Faq.objects.select_related("drug__category").get()
    assert (faq.drug.category.slug, faq.label_status) == ("endocrinology", "off-label")


# --- Nothing is altered -----------------------------------------------------------------------------------------------

WORDS = ["CrCl", "<30", "mL/min", "≥28", "±0.5", "μg", "µg", "α-blocker", "p<0.001", "a<b>c", "&", "&amp;", "<p>", "5'"]
WORDS += ['"quoted"', "10⁻³", "−2", "°C", "5–10", "naïve", "x_y", "</div>", "<!--", "100%", "α", "β₂", "1,234.50", "<="]


def generated(seed):
    chance = random.Random(seed)  # noqa: S311
    blanks = [" "] * 8 + ["\n", "\n\n", "  "]
    return "x " + "".join(chance.choice(WORDS) + chance.choice(blanks) for _ in range(80))


def test_no_word_of_a_plain_answer_changes():
    answers = [generated(seed) for seed in range(50)]
    load(*(minimal(question=f"{number}?", answer=answer) for number, answer in enumerate(answers)))
    for number, answer in enumerate(answers):
        version = FaqVersion.objects.get(question=f"{number}?")
        assert text(version.rendered_body).split() == answer.split()


def test_a_blank_line_ends_a_paragraph():
    load(minimal(answer="One\ntwo\n\nThree"))
    assert FaqVersion.objects.get().rendered_body == "<p>One<br>two</p><p>Three</p>"


def test_an_answer_in_html_keeps_its_allowed_tags():
    load(minimal(answer="Dose <b>5</b> mg<sup>a</sup>, &lt;30"), html=True)
    assert FaqVersion.objects.get().rendered_body == "<p>Dose 5 mg<sup>a</sup>, &lt;30</p>"


@pytest.mark.parametrize("answer", ["n<k and more", "<script>5 mg</script>", "5<cite>6</cite>"])
def test_an_answer_in_html_that_would_lose_words_is_bad(answer):
    assert "line 1: answer: " in refused(minimal(answer=answer), html=True)


# --- The full form ----------------------------------------------------------------------------------------------------


def test_it_imports_the_example_of_the_documentation_whole():
    load(full())
    version = exports.for_export(FaqVersion.objects.published()).get()
    assert exports.as_row(version) == full()
    assert [citation.reference.key for citation in version.citations.all()] == ["doe-2024"]
    assert 'href="#ref-1"' in version.rendered_short_answer
    assert "Stability of examplomab" in version.rendered_references
    assert "/media/" in version.rendered_body


def test_the_minimal_example_of_the_documentation_is_right():
    load(EXAMPLES[0])
    assert "CrCl &lt;30 mL/min" in FaqVersion.objects.get().rendered_body


def test_an_image_may_lie_beside_the_file():
    row = full()
    row["figures"][0]["image"] = "curve.svg"
    load(row, files=[("curve.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>')])
    assert Image.objects.get().width == 4


def test_it_numbers_answers_around_numbers_that_rows_claim():
    load(minimal(), minimal(question="Two?"), full(number=1002))
    assert sorted(Faq.objects.values_list("number", flat=True)) == [1001, 1002, 1003]


def test_a_reference_of_the_library_can_be_cited_without_being_brought_along():
    load(full())
    again = full(content_id="US_2", number=None, common_id=None, references=[], figures=[], body="<p>So.</p>")
    load(again)
    assert Citation.objects.filter(version__faq__content_id="US_2").count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"question": ""}, "question: is missing or empty"),
        ({"question": "Why? " * 80}, "question: is 399 characters long, at most 300 fit"),
        ({"question": "Half \ud800"}, "question: holds a NUL character or half of a surrogate pair"),
        ({"content_id": "no blanks"}, "content_id: 'no blanks' does not have the form"),
        ({"label_status": "unlabelled"}, "label_status: 'unlabelled' is none of on-label"),
        ({"market": "fr"}, "market: there is no market 'fr'"),
        ({"number": 0}, "number: is not a whole number"),
        ({"version": True}, "version: is not a whole number"),
        ({"last_reviewed": "2026-02-30"}, "last_reviewed: '2026-02-30' is no date"),
        ({"next_review": "2026-03-02"}, "next_review: does not come after last_reviewed"),
        ({"boddy": "<p>x</p>"}, "boddy: no such field"),
        ({"drug": {"slug": "answers", "name": "A"}}, "drug.slug: 'answers' is reserved"),
        ({"drug": {"name": "A"}}, "drug.slug: is missing or empty"),
        ({"topics": "Dosing"}, "topics: is not a list"),
        ({"short_answer": "<h2>Yes</h2>"}, "short_answer: <h2> is not allowed here"),
        ({"short_answer": "", "body": ""}, "body: is missing or empty, and so is short_answer"),
        ({"body": "<p>CrCl <b>5</b></p>", "figures": []}, "body: <b> is not allowed here"),
        ({"body": "<p>CrCl<k and"}, "body: text would be lost near"),
        ({"body": "<p onclick='x()'>A</p>"}, "body: <p onclick='x()'> is not allowed"),
        ({"body": "<p>A<!-- b --></p>"}, "body: <!--> is not allowed here"),
        ({"body": "<p>A<cite data-ref='doe-2024'/> b</p>"}, "body: an empty marker <cite> was expected"),
        ({"body": "<p>A<cite data-ref='Doe 2024'></cite></p>"}, "body: <cite data-ref='Doe 2024'> is not allowed"),
        ({"body": "<p>A<cite data-ref='none'></cite></p>", "figures": []}, "No reference has the key 'none'."),
        ({"body": "<p>A</p>"}, "Figure 'potency' is never placed in the text."),
        ({"figures": []}, "No figure has the key 'potency'."),
        ({"references": [{"key": "doe-2024", "csl": {}}]}, "references.0.csl: type is missing."),
        (
            {"related_resources": [{"title": "A", "url": "javascript:1"}]},
            "related_resources.0.url: 'javascript:1' is no",
        ),
        ({"related_resources": [{"title": "A", "url": "https://a.example/" + "x" * 2000}]}, "at most 2000 fit"),
    ],
)
def test_a_bad_field_is_reported_with_its_line_and_changes_nothing(changes, reason):
    complaints = refused(minimal(), full(**changes))
    assert complaints.startswith("line 2: ")
    assert reason in complaints


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        ("missing.svg", "'missing.svg' cannot be read"),
        ("../secret.svg", "does not lie in the folder of the file"),
        ("data:image/svg+xml;base64,%%%", "the base64 text is damaged"),
        ("data:image/png;base64,R0lGODlh", "This is not an SVG, PNG, JPEG or WebP image."),
    ],
)
def test_an_image_that_cannot_be_shown_is_reported(image, reason):
    row = full()
    row["figures"][0]["image"] = image
    complaints = refused(row)
    assert complaints.startswith("line 1: figures.0.image: ")
    assert reason in complaints
