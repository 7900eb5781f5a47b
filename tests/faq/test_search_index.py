"""The index follows the content in the transaction that changes it, whichever way that goes."""

import pytest
from django.db import transaction
from django.urls import reverse

from faq import publishing
from faq.models import Drug, DrugName, Faq, OtherPhrasing, Topic
from faq.search import index
from faq.search.models import LearntAbbreviation, SearchEntry
from tests import cast
from tests.factories import make_category, make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.importing import full, load, published
from tests.faq.indexing import counts, drift, entry_of, make_revision, names_of, withdraw

pytestmark = pytest.mark.django_db

PARTS = ("names", "other_phrasings", "versions")
NO_ROWS = {f"{part}-{count}_FORMS": 0 for part in PARTS for count in ("TOTAL", "INITIAL")}


def url(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def send(client, row, page="change", **data):
    response = client.post(url(row, page), {**NO_ROWS, **data})
    assert response.status_code == 302, response.context and response.context["errors"]


def drug_data(drug, **changes):
    return {"category": drug.category_id, "name": drug.name, "slug": drug.slug, "status": drug.status, **changes}


def faq_data(faq, **changes):
    fields = {"drug": faq.drug_id, "content_id": faq.content_id, "slug": faq.slug, "label_status": faq.label_status}
    topics = list(faq.topics.values_list("pk", flat=True))
    return {**fields, "topics": topics, **changes}


def row_data(part, rows, initial=0):
    """What a formset sends for these rows, of which the first `initial` are there already."""
    fields = {f"{part}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return {f"{part}-TOTAL_FORMS": len(rows), f"{part}-INITIAL_FORMS": initial, **fields}


def test_it_holds_what_is_published_and_nothing_else():
    draft = make_draft()
    version = make_published(make_faq(topics=("Dosing",), phrasings=("Fridge?",)), short_answer="<p>Cold.</p>")
    entry = entry_of(version)
    assert (entry.version, entry.drug, entry.market) == (version, version.faq.drug, version.faq.market)
    held = (entry.phrasings, entry.question, entry.topics, entry.answer, entry.body)
    assert held == (" fridg ", " store ", " dose ", " cold ", " storag keep dri ")
    assert (entry.recipe, entry.text) == (index.recipe(version.faq.market), "Keep it dry.")
    assert not SearchEntry.objects.filter(faq=draft.faq_id).exists()
    assert drift() == {}


def test_it_holds_the_new_version_once_it_supersedes_the_old_one():
    version = make_published()
    later = make_revision(version, question="Is it kept in a fridge?")
    assert (entry_of(version).version, entry_of(version).question) == (later, " kept fridg ")
    assert drift() == {}


def test_it_loses_a_withdrawn_answer_and_the_names_of_a_drug_that_has_no_other():
    first = make_published(make_faq(make_drug(name="Corvadune")))
    second = make_published(make_faq(first.faq.drug))
    withdraw(first)
    assert names_of(first.faq.drug) == ["corvadune"]
    withdraw(second)
    assert not SearchEntry.objects.exists()
    assert (names_of(first.faq.drug), counts("corvadune", "stored")) == ([], [None, None])
    assert drift() == {}


def test_it_stays_as_it_was_when_the_transaction_fails():
    version = make_published()
    with transaction.atomic():
        withdraw(version)
        transaction.set_rollback(True)
    assert (entry_of(version).version, drift()) == (version, {})


def test_it_forgets_nothing_when_an_unpublished_question_is_deleted(root):
    version, draft = make_published(), make_faq(phrasings=("Cupboard?",))
    send(root, draft, "delete", post="yes")
    assert not Faq.objects.filter(pk=draft.pk).exists()
    assert (entry_of(version).version, drift()) == (version, {})


def test_it_follows_a_question_to_another_drug_and_another_label(root):
    version = make_published(make_faq(make_drug(name="Corvadune")))
    left, other = version.faq.drug, make_drug(name="Relumeb")
    send(root, version.faq, **faq_data(version.faq, drug=other.pk, label_status="off-label"))
    assert (entry_of(version).drug, entry_of(version).names) == (other, " relumeb ")
    assert (names_of(left), names_of(other)) == ([], ["relumeb"])
    assert (counts("corvadune"), drift()) == ([None], {})


def test_it_follows_a_drug_to_another_name_and_another_category(root):
    version = make_published(make_faq(make_drug(name="Corvadune")))
    drug, category = version.faq.drug, make_category()
    send(root, drug, **drug_data(drug, name="Relumeb", generic_name="relumebine", category=category.pk))
    assert (entry_of(version).names, names_of(drug)) == (" relumeb relumebin ", ["relumeb", "relumebine"])
    assert (counts("corvadune"), drift()) == ([None], {})


def test_it_follows_names_added_changed_and_deleted_on_the_page_of_their_drug(root):
    version = make_published(make_faq(make_drug(name="Corvadune", names=("Corva",))))
    drug, name = version.faq.drug, version.faq.drug.names.get()
    rows = [
        {"id": name.pk, "drug": drug.pk, "name": "Korva", "kind": "misspelling"},
        {"name": "Relumeb", "kind": "code"},
    ]
    send(root, drug, **drug_data(drug), **row_data("names", rows, 1))
    assert (names_of(drug), drift()) == (["corvadune", "korva", "relumeb"], {})
    send(root, drug, **drug_data(drug), **row_data("names", [{**rows[0], "DELETE": "on"}], 1))
    assert (names_of(drug), counts("korva"), drift()) == (["corvadune", "relumeb"], [None], {})


def test_it_is_not_written_when_nothing_of_a_drug_changes_that_it_holds(root, monkeypatch):
    drug = make_published().faq.drug
    monkeypatch.setattr(index, "refresh_where", lambda _: pytest.fail("written"))
    send(root, drug, **drug_data(drug, standing_notice="Recalled."))
    assert Drug.objects.get(pk=drug.pk).standing_notice == "Recalled."
    assert drift() == {}


def test_it_follows_names_on_their_own_pages(root):
    drug = make_published(make_faq(make_drug(name="Corvadune", names=("Corva",)))).faq.drug
    name = drug.names.get()
    send(root, name, name="Korva", kind="brand")
    assert (names_of(drug), drift()) == (["corvadune", "korva"], {})
    send(root, name, "delete", post="yes")
    assert (names_of(drug), DrugName.objects.count(), drift()) == (["corvadune"], 0, {})


def test_it_follows_phrasings_added_and_deleted(root):
    version = make_published(make_faq(phrasings=("Fridge?",)))
    faq, phrasing = version.faq, version.faq.other_phrasings.get()
    rows = [{"id": phrasing.pk, "faq": faq.pk, "text": "Fridge?"}, {"text": "Cupboard?"}]
    send(root, faq, **faq_data(faq), **row_data("other_phrasings", rows, 1))
    assert (entry_of(version).phrasings, drift()) == (" fridg cupboard ", {})
    send(root, phrasing, text="Cool bag?")
    assert (entry_of(version).phrasings, drift()) == (" cool bag cupboard ", {})
    send(root, phrasing, "delete", post="yes")
    assert (entry_of(version).phrasings, OtherPhrasing.objects.count(), drift()) == (" cupboard ", 1, {})


def test_it_follows_topics_given_and_taken(root):
    version = make_published(make_faq(topics=("Dosing",)))
    other = Topic.objects.create(market=version.faq.market, name="Safety")
    send(root, version.faq, **faq_data(version.faq, topics=[other.pk]))
    assert (entry_of(version).topics, drift()) == (" safeti ", {})


def test_it_follows_a_topic_that_is_renamed_moved_in_its_list_and_deleted(root):
    versions = [make_published(make_faq(topics=("Dosing", "Safety"))) for _ in range(2)]
    topic = Topic.objects.get(name="Safety")
    send(root, topic, name="Harm", order=0)
    assert ([entry_of(version).topics for version in versions], drift()) == ([" dose harm "] * 2, {})
    send(root, Topic.objects.get(name="Dosing"), name="Dosing", order=9)
    assert drift() == {}
    send(root, topic, "delete", post="yes")
    assert ([entry_of(version).topics for version in versions], drift()) == ([" dose "] * 2, {})
    assert counts("harm") == [None]


def test_it_follows_many_answers_in_several_batches(monkeypatch):
    monkeypatch.setattr(index, "_BATCH", 2)
    drug = make_drug(name="Corvadune")
    versions = [make_published(make_faq(drug)) for _ in range(5)]
    Drug.objects.filter(pk=drug.pk).update(name="Relumeb")
    index.refresh_drug(drug)
    assert {entry_of(version).names for version in versions} == {" relumeb "}
    assert drift() == {}


def test_it_follows_an_import_of_new_rows_and_of_changed_ones():
    load(full())
    before = published(full()["content_id"])
    assert drift() == {}
    load(full(version=full()["version"] + 7, question="Is it kept in a fridge?"))
    assert entry_of(before).version == published(full()["content_id"]) != before
    assert drift() == {}


def test_it_follows_an_import_that_changes_only_what_belongs_to_questions_and_drugs():
    load(full())
    names = [*full()["drug"]["names"], {"name": "Relumeb", "kind": "brand"}]
    drug = {**full()["drug"], "names": names, "generic_name": "relumebine"}
    load(full(topics=["Fresh topic"], drug=drug))
    entry = entry_of(published(full()["content_id"]))
    assert " fresh topic " in entry.topics
    assert {"relumeb", "relumebine"} <= set(names_of(entry.drug))
    load(full(other_phrasings=["Cupboard?"], label_status="off-label"))
    assert "cupboard" in entry_of(entry).phrasings
    assert drift() == {}


def test_it_recognises_a_drug_once_by_names_that_read_alike():
    drug = make_drug(name="Corva-Dune", generic_name="corva dune", names=("CORVA DUNE", "???"))
    make_published(make_faq(drug))
    assert (names_of(drug), index.names(drug)[0], drift()) == (["corva dune"], ("Corva-Dune", "brand"), {})


def test_it_holds_abbreviations_as_long_as_their_answer():
    version = make_published(body="<p>The central nervous system (CNS) is spared.</p>")
    assert LearntAbbreviation.objects.values_list("short", "long").get() == ("CNS", "central nervous system")
    make_revision(version, body="<p>Nothing.</p>")
    assert (LearntAbbreviation.objects.count(), drift()) == (0, {})


def test_it_takes_words_and_names_of_any_length():
    words = "x" * 3000 + " dry-" + "ab1-" * 900
    faq = make_faq(make_drug(name="n" * 160), phrasings=("p" * 300,))
    version = make_published(faq, question="q" * 300, body=f"<p>{words}</p>", short_answer=f"<p>{words}</p>")
    assert (entry_of(version).version, drift()) == (version, {})


def test_it_is_told_of_nothing_that_waits_for_the_day_of_publishing():
    version = make_draft()
    publishing.submit(version, by=cast.author())
    publishing.approve(version, by=cast.approver())
    assert not SearchEntry.objects.exists()


def test_another_language_of_a_market_asks_for_another_recipe():
    market = make_market(language_tag="en-US")
    before = index.recipe(market)
    market.language_tag = "en-GB"
    assert index.recipe(market) == before
    market.language_tag = "de-DE"
    assert index.recipe(market) == before.replace("-en", "-de") != before
