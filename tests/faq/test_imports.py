import gzip
import io
import json
import random
import re
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError

from faq import exports, publishing
from faq.models import Citation, Drug, Faq, FaqVersion, Image, Reference, RelatedResource
from faq.search.models import SearchEntry
from portal.lib.html import text
from tests import cast
from tests.factories import make_drug, make_market, make_published

pytestmark = pytest.mark.django_db

MINIMAL = {
    "drug": "Metformin",
    "question": "Is it cleared by the kidneys?",
    "answer": "Yes, unchanged.",
    "url": "https://example.org/metformin",
}
DOCUMENT = (Path(__file__).parents[2] / "docs" / "content-format.md").read_text(encoding="utf-8")


def full(**changes):
    """The complete row that the documentation shows, with these fields changed."""
    blocks = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
    return {**json.loads(blocks[-1]), **changes}


def minimal(**changes):
    return {**MINIMAL, **changes}


@pytest.fixture
def load(tmp_path, capsys):
    """Imports rows and returns what the command printed."""
    make_market()

    def run(*rows, name="answers.jsonl", **options):
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        call_command("import_answers", str(path), **options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(load, capsys):
    """Imports rows of which one is bad, and returns what was complained about."""

    def run(*rows, **options):
        before = FaqVersion.objects.count(), Drug.objects.count()
        with pytest.raises(CommandError, match="nothing was changed"):
            load(*rows, **options)
        assert (FaqVersion.objects.count(), Drug.objects.count()) == before
        return capsys.readouterr().err

    return run


def published(content_id):
    return FaqVersion.objects.published().get(faq__content_id=content_id)


# --- The minimal form -------------------------------------------------------------------------------------------------


def test_it_publishes_a_minimal_row_with_its_drug_and_its_source(load):
    load(minimal())
    version = FaqVersion.objects.published().get()
    assert version.faq.drug.name == "Metformin"
    assert version.faq.drug.category.name == "Imported"
    assert (version.faq.label_status, version.faq.slug) == ("on-label", "is-it-cleared-by-the-kidneys")
    assert version.rendered_body == "<p>Yes, unchanged.</p>"
    assert [(item.title, item.url) for item in version.resources.all()] == [("Source", MINIMAL["url"])]


def test_it_invents_neither_an_approver_nor_a_date_of_review(load):
    load(minimal())
    version = FaqVersion.objects.get()
    assert (version.approver, version.author, version.last_reviewed) == (None, None, None)
    assert version.imported_from == "answers.jsonl, approved before import"


def test_the_approval_covers_the_related_resources(load):
    load(minimal(question="One?"), minimal(question="Two?", url=""))
    first, second = FaqVersion.objects.order_by("pk")
    assert first.rendered_body == second.rendered_body
    again = FaqVersion.objects.with_parts().get(pk=first.pk)
    publishing.render(again, publishing.rendering.wording_of(again))
    assert again.content_sha256 == first.content_sha256


def test_it_writes_the_search_index(load):
    load(minimal())
    assert SearchEntry.objects.get().text == "Yes, unchanged."


def test_rows_with_one_drug_share_it_however_its_name_is_written(load):
    make_drug(name="Glucophage", names=("Diabex",))
    load(minimal(), minimal(drug=" METFORMIN ", question="Another?"), minimal(drug="diabex", question="A third?"))
    assert sorted(Drug.objects.values_list("name", flat=True)) == ["Glucophage", "Metformin"]


def test_it_refuses_to_guess_between_two_drugs_of_one_name(refused):
    make_drug(name="Metformin")
    make_drug(name="Metformin")
    assert "line 1: drug: more than one drug is called 'Metformin'" in refused(minimal())


def test_a_drug_whose_name_has_no_latin_letters_gets_an_address(load):
    load(minimal(drug="二甲双胍"), minimal(drug="阿司匹林"))
    assert sorted(Drug.objects.values_list("slug", flat=True)) == ["drug", "drug-2"]


def test_it_reads_fields_under_other_names_and_fills_empty_ones(load):
    row = {"focus": "Metformin", "id": "M-1", "section": " ", "answer": "Yes."}
    load(row, map=["drug=focus,content_id=id", "question=section"], default=["question=About {drug}"])
    assert published("M-1").question == "About Metformin"


def test_it_ignores_fields_that_the_minimal_form_does_not_have(load):
    load(minimal(version="n/a", category=None, topics=7))
    assert FaqVersion.objects.published().count() == 1


def test_a_source_that_is_no_address_stands_as_text(load, capsys):
    load(minimal(url="Package insert, page 4"))
    resource = RelatedResource.objects.get()
    assert (resource.url, resource.note) == ("", "Package insert, page 4")


def test_it_takes_the_category_and_label_status_from_the_command(load):
    load(minimal(), category="Endocrinology", label_status="off-label")
    faq = Faq.objects.select_related("drug__category").get()
    assert (faq.drug.category.slug, faq.label_status) == ("endocrinology", "off-label")


# --- Nothing is altered -----------------------------------------------------------------------------------------------

WORDS = ["CrCl", "<30", "mL/min", "≥28", "±0.5", "μg", "µg", "α-blocker", "p<0.001", "a<b>c", "&", "&amp;", "<p>", "5'"]
WORDS += ['"quoted"', "10⁻³", "−2", "°C", "5–10", "naïve", "x_y", "</div>", "<!--", "100%", "α", "β₂", "1,234.50", "<="]


def generated(seed):
    chance = random.Random(seed)
    blanks = [" "] * 8 + ["\n", "\n\n", "  "]
    return "x " + "".join(chance.choice(WORDS) + chance.choice(blanks) for _ in range(80))


def test_no_word_of_a_plain_answer_changes(load):
    answers = [generated(seed) for seed in range(50)]
    load(*(minimal(question=f"{number}?", answer=answer) for number, answer in enumerate(answers)))
    for number, answer in enumerate(answers):
        version = FaqVersion.objects.get(question=f"{number}?")
        assert text(version.rendered_body).split() == answer.split()


def test_a_blank_line_ends_a_paragraph(load):
    load(minimal(answer="One\ntwo\n\nThree"))
    assert FaqVersion.objects.get().rendered_body == "<p>One<br>two</p><p>Three</p>"


def test_an_answer_in_html_keeps_its_allowed_tags(load):
    load(minimal(answer="Dose <b>5</b> mg<sup>a</sup>, &lt;30"), html=True)
    assert FaqVersion.objects.get().rendered_body == "<p>Dose 5 mg<sup>a</sup>, &lt;30</p>"


@pytest.mark.parametrize("answer", ["n<k and more", "<script>5 mg</script>", "5<cite>6</cite>"])
def test_an_answer_in_html_that_would_lose_words_is_bad(refused, answer):
    assert "line 1: answer: " in refused(minimal(answer=answer), html=True)


# --- The full form ----------------------------------------------------------------------------------------------------


def test_it_imports_the_example_of_the_documentation_whole(load):
    load(full())
    version = exports.for_export(FaqVersion.objects.published()).get()
    assert exports.as_row(version) == full()
    assert [citation.reference.key for citation in version.citations.all()] == ["doe-2024"]
    assert 'href="#ref-1"' in version.rendered_short_answer
    assert "Stability of examplomab" in version.rendered_references
    assert "/media/" in version.rendered_body


def test_the_minimal_example_of_the_documentation_is_right(load):
    load(json.loads(re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[0]))
    assert "CrCl &lt;30 mL/min" in FaqVersion.objects.get().rendered_body


def test_an_image_may_lie_beside_the_file(load, tmp_path):
    row = full()
    (tmp_path / "curve.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>')
    row["figures"][0]["image"] = "curve.svg"
    load(row)
    assert Image.objects.get().width == 4


def test_it_numbers_answers_around_numbers_that_rows_claim(load):
    load(minimal(), minimal(question="Two?"), full(number=1002))
    assert sorted(Faq.objects.values_list("number", flat=True)) == [1002, 1003, 1004]


def test_a_reference_of_the_library_can_be_cited_without_being_brought_along(load):
    load(full())
    again = full(content_id="US_2", number=None, references=[], figures=[], body="<p>So.</p>")
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
def test_a_bad_field_is_reported_with_its_line_and_changes_nothing(refused, changes, reason):
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
def test_an_image_that_cannot_be_shown_is_reported(refused, image, reason):
    row = full()
    row["figures"][0]["image"] = image
    assert f"line 1: figures.0.image: {reason}" in refused(row) or reason in refused(row)


# --- Again and again --------------------------------------------------------------------------------------------------


def test_importing_again_changes_nothing(load):
    load(full(), minimal())
    versions, entries = list(FaqVersion.objects.values()), list(SearchEntry.objects.values())
    printed = load(full(), minimal())
    assert "0 new answers, 0 changed answers, 2 unchanged" in printed
    assert (list(FaqVersion.objects.values()), list(SearchEntry.objects.values())) == (versions, entries)


def test_what_was_exported_imports_as_unchanged(load):
    make_published(question="Who wrote  this?")
    row = exports.as_row(exports.for_export(FaqVersion.objects.published()).get())
    assert "1 unchanged" in load(row)


def test_a_changed_row_supersedes_the_published_version(load):
    load(minimal())
    assert "1 changed answer" in load(minimal(answer="Yes, 90% of it."))
    old, new = FaqVersion.objects.order_by("number")
    assert (old.status, new.status, new.number) == ("superseded", "published", 2)
    assert SearchEntry.objects.get().text == "Yes, 90% of it."


def test_a_changed_drug_takes_effect_without_a_new_version(load):
    load(full())
    row = full()
    row["drug"] |= {"boxed_warning": "New.", "names": [{"name": "Exa", "kind": "brand"}]}
    assert "1 unchanged" in load(row)
    drug = Drug.objects.get()
    assert (drug.boxed_warning, drug.names.count()) == ("New.", 3)
    assert SearchEntry.objects.filter(head="exa").exists()


def test_a_drug_can_move_to_a_new_category(load):
    load(full())
    row = full()
    row["drug"]["category"] = {"slug": "skin", "name": "Skin"}
    load(row)
    assert Drug.objects.get().category.slug == "skin"


def test_topics_and_phrasings_are_added_and_never_taken_away(load):
    load(full())
    load(full(topics=["Stability"], other_phrasings=["Keep cool?"], label_status="off-label"))
    faq = Faq.objects.get()
    assert sorted(topic.name for topic in faq.topics.all()) == ["Stability", "Storage and handling"]
    assert (faq.other_phrasings.count(), faq.label_status, faq.versions.count()) == (3, "off-label", 1)


def test_a_changed_reference_makes_a_new_version(load):
    load(full())
    row = full(version=2)
    row["references"][0]["csl"]["title"] = "Stability, corrected"
    load(row)
    assert Reference.objects.get().title == "Stability, corrected"
    assert "Stability, corrected" in published(row["content_id"]).rendered_references


def test_a_version_number_cannot_be_used_for_another_wording(refused, load):
    load(full(version=3))
    assert "version 3 is published and reads differently" in refused(full(version=3, what_changed="More."))
    assert "1 changed" in load(full(version=4, what_changed="More."))


def test_a_number_never_changes_and_is_never_shared(refused, load):
    load(full())
    assert "this answer has the number 4001" in refused(full(number=5))
    assert "the number 4001 belongs to US_cFAQ_EXA001_STORAGE" in refused(full(content_id="US_2"))


def test_an_answer_never_moves_to_another_drug(refused, load):
    load(full())
    assert "belongs to the drug 'examplomab'" in refused(full(drug={"slug": "other", "name": "Other"}))


def test_an_answer_that_staff_are_working_on_is_left_to_them(refused, load):
    load(minimal())
    publishing.revise(Faq.objects.get(), by=cast.author())
    assert "staff are working on version 2" in refused(minimal(answer="No."))
    assert "1 unchanged" in load(minimal())


def test_a_withdrawn_answer_comes_back_only_on_request(refused, load):
    load(full())
    publishing.withdraw(FaqVersion.objects.get(), by=cast.approver(), reason="Outdated.")
    assert "this answer was withdrawn" in refused(full())
    load(full(), revive=True)
    assert published(full()["content_id"]).number == 2
    assert "1 unchanged" in load(full())


def test_what_staff_wrote_is_not_undone_by_importing_again(refused, load):
    load(minimal())
    draft = publishing.revise(Faq.objects.get(), by=cast.author())
    FaqVersion.objects.filter(pk=draft.pk).update(short_answer="<p>Yes.</p>", last_reviewed="2026-03-02")
    draft.refresh_from_db()
    make_published(draft=draft)
    assert "1 unchanged" in load(minimal())
    assert "version 2 was written in the portal" in refused(minimal(answer="No."))


def test_a_drug_may_be_renamed_in_the_portal(load):
    load(minimal())
    Drug.objects.update(name="Metformin hydrochloride")
    assert "1 unchanged" in load(minimal())


def test_rows_that_repeat_are_counted_and_rows_that_differ_are_refused(refused, load):
    assert "1 repeated" in load(minimal(), minimal())
    complaints = refused(minimal(), minimal(answer="No."))
    assert complaints.startswith("line 2: differs from line 1, which has the same content ID US_METFORMIN_")


def test_rows_that_disagree_about_their_drug_are_refused(refused):
    other = full(content_id="US_2", number=2)
    other["drug"]["boxed_warning"] = ""
    assert "line 2: differs from line 1, which has the same drug examplomab" in refused(full(), other)


# --- The command ------------------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_happen_and_changes_nothing(load):
    printed = load(full(), minimal(), dry_run=True)
    assert printed.startswith(
        "Would import: 2 new answers, 0 changed answers, 0 unchanged, 0 repeated, 0 bad, 2 new drugs"
    )
    assert (Drug.objects.count(), FaqVersion.objects.count(), Reference.objects.count()) == (0, 0, 0)


def test_bad_rows_can_be_skipped_with_all_that_they_say(load):
    load(full())
    row = full(what_changed="Without a new number.")
    row["drug"]["summary"] = "Must not count."
    printed = load(row, minimal(), skip_bad=True)
    assert "1 new answer, 0 changed answers, 0 unchanged, 0 repeated, 1 bad" in printed
    assert Drug.objects.get(slug="examplomab").summary == "An invented antibody."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON: Expecting property name"),
        (b"[1]", "not one JSON object on one line"),
        (b'{"drug": "\xff"}', "not UTF-8: byte 0xff at position 11"),
        (b'{"a": 1, "a": 2}', "the key 'a' stands twice in one object"),
        (b'{"a": NaN}', "not JSON: NaN is no number"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_json_object_is_a_bad_row(tmp_path, capsys, line, reason):
    make_market()
    path = tmp_path / "answers.jsonl"
    path.write_bytes(json.dumps(MINIMAL).encode() + b"\n\n" + line + b"\n")
    with pytest.raises(CommandError):
        call_command("import_answers", str(path))
    complaint = capsys.readouterr().err
    assert complaint.startswith("line 3: ")
    assert reason in complaint
    assert not FaqVersion.objects.exists()


def test_it_reads_gzip_whatever_the_file_is_called(tmp_path):
    make_market()
    (tmp_path / "answers").write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode()))
    call_command("import_answers", str(tmp_path / "answers"))
    assert FaqVersion.objects.published().count() == 1


def test_it_reads_standard_input(monkeypatch):
    make_market()
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(gzip.compress(json.dumps(MINIMAL).encode()))))
    monkeypatch.setattr(sys, "stdin", stream)
    call_command("import_answers", "-")
    assert FaqVersion.objects.get().imported_from == "standard input, approved before import"


