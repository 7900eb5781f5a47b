"""Which answers are found, in which order, and what of them is shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq import publishing
from faq.models import FaqVersion
from faq.search import engine, index
from faq.search.models import SearchEntry
from faq.search.results import Narrowing
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db


def found(text, drug=None, market=None, **options):
    """The questions of the answers that are found."""
    return [hit.version.question for hit in engine.search(text, market or make_market(), drug, **options).hits]


def test_it_finds_an_answer_by_question_phrasing_names_and_text():
    drug = make_drug(name="Corvadune", generic_name="corvadunib", names=("Corva",))
    body = "<h2>Humidity</h2><p>A refrigerator is fine. 50 µg or 10<sup>9</sup> cells.</p>"
    make_published(make_faq(drug, phrasings=("May I keep it cold?",)), question="How is it stored?", body=body)
    make_published(question="Is it safe in pregnancy?", short_answer="<p>No.</p>", body="<p>No.</p>")
    texts = ("stored", "STORING", "how do I store it?", "refrigerator", "humidity", "µg", "10⁹", "keep it cold")
    for text in (*texts, "Corvadune", "corvadunib", "Corva"):
        assert found(text) == ["How is it stored?"], text


def test_it_finds_nothing_where_nothing_fits():
    make_published()
    for text in ("", "   ", "?", "the of and", "🙂", "xylophone", "' & | ! : * <->", "\x00", "用量"):
        results = engine.search(text, make_market())
        assert (results.hits, results.total, results.page, results.pages) == ([], 0, 1, 1), text


def test_it_takes_operators_and_hostile_signs_for_signs():
    make_published(question="How do I store it?")
    operators = ("store & !stored", "store | (", "'store'", 'store"', "store\\", "store:*", "store <-> it", "store's")
    hostile = ("store\x00", "store 🙂", "store (.*)+$", "store-store-store", "store " + "'" * 9000)
    for text in (*operators, *hostile):
        assert found(text) == ["How do I store it?"], text


def test_it_puts_the_answer_to_the_question_before_one_that_mentions_it():
    make_published(question="What is the dose?", body="<p>Also think of storage.</p>")
    make_published(question="How about storage?", body="<p>Dry.</p>")
    assert found("storage")[0] == "How about storage?"


def test_it_puts_rare_words_before_common_ones():
    for number in range(6):
        make_published(question=f"What about the dose in case {number}?", short_answer="<p>Yes.</p>", body="")
    make_published(question="What about warfarin?", short_answer="<p>Yes.</p>", body="")
    assert found("dose warfarin")[0] == "What about warfarin?"


def test_it_orders_equals_the_same_way_every_time():
    for number in range(3):
        make_published(question=f"Storage {'abc'[number]}?", short_answer="<p>Yes.</p>", body="")
    assert found("storage") == found("storage") == ["Storage a?", "Storage b?", "Storage c?"]


def test_it_stays_within_a_drug():
    one, other = make_drug(), make_drug()
    make_published(make_faq(one), question="Storage of one?")
    make_published(make_faq(other), question="Storage of the other?")
    assert found("storage", one) == ["Storage of one?"]
    assert sorted(found("storage")) == ["Storage of one?", "Storage of the other?"]


def test_it_stays_within_a_market():
    make_published(make_faq(make_drug(make_market("de"))), question="Storage over there?")
    assert found("storage") == []
    assert found("storage", market=make_market("de")) == ["Storage over there?"]


def test_it_searches_in_the_language_of_the_market():
    german = make_market("de", language_tag="de-DE")
    make_published(make_faq(make_drug(german)), question="Welche Nebenwirkungen sind häufig?")
    assert found("häufige Nebenwirkung", market=german) == ["Welche Nebenwirkungen sind häufig?"]


def test_it_finds_what_is_published_and_nothing_else():
    version = make_published(question="About storage, first?")
    draft = publishing.revise(version.faq, by=cast.author())
    make_draft(question="About storage, a draft?")
    assert found("storage") == ["About storage, first?"]
    draft.question = "About keeping it?"
    draft.save()
    replaced = make_published(draft=draft)
    assert found("first") == []
    assert found("keeping") == ["About keeping it?"]
    publishing.withdraw(replaced, by=cast.approver(), reason="Outdated.")
    assert found("keeping") == []


def test_it_shows_nothing_that_a_damaged_index_says():
    version = make_published(question="How about storage?")
    entry = SearchEntry.objects.get()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    entry.save(force_insert=True)
    results = engine.search("storage", make_market())
    assert (results.hits, results.total, results.order, results.facets.drugs) == ([], 0, [], [])


def test_it_marks_the_words_and_escapes_the_rest():
    body = "<p>Use &lt;script&gt;alert(1)&lt;/script&gt; for \"storage\" &amp; 'stored' things.</p>"
    make_published(question='Is <b>storage</b> & "more" safe?', short_answer="<p>No storage.</p>", body=body)
    [hit] = engine.search("storage", make_market()).hits
    assert "&lt;b&gt;" in hit.question
    for shown in (hit.question, hit.short_answer, hit.passage):
        assert "<mark>storage</mark>" in shown
        assert "<" not in shown.replace("<mark>", "").replace("</mark>", "")
        assert '"' not in shown


def test_it_shows_raised_characters_and_no_citations():
    make_published(question="How many?", short_answer="<p>About 10<sup>9</sup> cells in storage.</p>", body="")
    [hit] = engine.search("storage", make_market()).hits
    assert "10⁹ cells" in hit.short_answer


def test_it_pages_and_narrows_and_counts():
    drugs = make_drug(name="Alphacet"), make_drug(name="Betamin")
    rendered = {"imported_from": "a library", "rendered_short_answer": "<p>Yes.</p>", "content_sha256": "0" * 64}
    drafts = [make_draft(make_faq(drugs[n % 2]), question=f"Storage {n}?", **rendered) for n in range(13)]
    publishing.publish_imported([(draft, []) for draft in drafts])
    for asked, page, shown in ((1, 1, 10), (2, 2, 3), (99, 2, 3), (0, 1, 10)):
        results = engine.search("storage", make_market(), page=asked)
        assert (results.total, results.pages, results.page) == (13, 2, page)
        assert len(results.hits) == shown
        assert (results.previous, results.next) == ((None, 2) if page == 1 else (1, None))
    assert [(facet.label, facet.answers) for facet in results.facets.drugs] == [("Alphacet", 7), ("Betamin", 6)]
    narrowed = engine.search("storage", make_market(), narrowing=Narrowing(drug=drugs[1].slug))
    assert narrowed.total == 6
    assert [group.drug for group in narrowed.groups] == [drugs[1]]


def test_it_shows_no_more_than_anyone_reads(monkeypatch):
    monkeypatch.setattr(engine, "MOST", 2)
    for _ in range(3):
        make_published()
    results = engine.search("stored", make_market())
    assert (results.total, results.is_capped) == (2, True)


def test_it_follows_a_new_name_of_a_drug():
    drug = make_drug(name="Oldium")
    make_published(make_faq(drug))
    drug.name = "Newium"
    drug.save()
    index.refresh_drug(drug)
    assert found("newium") == ["How is it stored?"]
    assert found("oldium") == []


def test_it_asks_the_database_no_more_for_ten_hits_than_for_one():
    def count():
        with CaptureQueriesContext(connection) as captured:
            for hit in engine.search("stored", make_market()).hits:
                hit.version.faq.drug.get_absolute_url()
                hit.version.get_absolute_url()
        return len(captured)

    make_published()
    few = count()
    for _ in range(4):
        make_published()
    assert count() == few <= 6


def test_it_shows_nothing_of_an_entry_whose_version_is_not_published_any_more():
    before = make_published(question="About storage in the old way?")
    after = publishing.revise(before.faq, by=cast.author())
    FaqVersion.objects.filter(pk=after.pk).update(question="About storage in the new way?", what_changed="The way.")
    publishing.submit(after, by=cast.author())
    publishing.approve(after, by=cast.approver())
    publishing.publish(after, by=cast.approver())
    SearchEntry.objects.filter(faq=before.faq).update(version=before, text="The old way.")
    assert engine.search("storage", before.faq.market).hits == []


def test_it_never_indexes_a_version_that_was_withdrawn_meanwhile():
    version = make_published()
    stale = index.for_index([version])
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    index.refresh(stale)
    assert not SearchEntry.objects.exists()
