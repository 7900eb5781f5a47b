"""What becomes of an inquiry: how it is mailed, and who answered it."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import translation

from portal.contact import handling
from portal.contact.models import Inquiry
from tests import cast
from tests.factories import make_market
from tests.portal.contacting import make_inquiry, receive, send

pytestmark = pytest.mark.django_db


def test_it_tells_staff_all_that_was_said_and_nothing_that_was_not():
    told = {"indication": "Migraine & aura", "concerns_patient": False, "urgency": "urgent", "specialty": ""}
    inquiry = make_inquiry(received_at=datetime(2026, 3, 4, 12, 30, tzinfo=UTC), **told)
    receive(inquiry)
    sent = mail.outbox[0]
    assert sent.subject == f"{inquiry.case_number}: Urgent: A medical question"
    for line in ("Indication or use in question: Migraine & aura", "About a particular patient: No", "Name: Pat Doe"):
        assert f"  {line}\n" in sent.body
    assert "Received at: 2026-03-04T12:30:00+00:00" in sent.body
    assert "Specialty" not in sent.body


def test_it_tells_staff_in_their_own_language_whatever_the_visitors_is():
    inquiry = make_inquiry(make_market("de", language_tag="de-DE"), profession="physician")
    with translation.override("de"):
        receive(inquiry)
    assert "  Profession: Physician\n" in mail.outbox[0].body


def test_it_keeps_and_acknowledges_an_inquiry_whatever_happens_to_its_mail(client, monkeypatch):
    def fail(*_args, **_kwargs):
        raise ValueError("a mail library broke")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert "case=" in send(client)["Location"]
    assert not Inquiry.objects.get().mailed


def test_it_keeps_the_question_when_no_mail_server_answers(client, monkeypatch):
    def fail(_message, **_options):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", fail)
    assert send(client).status_code == 302
    assert Inquiry.objects.get().mailed is False


def test_it_notes_who_answered_and_only_once():
    inquiry = make_inquiry(make_market())
    assert handling.mark_answered([inquiry], by=cast.inquiry_handler()) == 1
    assert handling.mark_answered([inquiry], by=cast.administrator()) == 0
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.answered_by) == ("answered", cast.inquiry_handler())
