"""Rebuilding the index: what is written, how it goes on after an interruption, and what it leaves alone."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from faq.models import Drug
from faq.search import analysis, index, rebuilding
from faq.search.models import Rebuild, SearchEntry, SearchName, SearchWord
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.indexing import drift, entry_of, put_back, withdraw

pytestmark = pytest.mark.django_db


class Stopped(Exception):
    """What a test throws into a rebuild."""


def rebuild(**options):
    printed = io.StringIO()
    call_command("rebuild_index", stdout=printed, stderr=io.StringIO(), **options)
    return printed.getvalue()


def make_several(count=5):
    """Answers of two markets by turns, whose names sort the other way."""
    drugs = [make_drug(make_market(code), name="Corvadune") for code in ("us", "ca")]
    return [make_published(make_faq(drugs[number % 2])) for number in range(count)]


def written(monkeypatch):
    """The versions that are written from now on, in order."""
    seen, refresh = [], index.refresh

    def note(versions):
        versions = list(versions)
        seen.extend(version.pk for version in versions)
        refresh(versions)

    monkeypatch.setattr(index, "refresh", note)
    return seen


def stop_after(monkeypatch, batches, error=Stopped):
    """Lets so many batches through, and throws `error` in the next one."""
    left, refresh = iter(range(batches)), index.refresh

    def limited(versions):
        if next(left, None) is None:
            raise error
        refresh(versions)

    monkeypatch.setattr(index, "refresh", limited)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    monkeypatch.setattr(rebuilding, "_STRETCH", 3)


def test_it_says_and_writes_nothing_when_there_is_nothing_to_do(monkeypatch):
    make_several()
    make_draft()
    seen = written(monkeypatch)
    assert rebuild() == ""
    assert seen == []


def test_it_writes_what_is_missing_and_what_was_made_in_another_way(monkeypatch):
    missing, older, other_drug, fine = make_several(4)
    SearchEntry.objects.filter(faq=missing.faq_id).delete()
    SearchEntry.objects.filter(faq=older.faq_id).update(recipe="0-en")
    SearchEntry.objects.filter(faq=other_drug.faq_id).update(drug=make_drug())
    seen = written(monkeypatch)
    assert "Answers indexed: 3 in" in rebuild()
    assert seen == [missing.pk, older.pk, other_drug.pk]
    assert drift() == {}
    assert entry_of(fine).version == fine


def test_it_writes_all_where_the_whole_index_is_gone():
    make_several()
    SearchEntry.objects.all().delete()
    SearchName.objects.all().delete()
    assert "Answers indexed: 5 in" in rebuild()
    assert drift() == {}


def test_it_writes_an_entry_of_another_version_than_the_published_one():
    version, other = make_several(2)
    SearchEntry.objects.filter(faq=version.faq_id).update(version=other)
    rebuild()
    assert (entry_of(version).version, drift()) == (version, {})


def test_it_writes_a_market_anew_whose_language_changed(monkeypatch):
    version, abroad = make_published(question="Lagerung?"), make_published(make_faq(make_drug(make_market("ca"))))
    seen = written(monkeypatch)
    market = version.faq.market
    market.language_tag = "de-DE"
    market.save()
    rebuild()
    assert seen == [version.pk]
    assert entry_of(version).recipe.endswith("-de")
    assert entry_of(abroad).recipe.endswith("-en")
    assert drift() == {}


def test_it_writes_everything_anew_when_the_analyser_changed(monkeypatch):
    make_several(3)
    monkeypatch.setattr(analysis, "RECIPE", "new")
    monkeypatch.setattr(analysis, "stem", lambda word, _: word[:3])
    rebuild()
    assert {entry.question for entry in SearchEntry.objects.all()} == {" sto "}
    assert set(SearchWord.objects.filter(word="stored").values_list("stem", flat=True)) == {"sto"}
    assert drift() == {}


def test_it_removes_entries_and_names_of_what_is_not_published():
    versions = make_several(3)
    put_back(versions[0])
    assert "Entries removed: 1." in rebuild()
    assert not SearchEntry.objects.filter(faq=versions[0].faq_id).exists()
    assert drift() == {}


def test_it_mends_names_that_changed_past_the_verbs():
    drug = make_several(1)[0].faq.drug
    SearchName.objects.filter(drug=drug).update(key="else")
    assert "Drugs with mended names: 1." in rebuild()
    assert drift() == {}


def test_all_writes_every_entry_and_counts_every_word_anew(monkeypatch):
    versions = make_several()
    SearchEntry.objects.update(text="damaged")
    SearchWord.objects.all().delete()
    seen = written(monkeypatch)
    assert "Answers indexed: 5 in" in rebuild(all=True)
    assert seen == [version.pk for version in versions]
    assert drift() == {}


def test_all_goes_on_where_it_was_stopped(monkeypatch):
    versions = make_several()
    with monkeypatch.context() as patched:
        stop_after(patched, batches=1)
        with pytest.raises(Stopped):
            rebuild(all=True)
    seen = written(monkeypatch)
    assert "Going on with what was begun on 20" in rebuild(all=True)
    assert seen == [version.pk for version in versions[2:]]
    seen.clear()
    rebuild(all=True)
    assert seen == [version.pk for version in versions]
    assert Rebuild.objects.filter(ended_at=None).count() == 0


def test_all_goes_on_too_where_nothing_was_indexed_before(monkeypatch):
    versions = make_several()
    SearchEntry.objects.all().delete()
    with monkeypatch.context() as patched:
        stop_after(patched, batches=2)
        with pytest.raises(Stopped):
            rebuild(all=True)
    assert SearchEntry.objects.count() == 4
    seen = written(monkeypatch)
    rebuild(all=True)
    assert (seen, drift()) == ([versions[4].pk], {})


def test_all_anew_begins_from_the_start_although_one_was_stopped(monkeypatch):
    versions = make_several()
    with monkeypatch.context() as patched:
        stop_after(patched, batches=1)
        with pytest.raises(Stopped):
            rebuild(all=True)
    seen = written(monkeypatch)
    assert "Going on" not in rebuild(all=True, anew=True)
    assert seen == [version.pk for version in versions]


def test_all_that_goes_on_under_another_analyser_leaves_no_older_entry(monkeypatch):
    make_several()
    with monkeypatch.context() as patched:
        stop_after(patched, batches=1)
        with pytest.raises(Stopped):
            rebuild(all=True)
    monkeypatch.setattr(analysis, "RECIPE", "new")
    rebuild(all=True)
    assert drift() == {}


def test_searches_find_the_old_entries_until_each_is_replaced(monkeypatch):
    versions = make_several(4)
    stop_after(monkeypatch, batches=1)
    with pytest.raises(Stopped):
        rebuild(all=True)
    assert SearchEntry.objects.count() == len(versions)


def test_it_can_be_stopped_from_the_keyboard(monkeypatch):
    make_several()
    stop_after(monkeypatch, batches=1, error=KeyboardInterrupt)
    with pytest.raises(CommandError, match="The same command goes on from here"):
        rebuild(all=True)


def test_it_shows_how_far_it_has_come(capsys):
    make_several(3)
    rebuild(all=True, progress=True)
    shown = capsys.readouterr().err
    assert "Indexing: 100%" in shown
    assert "3/3" in shown


def test_anew_is_said_with_all():
    with pytest.raises(CommandError, match="--anew is said with --all"):
        rebuild(anew=True)


def test_it_reads_what_was_changed_since_it_began(monkeypatch):
    versions = make_several(4)
    refresh = index.refresh

    def rename_between(batch):
        refresh(batch)
        if not Drug.objects.filter(name="Relumeb").exists():
            Drug.objects.update(name="Relumeb")
            withdraw(versions[3])

    monkeypatch.setattr(index, "refresh", rename_between)
    rebuild(all=True)
    assert [entry_of(version).names for version in versions[:3]] == [" corvadun ", " corvadun ", " relumeb "]
    assert not SearchEntry.objects.filter(faq=versions[3].faq_id).exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_share_the_work():
    make_several(9)
    SearchEntry.objects.update(text="damaged")

    def run(_):
        try:
            return rebuilding.write_all(rebuilding.begin())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        shares = list(pool.map(run, range(2)))
    assert sum(shares) in (9, 18)
    assert (Rebuild.objects.filter(ended_at=None).count(), drift()) == (0, {})
