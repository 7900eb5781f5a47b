"""Mails that templates make."""

import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from portal.contact.models import Inquiry
from portal.lib import email
from tests.factories import make_drug, make_faq, make_market

pytestmark = pytest.mark.django_db


def make_inquiry(**changes):

    fields = {
        "market": make_market(),
        "topic": "medical-question",
        "question": "Is <5 °C & dark needed?",
        "profession": "nurse",
        "name": "Pat O'Doe",
        "email": "pat@example.org",
        **changes,
    }
    return Inquiry.objects.create(**fields)


def test_it_sends_a_subject_and_a_text():
    inquiry = make_inquiry()
    assert email.send("inquiry", {"inquiry": inquiry}, ["medinfo@example.org"], reply_to=["pat@example.org"])
    [sent] = mail.outbox
    assert sent.subject == f"{inquiry.case_number}: A medical question"
    assert (sent.to, sent.reply_to) == (["medinfo@example.org"], ["pat@example.org"])
    assert "Is <5 °C & dark needed?" in sent.body


def test_it_escapes_nothing_in_a_mail():
    inquiry = make_inquiry(drug=make_drug(name="Salt & 'Sugar' <forte>"))
    email.send("inquiry", {"inquiry": inquiry}, ["medinfo@example.org"])
    assert mail.outbox[0].subject.endswith(", Salt & 'Sugar' <forte>")
    assert "Pat O'Doe" in mail.outbox[0].body


def test_it_keeps_a_subject_on_one_line():
    inquiry = make_inquiry(drug=make_drug(name="Line\nBcc: all@example.org"))
    email.send("inquiry", {"inquiry": inquiry}, ["medinfo@example.org"])
    assert mail.outbox[0].subject.endswith("Line Bcc: all@example.org")


def test_it_names_the_answer_that_the_question_follows():
    email.send("inquiry", {"inquiry": make_inquiry(about=make_faq(content_id="US_1"))}, ["medinfo@example.org"])
    assert "From answer:   US_1" in mail.outbox[0].body


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected("x")])
def test_it_survives_a_mail_server_that_is_down(monkeypatch, caplog, error):
    def fail(_message, **_options):
        raise error

    monkeypatch.setattr(EmailMessage, "send", fail)
    assert not email.send("inquiry", {"inquiry": make_inquiry()}, ["medinfo@example.org"])
    assert "'inquiry' could not be sent" in caplog.text
