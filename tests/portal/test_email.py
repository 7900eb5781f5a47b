"""Mails that templates make."""

import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from portal.contact import groups
from portal.lib import email
from tests.factories import make_drug, make_faq
from tests.portal.contacting import make_inquiry

pytestmark = pytest.mark.django_db

SAID = {"question": "Is <5 °C & dark needed?", "name": "Pat O'Doe"}


def send(inquiry, **options):
    context = {"inquiry": inquiry, "groups": groups.told(inquiry)}
    return email.send("inquiry", context, ["medinfo@example.org"], **options)


def test_it_sends_a_subject_and_a_text():
    inquiry = make_inquiry(**SAID)
    assert send(inquiry, reply_to=["pat@example.org"])
    [sent] = mail.outbox
    assert sent.subject == f"{inquiry.case_number}: A medical question"
    assert (sent.to, sent.reply_to) == (["medinfo@example.org"], ["pat@example.org"])
    assert "Is <5 °C & dark needed?" in sent.body


def test_it_escapes_nothing_in_a_mail():
    send(make_inquiry(drug=make_drug(name="Salt & 'Sugar' <forte>"), **SAID))
    assert mail.outbox[0].subject.endswith(", Salt & 'Sugar' <forte>")
    assert "Pat O'Doe" in mail.outbox[0].body


def test_it_keeps_a_subject_on_one_line():
    send(make_inquiry(drug=make_drug(name="Line\nBcc: all@example.org")))
    assert mail.outbox[0].subject.endswith("Line Bcc: all@example.org")


def test_it_names_the_answer_that_the_question_follows():
    send(make_inquiry(about=make_faq(content_id="US_1")))
    assert "Sent from the answer: US_1" in mail.outbox[0].body


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected("x")])
def test_it_survives_a_mail_server_that_is_down(monkeypatch, caplog, error):
    def fail(_message, **_options):
        raise error

    monkeypatch.setattr(EmailMessage, "send", fail)
    assert not send(make_inquiry())
    assert "'inquiry' could not be sent" in caplog.text
