"""What the sender of an inquiry learns: the page and the mail that follow it."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import DatabaseError

from portal.contact.models import Inquiry
from portal.lib import ratelimit
from tests.factories import make_drug, make_market
from tests.portal.contacting import REPORT, SAID, content, make_inquiry, make_topic, receive, report, send

pytestmark = pytest.mark.django_db


def thanks(client, **changes):
    return content(client.get(send(client, **changes)["Location"]))


def test_it_shows_case_topic_and_when_to_expect_an_answer(client):
    make_topic(name="A question & more", reply_within="two business days")
    page = thanks(client)
    assert f'<strong class="code">{Inquiry.objects.get().case_number}</strong>' in page
    assert "<dd>A question &amp; more</dd>" in page
    assert "<dd>two business days</dd>" in page
    assert "An e-mail with your case number is on its way to you." in page
    assert SAID["question"] not in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "answers to the e-mail address that you gave"),
        ({"reply_by": "phone"}, "calls you at the number that you gave"),
        ({"topic": "adverse-event", "email": ""}, "calls you at the number that you gave"),
        ({"topic": "adverse-event", "may_contact": "no"}, "As you wished, nobody contacts you."),
    ],
)
def test_it_says_how_the_answer_comes(client, changes, words):
    make_topic(reply_within="two business days")
    make_topic("adverse-event", reply_within="two business days")
    page = thanks(client, **changes)
    assert words in page
    assert ("two business days" in page) == (changes.get("may_contact") != "no")


def test_it_confirms_by_mail_without_a_word_of_the_visitors():
    market = make_market(safety_phone="1-800-555-0199", organisation="Aldermoor & Sons")
    make_topic(mailbox="topic@example.com", reply_within="two business days")
    inquiry = make_inquiry(market, drug=make_drug(name="Corvadune"), indication="Migraine")
    receive(inquiry)
    sent = mail.outbox[1]
    assert (sent.to, sent.reply_to) == (["pat@example.org"], ["topic@example.com"])
    for words in (inquiry.case_number, "A medical question", "two business days", "1-800-555-0199", "Aldermoor & Sons"):
        assert words in sent.subject + sent.body
    for words in (*SAID.values(), "Corvadune", "Migraine"):
        assert words not in sent.subject + sent.body
    assert inquiry.case_number in sent.subject


def test_it_confirms_after_the_inquiry_is_stored_and_notes_it(client, monkeypatch):
    stored = []
    monkeypatch.setattr(EmailMessage, "send", lambda _message: stored.append(Inquiry.objects.count()) or 1)
    send(client)
    assert stored == [1, 1]
    assert Inquiry.objects.get().acknowledged


def test_it_loses_nothing_when_the_confirmation_cannot_be_sent(client, monkeypatch):
    def fail_for_visitors(message, **_options):
        if message.to == ["pat@example.org"]:
            raise ConnectionRefusedError
        return 1

    monkeypatch.setattr(EmailMessage, "send", fail_for_visitors)
    page = thanks(client)
    inquiry = Inquiry.objects.get()
    assert (inquiry.mailed, inquiry.acknowledged) == (True, False)
    assert "on its way" not in page


def test_it_loses_nothing_when_the_database_fails_after_storing(client, monkeypatch):
    def fail(*_arguments):
        raise DatabaseError

    monkeypatch.setattr(ratelimit, "acknowledgement", fail)
    assert "case=" in send(client)["Location"]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("changes", [{"email": ""}, {"email": "pat@example.org", "may_contact": "no"}])
def test_it_writes_to_nobody_who_gave_no_address_or_wants_no_mail(client, changes):
    report(client, phone="1", **changes)
    [sent] = mail.outbox
    assert "pat@example.org" not in sent.to
    assert sent.reply_to == ([changes["email"]] if changes["email"] else [])


def confirmed():
    return [sent.to[0] for sent in mail.outbox if sent.subject.startswith("We have received")]


def test_it_sends_few_confirmations_for_one_network_address(client):
    for number in range(22):
        report(client, email=f"stranger-{number}@example.org")
    assert len(confirmed()) == 20
    assert Inquiry.objects.count() == 22


def test_it_floods_no_mailbox_with_confirmations(client):
    spellings = ("victim@example.org", "Victim@example.org", "victim+a@example.org")
    for number in range(5):
        report(client, email=spellings[number % 3], question=f"Report {number}")
    report(client, email="other@example.org")
    assert confirmed() == [*spellings, "other@example.org"]
    assert Inquiry.objects.filter(acknowledged=True).count() == 4
    assert Inquiry.objects.count() == 6


def test_it_hands_a_form_of_another_site_back_to_be_sent_from_here(client):
    make_market()
    sent = {**REPORT, "question": "She <fainted>."}
    response = client.post("/us/contact/", sent, headers={"sec-fetch-site": "cross-site"})
    assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
    assert "She &lt;fainted&gt;.</textarea>" in content(response)
    assert re.search("<title>Not sent yet:", content(response))
    assert not Inquiry.objects.exists()
    assert not mail.outbox


def test_it_says_to_machines_that_a_machine_wrote_it():
    make_topic()
    receive(make_inquiry(make_market()))
    to_staff, to_sender = mail.outbox
    assert "Auto-Submitted" not in to_staff.extra_headers
    assert to_sender.extra_headers == {"Auto-Submitted": "auto-replied"}


@pytest.mark.parametrize(("topic", "phone"), [("medical-question", "555-0101"), ("adverse-event", "555-0202")])
def test_it_names_the_number_of_those_who_read_it(client, topic, phone):
    make_market(medical_phone="555-0101", safety_phone="555-0202")
    make_topic(topic)
    page = thanks(client, topic=topic)
    assert re.search(rf"If it cannot wait, call <a[^>]*>{phone}</a>\.", page)
    assert f"If it cannot wait, call {phone}." in mail.outbox[-1].body
