"""Every remark is screened as it is stored, and one that may speak of harm starts the clock."""

import pytest
from django.core import mail

from faq import free_texts, publishing, voting
from faq.models import Remark
from portal.safety.models import SafetyFlag
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.feedbacking import HARM, say, voted

pytestmark = pytest.mark.django_db


def test_a_remark_about_harm_raises_a_flag(client):
    version = make_published()
    say(client, voted(client, version), HARM)
    flag, remark = SafetyFlag.objects.get(), Remark.objects.get()
    assert flag.is_raised
    assert flag.source == remark
    assert (flag.market, flag.products, flag.received_at) == (
        version.faq.market,
        [version.faq.drug.name],
        remark.written_at,
    )
    assert any("seizure" in cause["words"].lower() for cause in flag.causes)


def test_a_remark_that_is_content_is_screened_and_raises_nothing(client):
    say(client, voted(client, make_published()), "thanks, very clear")
    flag = SafetyFlag.objects.get()
    assert not flag.is_raised
    assert flag.due_at is None


def test_no_remark_is_without_a_flag_and_none_has_two(client):
    token = voted(client, make_published())
    for text in (HARM, HARM, "It is short.", ""):
        say(client, token, text)
    assert SafetyFlag.objects.count() == Remark.objects.count() == 2
    assert not free_texts.REMARK.unflagged().exists()


def test_harm_is_told_of_by_a_link_though_the_answer_is_withdrawn(client, django_capture_on_commit_callbacks):
    market = make_market("us", safety_mailbox="safety@aldermoor.example")
    version = make_published(make_faq(make_drug(market)))
    token = voted(client, version)
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    with django_capture_on_commit_callbacks(execute=True):
        say(client, token, HARM)
    [message] = [message for message in mail.outbox if "safety@aldermoor.example" in message.to]
    assert "/admin/safety/safetyflag/" in message.body
    assert "seizure" not in message.body


def test_harm_in_a_vote_that_looks_like_a_program_s_is_flagged_too(client):
    say(client, voted(client, make_published(), leave_empty="x"), HARM)
    assert SafetyFlag.objects.get().is_raised


def test_a_screen_that_fails_loses_no_words(client, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("portal.safety.receiving.screen", fail)
    say(client, voted(client, make_published()), HARM)
    assert Remark.objects.get().text == HARM
    assert SafetyFlag.objects.get().is_raised


def test_what_was_refused_raises_nothing(client, monkeypatch):
    monkeypatch.setattr(voting, "REMARKS", 0)
    say(client, voted(client, make_published()), HARM)
    assert not SafetyFlag.objects.exists()
