"""What becomes of an inquiry: to whom it is mailed, and who answered it."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from portal.contact import handling
from portal.contact.models import Inquiry
from tests import cast
from tests.factories import make_market
from tests.portal.contacting import make_inquiry, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("topic", "sent_to"),
    [("medical-question", ["med"]), ("adverse-event", ["med", "safety"]), ("product-complaint", ["med", "safety"])],
)
def test_it_tells_the_safety_team_of_what_may_concern_it(client, topic, sent_to):
    make_market(inquiry_mailbox="med@example.com", safety_mailbox="safety@example.com")
    send(client, topic=topic)
    assert mail.outbox[0].to == [f"{box}@example.com" for box in sent_to]


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
