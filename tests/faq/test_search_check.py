"""The check of the index: which drift it finds, what it says, and that it mends it."""

import io
from functools import partial

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat

from faq.models import Drug, OtherPhrasing
from faq.search import checking, vocabulary
from faq.search.checking import Drift
from faq.search.meaning import model, source
from faq.search.models import LearntAbbreviation, SearchEntry, SearchName, SearchWord
from tests.factories import make_drug, make_faq, make_market, make_published, make_reference
from tests.faq.indexing import drift, make_revision, put_back, withdraw

pytestmark = pytest.mark.django_db


def check(**options):
    """What the command prints, and the code that it ends with."""
    printed = io.StringIO()
    try:
        call_command("check_index", stdout=printed, stderr=io.StringIO(), **options)
    except CommandError as error:
        return printed.getvalue(), error.returncode
    return printed.getvalue(), 0


def make_several(count=3):
    topic = {"topics": ("Dosing",), "phrasings": ("Fridge?",)}
    body = "<p>The central nervous system (CNS) is spared.</p>"
    return [make_published(make_faq(**topic, content_id=f"US_{number}"), body=body) for number in range(count)]


def entries(version):
    return SearchEntry.objects.filter(faq=version.faq_id)


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def supersede(version):
    make_revision(version)
    entries(version).update(version=version)


DAMAGE = {
    "missing": (Drift.MISSING, lambda version: entries(version).delete()),
    "older version": (Drift.MOVED, supersede),
    "another drug": (Drift.MOVED, lambda version: entries(version).update(drug=make_drug())),
    "another market": (Drift.MOVED, lambda version: entries(version).update(market=make_market("ca"))),
    "recipe": (Drift.DIFFERENT, lambda version: entries(version).update(recipe="0-en")),
    "text": (Drift.DIFFERENT, lambda version: entries(version).update(text=Concat("text", Value("!")))),
    "tokens": (Drift.DIFFERENT, lambda version: entries(version).update(body=" else ")),
    "forms": (Drift.DIFFERENT, lambda version: entries(version).update(forms={"else": "els"})),
    "head": (Drift.DIFFERENT, lambda _: run("UPDATE search_searchentry SET head = setweight(head, 'D')")),
    "rest": (Drift.DIFFERENT, lambda _: run("UPDATE search_searchentry SET rest = ''")),
    "typed": (Drift.DIFFERENT, lambda _: run("UPDATE search_searchentry SET typed = strip(head)")),
    "abbreviation": (Drift.DIFFERENT, lambda version: LearntAbbreviation.objects.filter(entry=version.faq_id).delete()),
    "drug's name": (Drift.DIFFERENT, lambda version: Drug.objects.filter(pk=version.faq.drug_id).update(name="Else")),
    "phrasing": (Drift.DIFFERENT, lambda version: OtherPhrasing.objects.filter(faq=version.faq_id).delete()),
    "topic": (Drift.DIFFERENT, lambda version: version.faq.topics.clear()),
    "withdrawn": (Drift.GONE, put_back),
    "word": (Drift.WORDS, lambda _: SearchWord.objects.filter(word="stored").update(answers=9)),
    "name": (Drift.NAMES, lambda version: SearchName.objects.filter(drug=version.faq.drug_id).delete()),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_it_finds_each_kind_of_damage_and_mends_it(name):
    version = make_several(2)[1]
    expected, damage = DAMAGE[name]
    damage(version)
    found = checking.check()
    assert expected in found
    assert {"US_1", "stored", version.faq.drug.slug} & set(found[expected].first)
    assert checking.check(mend=True)[expected].number >= 1
    assert drift() == {}


def test_it_says_that_all_is_well():
    make_several()
    assert check() == ("Published answers: 3. The search index is true to all of them.\n", 0)


def test_it_says_how_many_and_the_first_of_each_kind_and_ends_with_one(monkeypatch):
    monkeypatch.setattr(checking, "FEW", 2)
    versions = make_several(4)
    SearchEntry.objects.exclude(faq=versions[0].faq_id).update(text="damaged")
    SearchName.objects.filter(drug=versions[0].faq.drug_id).delete()
    printed, code = check()
    assert printed.splitlines() == [
        "Entries that read differently from their answer: 3 (US_1, US_2, …)",
        f"Drugs that are recognised by other names than their own: 1 ({versions[0].faq.drug.slug})",
    ]
    assert code == 1


def test_it_repairs_and_ends_with_zero():
    versions = make_several()
    SearchEntry.objects.filter(faq=versions[0].faq_id).delete()
    printed, code = check(repair=True)
    assert printed.splitlines() == ["Published answers without an entry: 1 (US_0)", "All of this is mended."]
    assert code == check()[1] == 0


def test_it_repairs_everything_at_once(monkeypatch):
    monkeypatch.setattr(checking, "batches", partial(checking.batches, 2))
    monkeypatch.setattr(vocabulary, "_BATCH", 2)
    for (_, damage), version in zip(list(DAMAGE.values())[:7], make_several(7), strict=True):
        damage(version)
    make_published()
    SearchWord.objects.all().delete()
    SearchName.objects.all().delete()
    assert set(drift(mend=True)) == {"MISSING", "MOVED", "DIFFERENT", "WORDS", "NAMES"}
    assert drift() == {}


def test_it_reports_nothing_that_was_only_just_being_published(monkeypatch):
    versions = make_several(2)
    fetch, calls = checking.index.fetch, []

    def between(keys):
        found = fetch(keys)
        if not calls:
            calls.append(keys)
            withdraw(versions[0])
        return found

    monkeypatch.setattr(checking.index, "fetch", between)
    assert (drift(), len(calls)) == ({}, 1)


def test_it_finds_entries_without_today_s_meaning_only_where_the_model_is_on(monkeypatch):
    english = make_several(2)[1]
    german = make_published(make_faq(make_drug(make_market("de", language_tag="de-DE"))))
    vector = {"vector": bytes(384), "bits": "0" * 384}
    SearchEntry.objects.exclude(faq=german.faq_id).update(model=source.IDENTITY, **vector)
    entries(english).update(model="another")
    assert drift() == {}
    monkeypatch.setattr(model, "state", lambda: model.State(True, "on"))
    assert drift() == {"MEANINGLESS": ["US_1"]}


def test_it_compares_what_is_rendered_and_not_what_changed_since():
    reference = make_reference("doe-2024")
    make_published(short_answer='<p>Yes.<cite data-ref="doe-2024"></cite></p>', body="<p>10<sup>9</sup> cells</p>")
    reference.csl = {**reference.csl, "title": "Else"}
    reference.save()
    assert drift() == {}
