"""What is noted of searches: no identity, no exact time, and for a while only."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from faq.search import log
from faq.search.models import SearchEvent, SearchGap
from tests.factories import make_drug, make_market, make_published
from tests.faq.searching import ask, make_event

pytestmark = pytest.mark.django_db


def test_it_notes_what_was_searched_and_what_was_found():
    drug = make_drug()
    ask("  How is\tit stored? ", drug=drug, total=7)
    event = SearchEvent.objects.get()
    assert (event.text, event.market, event.drug) == ("How is it stored?", drug.market, drug)
    assert (event.kind, event.results, event.answered, event.faq) == ("asked", 7, True, None)


def test_it_notes_nothing_that_says_who_searched():
    fields = {field.name for field in SearchEvent._meta.fields}
    assert fields == {"id", "at", "market", "drug", "text", "key", "kind", "results", "answered", "faq"}


def test_it_tells_the_hour_and_no_order_within_it():
    for _ in range(20):
        ask()
    hours = set(SearchEvent.objects.values_list("at", flat=True))
    assert {(at.minute, at.second, at.microsecond) for at in hours} == {(0, 0, 0)}
    numbers = list(SearchEvent.objects.order_by("at").values_list("pk", flat=True))
    assert max(numbers) - min(numbers) > 2**50


@pytest.mark.parametrize("at", ["2026-03-02 10:15", "2026-03-02 10:00:01", "2026-03-02 10:00:00.001"])
def test_the_database_refuses_a_time_within_the_hour(at):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(at=f"{at}+00:00")


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"key": ""}, {"results": None}, {"kind": "opened"}, {"kind": "seen", "results": None}],
    ids=str,
)
def test_the_database_refuses_events_that_say_nothing_or_too_much(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(**wrong)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("storage of corvadune", "corvadune storage", True),
        ("How is it stored?", "is it stored how", True),
        ("dose with food", "dose without food", False),
        ("5 mg", "50 mg", False),
        ("what is it", "What is it?", True),
    ],
)
def test_it_knows_the_same_question_in_another_order(first, second, same):
    ask(first)
    ask(second)
    assert (SearchEvent.objects.values("key").distinct().count() == 1) is same


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂", "\x00\x00", "call 212-555-0142", "Mr Smith dose"])
def test_it_drops_what_is_empty_or_looks_personal(text):
    version = make_published()
    ask(text, answered=False, total=0)
    log.opened(text, make_market(), None, version.faq)
    log.judged(text, make_market(), None, version.faq, satisfied=False)
    assert not SearchEvent.objects.exists()
    assert not SearchGap.objects.exists()


def test_it_drops_a_text_whose_personal_part_stands_beyond_the_cut():
    ask("dose " * 79 + "mail me at jdoe@example.com please")
    assert not SearchEvent.objects.exists()


@pytest.mark.parametrize("text", ["ﷺ" * 400, "Ⅷ" * 10_000, "dose\x00\ud800 & ' OR 1=1 --", "عربي " * 100, "a-1-" * 500])
def test_it_keeps_hostile_texts_within_bounds(text):
    ask(text, answered=False)
    assert all(len(event.text) <= 400 and len(event.key) <= 400 for event in SearchEvent.objects.all())


def test_it_notes_what_was_opened_and_whether_it_satisfied():
    faq = make_published().faq
    log.opened("stored?", faq.market, faq.drug, faq)
    log.judged("stored?", faq.market, None, faq, satisfied=True)
    log.judged("stored?", faq.market, None, faq, satisfied=False)
    noted = SearchEvent.objects.values_list("kind", "drug", "faq", "results", "answered")
    assert sorted(noted, key=str) == [
        ("opened", faq.drug_id, faq.pk, None, None),
        ("satisfied", None, faq.pk, None, None),
        ("unsatisfied", None, faq.pk, None, None),
    ]


def test_a_database_that_refuses_breaks_no_search_and_repeats_no_words(caplog):
    with caplog.at_level(logging.WARNING):
        ask("Does it glow?", total=-1)
    assert caplog.messages == ["a search was not noted: IntegrityError"]
    assert make_market("ca").pk


def test_other_mistakes_of_the_log_surface(monkeypatch):
    monkeypatch.setattr(SearchEvent.objects, "create", lambda **_: {}["missing"])
    with pytest.raises(KeyError):
        ask()


def test_it_forgets_after_the_days_of_the_market():
    market, abroad = make_market("us", search_days=30), make_market("de", search_days=90)
    kept = [make_event(30), make_event(31, market=abroad), make_event()]
    make_event(32)
    make_event(92, market=abroad)
    assert log.forget(market) == (1, 0)
    assert log.forget(abroad) == (1, 0)
    assert log.forget(market) == (0, 0)
    assert set(SearchEvent.objects.all()) == set(kept)


def test_it_forgets_by_itself_as_searches_come_in():
    make_event(200)
    other = make_event(200, market=make_market("de"))
    ask()
    assert SearchEvent.objects.filter(at__lt=datetime.now(UTC) - timedelta(days=100)).get() == other


def test_it_lets_no_visitor_wait_while_very_much_is_forgotten(monkeypatch):
    monkeypatch.setattr(log, "_AT_ONCE", 2)
    oldest = [make_event(200 + days).pk for days in range(4)]
    ask()
    assert set(SearchEvent.objects.filter(pk__in=oldest).values_list("pk", flat=True)) == set(oldest[:2])


def test_the_command_forgets_in_all_markets_and_says_how_many(capsys):
    make_event(200)
    make_event(200, market=make_market("de"))
    today = log.today()
    SearchGap.objects.create(market=make_market(), text="Why?", key="why", first_asked=today, last_asked=today)
    past = today - timedelta(days=181)
    SearchGap.objects.create(market=make_market(), text="How?", key="how", first_asked=past, last_asked=past)
    call_command("apply_retention")
    call_command("apply_retention")
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Searches,")]
    assert said == [f"Searches, and questions that found no answer: {number} ended" for number in (3, 0)]
    assert SearchGap.objects.get().text == "Why?"


def test_it_asks_the_database_little(django_assert_max_num_queries):
    market = make_market()
    with django_assert_max_num_queries(5):
        ask(market=market)
    with django_assert_max_num_queries(10):
        ask(market=market, answered=False)


def test_a_market_keeps_searches_for_a_time_that_has_an_end():
    for days in (0, 731):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            make_market("ca", search_days=days)