@pytest.mark.parametrize(
    "content", [gzip.compress(b"{}" * 500)[:-9], gzip.compress(b"{}")[:6], b"\x1f\x8b\x00\x00junk"]
)
def test_damaged_gzip_is_one_clear_error(tmp_path, content):
    make_market()
    (tmp_path / "a.gz").write_bytes(content)
    with pytest.raises(CommandError, match=r"a\.gz: the gzip data are damaged.*Nothing was changed"):
        call_command("import_answers", str(tmp_path / "a.gz"))


def test_a_missing_file_is_one_clear_error():
    make_market()
    with pytest.raises(CommandError, match="nowhere.jsonl: No such file or directory"):
        call_command("import_answers", "nowhere.jsonl")


@pytest.mark.parametrize("options", [{"market": "xx"}, {"map": ["drugs=focus"]}, {"default": ["drug"]}])
def test_options_that_make_no_sense_are_refused(load, options):
    with pytest.raises(CommandError, match="There is no market 'xx'|write FIELD=VALUE"):
        load(minimal(), **options)


def test_it_says_so_when_there_is_no_market(tmp_path):
    with pytest.raises(CommandError, match="There is no market"):
        call_command("import_answers", str(tmp_path / "a.jsonl"))


def test_an_import_that_others_overtake_says_so(load, monkeypatch):
    monkeypatch.setattr("faq.imports.writing.publishing.publish_imported", _overtaken)
    with pytest.raises(CommandError, match="Somebody changed the same content meanwhile"):
        load(minimal())


def _overtaken(_cited):
    raise IntegrityError("one_published_version_per_faq")


def test_it_writes_many_answers_in_few_queries(load, django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        load(*(minimal(question=f"Question {number}?", drug=f"Drug {number}") for number in range(400)))
