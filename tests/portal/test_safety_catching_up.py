"""Texts without a safety flag get theirs: all of them, once, whatever is wrong with one."""

from datetime import UTC, datetime
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.safety import catching_up, receiving
from portal.safety.catching_up import Caught, catch_up
from portal.safety.models import SafetyEvent, SafetyFlag
from tests.factories import make_market
from tests.portal.contacting import make_inquiry
from tests.portal.flagging import HARM, HARMLESS, make_flag

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture
def in_twos(monkeypatch):
    monkeypatch.setattr(catching_up, "AT_ONCE", 2)


@pytest.fixture
def poisoned(monkeypatch):
    """A text of which no flag can be made."""

    def refuse(flag, calendar, start=receiving.start):
        if "poison" in flag.source.question:
            raise ValueError
        start(flag, calendar)

    for module in (catching_up, receiving):
        monkeypatch.setattr(module, "start", refuse)
    return make_inquiry(question="A poisoned text.")


def flag_texts():
    said = StringIO()
    call_command("flag_texts", stdout=said)
    return said.getvalue()


def test_it_flags_what_came_in_before_flags_were_made():
    make_inquiry(question=HARM)
    make_inquiry(question=HARMLESS)
    assert flag_texts() == "Texts flagged: 2, of them raised: 1.\n"
    assert flag_texts() == "Texts flagged: 0, of them raised: 0.\n"


def test_a_flag_made_later_counts_from_when_its_text_was_received_and_says_so():
    make_inquiry(question=HARM, received_at=DAY)
    catch_up()
    flag = SafetyFlag.objects.get()
    assert (flag.received_at, flag.due_at) == (DAY, make_flag(received_at=DAY).due_at)
    assert [event.what for event in flag.events.all()] == ["found"]


def test_it_flags_those_of_one_market_where_one_is_asked_for():
    make_inquiry(question=HARM)
    other = make_inquiry(make_market("de"), question=HARM)
    assert catch_up(other.market) == Caught(1, 1, 0)
    assert SafetyFlag.objects.get().source == other


def test_it_goes_on_until_all_are_flagged(in_twos):
    for _ in range(5):
        make_inquiry()
    sums = []
    assert catch_up(each=sums.append).made == 5
    assert [sum.made for sum in sums] == [2, 4, 5]


def test_what_cannot_be_flagged_keeps_nothing_else_from_its_flag(poisoned, in_twos, caplog):
    others = [make_inquiry(question=HARM) for _ in range(3)]
    with pytest.raises(CommandError, match="could not be flagged: 1; the log says why"):
        flag_texts()
    assert {flag.source for flag in SafetyFlag.objects.all()} == set(others)
    assert SafetyEvent.objects.count() == 3
    assert f"({poisoned.pk}) is stored, but could not be flagged" in caplog.text
    assert poisoned.question not in caplog.text


def test_a_run_that_is_stopped_goes_on_with_the_next(in_twos):
    for _ in range(5):
        make_inquiry()

    def stop(_sums):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catch_up(each=stop)
    assert SafetyFlag.objects.count() == SafetyEvent.objects.count() == 2
    assert catch_up().made == 3


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_runs_at_once_share_the_texts(in_twos, caplog):
    for _ in range(9):
        make_inquiry(question=HARM)
    sums = []

    def run():
        sums.append(catch_up())
        connection.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.made for one in sums) == SafetyFlag.objects.count() == SafetyEvent.objects.count() == 9
    assert sum(one.failed for one in sums) == 0
    assert caplog.text == ""


def test_having_nothing_to_do_it_asks_once_for_each_kind_of_text(django_assert_num_queries):
    make_flag()
    # For each: a savepoint, the lock, the texts, and the savepoint's end.
    with django_assert_num_queries(3 * 4):
        assert catch_up() == Caught()
