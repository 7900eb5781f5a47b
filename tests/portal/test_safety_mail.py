"""The mails about safety flags: a link and a time, at once, when due, when overdue, each once."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Thread

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from portal.lib import ratelimit
from portal.safety import flagging, mailing
from portal.safety.models import SafetyFlag
from tests import cast
from tests.factories import make_market
from tests.portal.contacting import make_inquiry, receive
from tests.portal.flagging import HARM, HARMLESS, make_flag

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    """Stops the clock of the mails at a time."""

    def stop(moment):
        monkeypatch.setattr("portal.safety.mailing.timezone.now", lambda: moment)

    return stop


@pytest.fixture
def broken(monkeypatch):
    def fail(_message, **_options):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", fail)


def safety_mails():
    return [sent for sent in mail.outbox if sent.subject.startswith("Safety: ")]


def remind():
    """How many mails a run of the command sends."""
    before = len(mail.outbox)
    call_command("remind_safety", stdout=StringIO())
    return len(mail.outbox) - before


def test_a_raised_flag_is_mailed_at_once_with_a_link_and_no_word(settings, django_capture_on_commit_callbacks):
    settings.SITE_ADDRESS = "https://medical.example.com/"
    market = make_market(safety_mailbox="safety@example.com", time_zone="America/New_York")
    with django_capture_on_commit_callbacks(execute=True):
        receive(make_inquiry(market, question=HARM, received_at=datetime(2026, 11, 20, 15, tzinfo=UTC)))
    [sent], flag = safety_mails(), SafetyFlag.objects.get()
    assert sent.to == ["safety@example.com"]
    assert f"https://medical.example.com/admin/safety/safetyflag/{flag.pk}/change/" in sent.body
    for told in ("Kind of text: Inquiry", "Likelihood: Likely", "Monday, 23 November 2026, 17:00 EST"):
        assert told in sent.body
    assert not any(word in f"{sent.subject} {sent.body}" for word in ("fainted", "tablet", "Pat", "pat@example.org"))
    assert flag.mailed_at is not None


def test_what_is_not_raised_is_not_mailed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receive(make_inquiry(question=HARMLESS))
    assert safety_mails() == []
    assert remind() == 0


def test_it_goes_to_the_mailbox_for_inquiries_where_there_is_none_for_safety():
    make_flag(market=make_market(inquiry_mailbox="med@example.com", safety_mailbox=""))
    assert mailing.tell_of(SafetyFlag.objects.get().pk)
    assert safety_mails()[0].to == ["med@example.com"]


def test_a_mail_that_failed_is_sent_again(broken, at, monkeypatch):
    flag = make_flag()
    assert not mailing.tell_of(flag.pk)
    at(timezone.now() + timedelta(minutes=6))
    with pytest.raises(CommandError, match=r"could not be mailed to medinfo@aldermoor\.example"):
        call_command("remind_safety")
    monkeypatch.undo()
    at(timezone.now() + timedelta(minutes=6))
    assert remind() == 1
    assert f"/safetyflag/{flag.pk}/change/" in safety_mails()[-1].body
    assert remind() == 0


def test_each_stage_is_told_once(at):
    flag = make_flag()
    assert mailing.tell_of(flag.pk)
    stages = []
    for moment in (
        flag.due_at - 5 * HOUR,
        flag.due_at - 4 * HOUR,
        flag.due_at - HOUR,
        flag.due_at + HOUR,
        flag.due_at + 9 * HOUR,
    ):
        at(moment)
        stages.append(remind())
    assert stages == [0, 1, 0, 1, 0]
    assert [sent.subject.rpartition(", ")[2] for sent in safety_mails()[1:]] == ["due soon", "overdue"]
    assert "fainted" not in "".join(sent.body for sent in mail.outbox)


@pytest.mark.parametrize("verb", ["forward", "dismiss"])
def test_what_was_dealt_with_is_told_no_more(at, verb):
    flag = make_flag()
    said = {"forward": {"reference": "AE-1"}, "dismiss": {"reason": "No harm."}}[verb]
    getattr(flagging, verb)(flag, by=cast.safety_officer(), **said)
    at(flag.due_at + HOUR)
    assert remind() == 0


def test_one_mail_for_each_market_tells_of_all_and_names_some(at, monkeypatch):
    monkeypatch.setattr(mailing, "NAMED", 2)
    flags = [make_flag(question) for question in (HARM, HARM, HARM)]
    make_flag(market=make_market("de"))
    at(max(flag.due_at for flag in flags) + 90 * HOUR)
    assert remind() == 2
    [told] = [sent for sent in safety_mails() if "3 texts in US wait, overdue" in sent.subject]
    assert told.body.count("/change/") == 2
    assert "and 1 more" in told.body


def test_a_flood_is_stored_and_told_together(at):
    for _ in range(61):
        make_flag()
    told = [mailing.tell_of(flag.pk, address="192.0.2.1") for flag in SafetyFlag.objects.all()]
    assert (told.count(True), len(safety_mails())) == (60, 60)
    at(timezone.now() + timedelta(minutes=6))
    assert remind() == 1
    assert not SafetyFlag.objects.filter(mailed_at=None).exists()


def test_a_market_has_so_many_mails_an_hour_whatever_the_addresses():
    allowed = [ratelimit.safety_flag_mail(f"192.0.2.{number}", "us") for number in range(130)]
    assert allowed.count(True) == 120


def test_a_death_that_a_person_notes_is_told_again(django_capture_on_commit_callbacks):
    flag = make_flag()
    mailing.tell_of(flag.pk)
    with django_capture_on_commit_callbacks(execute=True):
        flagging.raise_by_hand(flag, mentions_death=True, by=cast.safety_officer())
    assert "a death may be mentioned" in safety_mails()[-1].subject


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_runs_at_once_tell_each_thing_once(monkeypatch):
    for _ in range(3):
        make_flag(received_at=timezone.now() - timedelta(days=9))

    def run():
        mailing.remind()
        connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = "".join(sent.body for sent in safety_mails())
    assert [told.count(f"/safetyflag/{flag.pk}/change/") for flag in SafetyFlag.objects.all()] == [1, 1, 1]
