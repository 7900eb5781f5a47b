"""Questions without an answer find those that mean the same, and nothing that stands is moved."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from faq.search import grouping, log
from faq.search.models import SearchGap
from tests.factories import make_drug, make_market
from tests.faq.searching import miss

pytestmark = pytest.mark.django_db


def groups():
    """Who leads whom, by their texts."""
    return dict(SearchGap.objects.order_by("pk").values_list("text", "leader__text"))


def test_the_first_of_its_kind_leads():
    leader = "Does it glow in the dark?"
    for text in (leader, "Is it blue?", "glows in the dark at home", "dark glow, why"):
        miss(text)
    assert grouping.group(make_market()) == 3
    assert groups() == {leader: None, "Is it blue?": None, "glows in the dark at home": leader}
    assert grouping.group(make_market()) == 0


def test_it_tells_why_they_stand_together():
    miss("Does it glow in the dark?")
    follower = miss("dark glow at home")
    grouping.group(make_market())
    follower.refresh_from_db()
    assert (follower.likeness, follower.is_by_words) == (80, True)


def test_what_comes_later_moves_nothing_and_stands_as_if_all_came_at_once():
    texts = ["glow in dark", "glow dark home", "dark glow home night", "is it blue", "blue glow", "blue glow home"]
    for text in texts:
        miss(text)
        grouping.group(make_market())
    one_by_one = groups()
    SearchGap.objects.update(recipe="")
    assert grouping.group(make_market()) == len(texts)
    assert groups() == one_by_one


def test_a_question_about_one_medicine_stands_with_those_asked_within_it():
    drug, other = make_drug(name="Corvadune"), make_drug(name="Sedravio")
    within = miss("Does it glow?", drug=drug)
    named = miss("does corvadune glow")
    elsewhere = miss("does sedravio glow")
    nowhere, both = miss("does it glow"), miss("do corvadune and sedravio glow")
    grouping.group(make_market())
    found = {gap.pk: (gap.about, gap.leader) for gap in SearchGap.objects.all()}
    assert found[within.pk] == (drug, None)
    assert found[named.pk] == (drug, within)
    assert found[elsewhere.pk] == (other, None)
    assert found[nowhere.pk] == found[both.pk] == (None, None)


def test_a_name_that_two_medicines_bear_names_neither_but_with_another_name():
    one, _ = make_drug(name="Corvadune", generic_name="praldex"), make_drug(name="Sedravio", generic_name="praldex")
    generic, told = miss("does praldex glow"), miss("does corvadune praldex glow")
    grouping.group(make_market())
    assert SearchGap.objects.get(pk=generic.pk).about is None
    assert SearchGap.objects.get(pk=told.pk).about == one


def test_each_market_has_its_own_groups_in_its_own_language():
    german = make_market("de", language_tag="de-DE")
    miss("Leuchten im Dunkeln", market=german)
    miss("Leuchtet es nachts im Dunkeln?", market=german)
    miss("Leuchten im Dunkeln")
    call_command("group_gaps")
    assert list(SearchGap.objects.order_by("pk").values_list("leader__text", flat=True)) == [
        None,
        "Leuchten im Dunkeln",
        None,
    ]


def test_when_the_leader_is_forgotten_the_next_one_leads():
    leader, *_ = miss("glow dark home"), miss("glow dark home night"), miss("glow dark home red")
    grouping.group(make_market())
    long_ago = log.today() - timedelta(days=900)
    SearchGap.objects.filter(pk=leader.pk).update(first_asked=long_ago, last_asked=long_ago)
    log.forget(make_market())
    assert set(groups().values()) == {None}
    assert grouping.group(make_market()) == 2
    assert groups() == {"glow dark home night": None, "glow dark home red": "glow dark home night"}


def test_the_database_refuses_a_gap_that_leads_itself_or_follows_without_a_reason():
    one, other = miss("glow"), miss("blue")
    for changes in ({"leader": one, "likeness": 90}, {"leader": other}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SearchGap.objects.filter(pk=one.pk).update(**changes)


def test_meaning_puts_together_what_shares_few_words(meaning):
    texts = ["maximum daily dose", "what is the highest dose per day", "daily exercise"]
    for text in texts:
        miss(text)
    grouping.group(make_market())
    assert groups() == {texts[0]: None, texts[1]: texts[0], texts[2]: None}
    assert SearchGap.objects.get(text=texts[1]).is_by_words is False


def test_a_meaning_is_found_once(meaning, monkeypatch):
    miss("maximum daily dose")
    grouping.group(make_market())
    encoded = []
    monkeypatch.setattr(grouping.model, "encode", lambda texts: encoded.append(texts))
    SearchGap.objects.update(recipe="")
    grouping.group(make_market())
    assert encoded == []


def test_what_was_compared_by_words_is_compared_again_once_meaning_is_known(meaning, settings):
    settings.SEARCH_MEANING = False
    for text in ("maximum daily dose", "what is the highest dose per day"):
        miss(text)
    grouping.group(make_market())
    assert set(groups().values()) == {None}
    settings.SEARCH_MEANING = True
    assert grouping.group(make_market()) == 2
    settings.SEARCH_MEANING = False
    assert grouping.group(make_market()) == 0
    assert groups()["what is the highest dose per day"] == "maximum daily dose"
