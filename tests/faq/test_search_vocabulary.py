"""The words that search knows follow the entries, whoever changes those, and their counts are right at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from faq import publishing
from faq.models import FaqVersion
from faq.search import index, vocabulary
from faq.search.models import SearchEntry, SearchName, SearchWord
from tests import cast
from tests.factories import make_category, make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.indexing import counts, drift, entry_of, make_revision, withdraw

pytestmark = pytest.mark.django_db


def set_forms(version, typed, **forms):
    """Gives an entry other words, past every verb; of these, `typed` stand outside of its body."""
    with connection.cursor() as cursor:
        SearchEntry.objects.filter(faq=version.faq_id).update(forms=forms)
        cursor.execute("UPDATE search_searchentry SET typed = array_to_tsvector(%s)", [typed])


def test_it_counts_how_many_answers_hold_a_word_and_how_many_in_their_head():
    make_published(question="May the vial freeze?", body="<p>The vial. The vial.</p>")
    make_published(question="May it boil?", short_answer="<p>No.</p>", body="<p>The vial is of glass.</p>")
    assert counts("vial", "freeze", "glass", "nothing") == [(2, 1), (1, 1), (1, 0), None]


def test_it_keeps_a_word_with_its_stem_and_in_its_market():
    make_published(question="Storing of vials?")
    make_published(make_faq(make_drug(make_market("ca"))), question="Storing of bags?")
    stored = SearchWord.objects.filter(word="storing").values_list("market__code", "stem", "answers")
    assert sorted(stored) == [("ca", "store", 1), ("us", "store", 1)]


def test_it_follows_an_update_to_more_to_less_and_to_nothing():
    first, second = make_published(question="Vial?"), make_published(question="Vial?")
    make_revision(first, question="Bag?", body="<p>No vial.</p>")
    assert counts("vial", "bag") == [(2, 1), (1, 1)]
    make_revision(second, question="Vial, bag?")
    assert counts("vial", "bag") == [(2, 1), (2, 2)]
    make_revision(first, question="Bag?", body="<p>No.</p>")
    make_revision(second, question="Bag?")
    assert counts("vial", "bag") == [None, (2, 2)]


def test_it_follows_a_deletion():
    first, second = make_published(question="Vial?"), make_published(question="Vial?")
    withdraw(first)
    assert counts("vial") == [(1, 1)]
    withdraw(second)
    assert (counts("vial"), SearchWord.objects.count()) == ([None], 0)


def test_it_follows_one_statement_that_adds_changes_and_leaves_several():
    versions = [make_published(question="Vial?") for _ in range(4)]
    SearchEntry.objects.filter(faq__in=[version.faq_id for version in versions[:2]]).delete()
    versions[2].faq.other_phrasings.create(text="Bag?")
    index.refresh(index.for_index(versions))
    assert counts("vial", "bag") == [(4, 4), (1, 1)]
    SearchEntry.objects.all().delete()
    assert SearchWord.objects.count() == 0


def test_it_follows_whoever_writes_past_the_verbs():
    version = make_published()
    set_forms(version, ["vial"], vial="vial", bags="bag")
    assert list(SearchWord.objects.order_by("word").values_list("word", "stem", "answers", "heads")) == [
        ("bags", "bag", 1, 0),
        ("vial", "vial", 1, 1),
    ]
    set_forms(version, ["bags"], vials="vial", bags="sack")
    assert list(SearchWord.objects.order_by("word").values_list("word", "stem", "answers", "heads")) == [
        ("bags", "sack", 1, 1),
        ("vials", "vial", 1, 0),
    ]


def test_it_takes_words_along_to_another_market():
    version, market = make_published(question="Vial?"), make_market("ca")
    SearchEntry.objects.update(market=market)
    assert set(SearchWord.objects.values_list("market", flat=True)) == {market.pk}
    assert SearchWord.objects.filter(word="vial").count() == 1
    assert entry_of(version).market == market


@pytest.mark.parametrize(
    "damage",
    [
        lambda words: words.delete(),
        lambda words: words.update(answers=7),
        lambda words: words.update(heads=0),
        lambda words: words.update(stem="else"),
        lambda words: words.update(word="strange"),
    ],
    ids=["gone", "answers", "heads", "stem", "word"],
)
def test_it_finds_and_mends_words_that_were_damaged(damage):
    make_published(question="Vial?")
    make_published(question="Vial?")
    before = set(SearchWord.objects.values_list("word", "stem", "answers", "heads"))
    damage(SearchWord.objects.filter(word="vial"))
    assert "vial" in vocabulary.words(mend=False).first
    assert vocabulary.words(mend=True).number in (1, 2)
    assert set(SearchWord.objects.values_list("word", "stem", "answers", "heads")) == before
    assert vocabulary.words(mend=False) == (0, [])


def test_it_finds_and_mends_names_that_were_damaged(monkeypatch):
    monkeypatch.setattr(vocabulary, "_BATCH", 2)
    drugs = [make_published(make_faq(make_drug(name=f"Corva {number}"))).faq.drug for number in range(5)]
    unanswered = make_drug()
    before = set(SearchName.objects.values_list("drug", "key", "name", "kind"))
    SearchName.objects.filter(drug=drugs[0]).delete()
    SearchName.objects.filter(drug=drugs[2]).update(kind="code")
    SearchName.objects.create(market=unanswered.market, drug=unanswered, key="ghost", name="Ghost", kind="brand")
    wrong = [drugs[0].slug, drugs[2].slug, unanswered.slug]
    assert vocabulary.names(mend=False) == (3, wrong)
    assert vocabulary.names(mend=True) == (3, wrong)
    assert set(SearchName.objects.values_list("drug", "key", "name", "kind")) == before
    assert vocabulary.names(mend=False) == (0, [])


def approved(drug):
    version = make_draft(make_faq(drug))
    publishing.submit(version, by=cast.author())
    publishing.approve(version, by=cast.approver())
    return FaqVersion.objects.get(pk=version.pk)


def at_once(*acts):
    """Does all of these in transactions of their own that have all begun before the first one ends."""
    barrier = Barrier(len(acts), timeout=20)

    def run(act):
        try:
            with transaction.atomic():
                connection.cursor().execute("SET LOCAL lock_timeout = '20s'")
                barrier.wait()
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_who_publish_withdraw_and_rename_at_once_all_succeed_and_leave_the_index_true():
    drug = make_drug(name="Corvadune", category=make_category())
    one, two, waiting = make_published(make_faq(drug)), make_published(make_faq(drug)), approved(drug)
    revised = publishing.revise(one.faq, by=cast.author())
    FaqVersion.objects.filter(pk=revised.pk).update(what_changed="All.", question="Vial?")
    publishing.submit(revised, by=cast.author())
    publishing.approve(revised, by=cast.approver())
    by, missing = cast.approver(), make_published(make_faq(drug))
    SearchEntry.objects.filter(faq=missing.faq_id).delete()

    def rename():
        type(drug).objects.filter(pk=drug.pk).update(name="Relumeb")
        index.refresh_drug(drug)

    at_once(
        lambda: publishing.publish(revised, by=by),
        lambda: publishing.publish(waiting, by=by),
        lambda: publishing.withdraw(two, by=by, reason="Outdated."),
        lambda: publishing.withdraw(missing, by=by, reason="Outdated."),
        rename,
        lambda: index.refresh(index.for_index([one, two, waiting, missing])),
    )
    assert set(SearchEntry.objects.values_list("version", flat=True)) == {revised.pk, waiting.pk}
    assert set(SearchEntry.objects.values_list("names", flat=True)) == {" relumeb "}
    assert drift() == {}
