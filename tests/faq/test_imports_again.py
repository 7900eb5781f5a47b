import pytest

from faq import exports, publishing
from faq.models import Drug, Faq, FaqVersion, Reference
from faq.search.models import SearchEntry
from tests import cast
from tests.factories import make_published, sourced
from tests.faq.importing import full, load, minimal, published, refused

pytestmark = pytest.mark.django_db


def test_importing_again_changes_nothing():
    load(full(), minimal())
    versions, entries = list(FaqVersion.objects.values()), list(SearchEntry.objects.values())
    printed = load(full(), minimal())
    assert "0 new answers, 0 changed answers, 2 unchanged" in printed
    assert (list(FaqVersion.objects.values()), list(SearchEntry.objects.values())) == (versions, entries)


def test_what_was_exported_imports_as_unchanged():
    make_published(question="Who wrote  this?")
    row = exports.as_row(exports.for_export(FaqVersion.objects.published()).get())
    assert "1 unchanged" in load(row)


def test_a_changed_row_supersedes_the_published_version():
    load(minimal())
    assert "1 changed answer" in load(minimal(answer="Yes, 90% of it."))
    old, new = FaqVersion.objects.order_by("number")
    assert (old.status, new.status, new.number) == ("superseded", "published", 2)
    assert SearchEntry.objects.get().text == "Yes, 90% of it."


def test_a_changed_drug_takes_effect_without_a_new_version():
    load(full())
    row = full()
    row["drug"] |= {"boxed_warning": "New.", "names": [{"name": "Exa", "kind": "brand"}]}
    assert "1 unchanged" in load(row)
    drug = Drug.objects.get()
    assert (drug.boxed_warning, drug.names.count()) == ("New.", 3)
    assert SearchEntry.objects.filter(head="exa").exists()


def test_a_drug_can_move_to_a_new_category():
    load(full())
    row = full()
    row["drug"]["category"] = {"slug": "skin", "name": "Skin"}
    load(row)
    assert Drug.objects.get().category.slug == "skin"


def test_topics_and_phrasings_are_added_and_never_taken_away():
    load(full())
    load(full(topics=["Stability"], other_phrasings=["Keep cool?"], label_status="off-label"))
    faq = Faq.objects.get()
    assert sorted(topic.name for topic in faq.topics.all()) == ["Stability", "Storage and handling"]
    assert (faq.other_phrasings.count(), faq.label_status, faq.versions.count()) == (3, "off-label", 1)


def test_a_changed_reference_makes_a_new_version():
    load(full())
    row = full(version=2)
    row["references"][0]["csl"]["title"] = "Stability, corrected"
    load(row)
    assert Reference.objects.get().title == "Stability, corrected"
    assert "Stability, corrected" in published(row["content_id"]).rendered_references


def test_a_version_number_cannot_be_used_for_another_wording():
    load(full(version=3))
    assert "version 3 is published and reads differently" in refused(full(version=3, what_changed="More."))
    assert "1 changed" in load(full(version=4, what_changed="More."))


def test_a_number_never_changes_and_is_never_shared():
    load(full())
    assert "this answer has the number 4001" in refused(full(number=5))
    assert "the number 4001 belongs to US_cFAQ_EXA001_STORAGE" in refused(full(content_id="US_2"))


def test_an_answer_never_moves_to_another_drug():
    load(full())
    assert "belongs to the drug 'examplomab'" in refused(full(drug={"slug": "other", "name": "Other"}))


def test_an_answer_that_staff_are_working_on_is_left_to_them():
    load(minimal())
    publishing.revise(Faq.objects.get(), by=cast.author())
    assert "staff are working on version 2" in refused(minimal(answer="No."))
    assert "1 unchanged" in load(minimal())


def test_a_withdrawn_answer_comes_back_only_on_request():
    load(full())
    publishing.withdraw(FaqVersion.objects.get(), by=cast.approver(), reason="Outdated.")
    assert "this answer was withdrawn" in refused(full())
    load(full(), revive=True)
    assert published(full()["content_id"]).number == 2
    assert "1 unchanged" in load(full())


def test_what_staff_wrote_is_not_undone_by_importing_again():
    load(minimal())
    draft = publishing.revise(Faq.objects.get(), by=cast.author())
    reviewed = {"last_reviewed": "2026-03-02", "next_review": "2028-03-02", "what_changed": "The short answer."}
    FaqVersion.objects.filter(pk=draft.pk).update(short_answer=sourced("<p>Yes.</p>"), body="", **reviewed)
    draft.refresh_from_db()
    make_published(draft=draft)
    assert "1 unchanged" in load(minimal())
    assert "version 2 was written in the portal" in refused(minimal(answer="No."))


def test_a_drug_may_be_renamed_in_the_portal():
    load(minimal())
    Drug.objects.update(name="Metformin hydrochloride")
    assert "1 unchanged" in load(minimal())


def test_rows_that_repeat_are_counted_and_rows_that_differ_are_refused():
    assert "1 repeated" in load(minimal(), minimal())
    complaints = refused(minimal(), minimal(answer="No."))
    assert complaints.startswith("line 2: differs from line 1, which has the same content ID US_METFORMIN_")


def test_rows_that_disagree_about_their_drug_are_refused():
    other = full(content_id="US_2", number=2, common_id=None)
    other["drug"]["boxed_warning"] = ""
    assert "line 2: differs from line 1, which has the same drug examplomab" in refused(full(), other)
