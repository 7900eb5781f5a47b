"""The mails about inquiries: to each mailbox, again where they failed, and no flood of them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from portal.contact import groups, handling
from portal.contact.models import Inquiry
from portal.lib import email, ratelimit
from portal.safety.models import SafetyFlag
from tests.factories import make_market
from tests.portal.contacting import content, make_inquiry, make_topic, receive, report, send

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(hours=1)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Does at its end what follows a commit."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def refusing(monkeypatch):
    """Makes the mail server refuse the mailboxes that are added to what this returns."""
    refused, deliver = set(), EmailMessage.send

    def send_or_fail(message, **options):
        if refused.intersection(message.to):
            raise ConnectionRefusedError
        return deliver(message, **options)

    monkeypatch.setattr(EmailMessage, "send", send_or_fail)
    return refused


@pytest.mark.parametrize("refused", ["safety@example.com", "med@example.com"])
def test_a_mailbox_that_takes_nothing_keeps_no_other_from_its_mail(refusing, refused, committed):
    market = make_market(inquiry_mailbox="med@example.com", safety_mailbox="safety@example.com")
    refusing.add(refused)
    with committed(execute=True):
        receive(make_inquiry(market, "adverse-event"))
    told = {box for sent in mail.outbox for box in sent.to} - {"pat@example.org"}
    assert told == {"med@example.com", "safety@example.com"} - {refused}
    assert Inquiry.objects.get().mailed is (refused != "med@example.com")
    assert (SafetyFlag.objects.get().mailed_at is None) is (refused == "safety@example.com")


@pytest.mark.parametrize("topic_mailbox", ["", "safety@example.com"])
def test_the_safety_mailbox_gets_links_and_no_word_of_a_visitor(committed, topic_mailbox):
    market = make_market(inquiry_mailbox="med@example.com", safety_mailbox="safety@example.com")
    make_topic("adverse-event", market, mailbox=topic_mailbox)
    with committed(execute=True):
        report = receive(make_inquiry(market, "adverse-event", question="She fainted.", name="Pat Doe"))
    found = [sent for sent in mail.outbox if sent.to == ["safety@example.com"]]
    links = [f"/admin/safety/safetyflag/{SafetyFlag.objects.get().pk}/change/"]
    links += [f"/admin/contact/inquiry/{report.pk}/change/"] if topic_mailbox else []
    assert all(link in "".join(sent.body for sent in found) for link in links)
    assert len(found) == len(links)
    for sent in found:
        assert not any(word in f"{sent.subject} {sent.body}" for word in ("fainted", "Pat", "pat@example.org"))
        assert sent.reply_to == []


def test_the_mailbox_of_the_topic_still_gets_all_that_was_said():
    receive(make_inquiry(make_market(safety_mailbox="safety@example.com"), "adverse-event", question="She fainted."))
    assert "She fainted." in mail.outbox[0].body
    assert (mail.outbox[0].to, mail.outbox[0].reply_to) == (["medinfo@aldermoor.example"], ["pat@example.org"])


def test_it_notes_no_mail_where_there_is_no_mailbox():
    receive(make_inquiry(make_market(inquiry_mailbox="")))
    assert not Inquiry.objects.get().mailed


def test_it_mails_again_what_staff_had_no_mail_of(capsys):
    waiting = make_inquiry(received_at=LONG_AGO)
    done = make_inquiry(received_at=LONG_AGO, mailed=True)
    fresh = make_inquiry()
    call_command("resend_inquiries")
    assert [sent.subject[:14] for sent in mail.outbox] == [waiting.case_number]
    assert capsys.readouterr().out == "Inquiries mailed: 1.\n"
    assert [*Inquiry.objects.filter(mailed=True).order_by("pk")] == [waiting, done]
    assert fresh not in Inquiry.objects.unmailed()


def test_it_ends_with_an_error_while_mails_fail_and_lets_none_hold_up_others(refusing, monkeypatch):
    monkeypatch.setattr(handling, "AT_ONCE", 1)
    make_inquiry(make_market(inquiry_mailbox="broken@example.com"), received_at=LONG_AGO - timedelta(days=1))
    make_inquiry(make_market("de", inquiry_mailbox="med@example.com"), received_at=LONG_AGO)
    refusing.add("broken@example.com")
    with pytest.raises(CommandError, match="not be mailed: 1"):
        call_command("resend_inquiries")
    assert [sent.to for sent in mail.outbox] == [["med@example.com"]]


def test_it_does_not_say_that_staff_have_heard_of_what_was_not_mailed(client, refusing):
    refusing.add("medinfo@aldermoor.example")
    page = content(client.get(report(client)["Location"]))
    assert "hears of it at once" not in page
    assert "Your report is stored" in page


@pytest.mark.parametrize("broken", [(email, "render_to_string"), (groups, "told"), (ratelimit, "safety_mail")])
def test_nothing_that_fails_after_storing_makes_a_visitor_send_again(client, monkeypatch, broken):
    def fail(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(*broken, fail)
    assert "case=" in report(client)["Location"]
    assert not Inquiry.objects.get().mailed


def test_a_failing_note_makes_no_visitor_send_again(client, monkeypatch):
    def fail(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(handling, "_note", fail)
    assert "case=" in send(client)["Location"]
    assert Inquiry.objects.count() == 1


def test_it_stores_every_report_but_mails_only_so_many_one_by_one(client):
    make_market(inquiry_mailbox="med@example.com", safety_mailbox="safety@example.com")
    for number in range(63):
        assert report(client, question=f"Report {number}").status_code == 302
    assert Inquiry.objects.count() == 63
    assert Inquiry.objects.filter(mailed=True).count() == 60
    notices = [sent for sent in mail.outbox if "more reports wait" in sent.subject]
    assert [sent.to for sent in notices] == [["med@example.com"]]
    first = Inquiry.objects.filter(mailed=False).earliest("received_at")
    assert re.search(rf"the first is {first.case_number}\.", notices[0].body)


def test_it_refuses_a_flood_of_reports_but_keeps_the_text(client, monkeypatch):
    monkeypatch.setattr(ratelimit, "safety_report", lambda _request: False)
    response = report(client)
    assert response.status_code == 429
    assert "She fainted after the dose.</textarea>" in content(response)
