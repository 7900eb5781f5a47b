"""What becomes of a visitor's text as it is stored."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from portal.chrome.models import OpeningHours
from portal.contact import free_texts
from portal.contact.choices import Outcome
from portal.contact.models import Inquiry
from portal.safety import receiving
from portal.safety.models import SafetyFlag
from portal.safety.receiving import receive_from
from tests.factories import make_drug, make_market
from tests.portal.contacting import DETAILS, content, make_inquiry, report, send
from tests.portal.flagging import HARM, HARMLESS, make_flag

pytestmark = pytest.mark.django_db


def flag():
    return SafetyFlag.objects.get()


def test_an_inquiry_that_speaks_of_harm_is_raised_by_the_screen(client):
    send(client, question=HARM)
    assert (flag().source, flag().kind, flag().level, flag().raised_by) == (
        Inquiry.objects.get(),
        "inquiry",
        "likely",
        "screen",
    )
    assert "fainted" in [cause["words"] for cause in flag().causes]
    assert flag().received_at == Inquiry.objects.get().received_at


def test_an_inquiry_that_does_not_has_a_flag_without_a_clock(client):
    send(client, question=HARMLESS)
    assert (flag().level, flag().raised_at, flag().due_at, flag().state) == ("unlikely", None, None, "open")


@pytest.mark.parametrize("answers", [{"topic": "product-complaint"}, {"involves_exposure": "yes"}])
def test_what_its_sender_calls_a_report_is_raised_whatever_the_screen_says(client, answers):
    send(client, question="Please call me.", **answers)
    assert (flag().level, flag().raised_by) == ("unlikely", "sender")


def test_it_is_due_by_the_calendar_of_its_market():
    market = make_market("de", time_zone="Europe/Berlin")
    OpeningHours.objects.create(market=market, weekday=1, opens=time(9), closes=time(18))
    found = make_flag(market=market, received_at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert found.due_at == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_a_death_is_due_within_24_hours_whether_it_is_told_or_chosen():
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    told = make_flag("My patient died two days after the infusion.", received_at=at)
    chosen = make_flag("Please call.", received_at=at, topic="adverse-event", outcome=Outcome.FATAL)
    for found in (told, chosen):
        assert (found.mentions_death, found.due_at) == (True, at + timedelta(hours=24))


def test_it_screens_what_else_the_sender_typed_about_the_case():
    found = make_flag("Please call me.", indication="after the first dose my patient fainted")
    assert "fainted" in [cause["words"] for cause in found.causes]


def test_it_knows_the_products_that_the_sender_named():
    drug = make_drug(name="Velbrana")
    assert make_flag(drug=drug, product_named="and another").products == ["Velbrana", "and another"]


def test_what_is_added_to_a_report_is_a_text_of_its_own(client):
    page = client.get(report(client)["Location"])
    case = page.context["case"]
    client.post("/us/contact/", {**DETAILS, "outcome": "fatal", "case": case})
    first, added = SafetyFlag.objects.order_by("pk")
    assert (first.kind, first.mentions_death) == ("inquiry", False)
    assert (added.kind, added.mentions_death, added.source) == ("addition", True, Inquiry.objects.get())
    assert added.received_at == Inquiry.objects.get().added_at


def test_a_second_press_of_the_button_flags_nothing_twice(client):
    for _ in range(2):
        send(client, question=HARM)
    assert SafetyFlag.objects.count() == Inquiry.objects.count() == 1


def test_a_text_that_cannot_be_screened_is_raised(client, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise RecursionError

    monkeypatch.setattr(receiving, "screen", fail)
    send(client, question=HARMLESS)
    assert (flag().level, flag().score, flag().raised_by) == ("likely", 100, "screen")
    assert "could not be screened" in caplog.text


def test_a_flag_that_cannot_be_made_loses_no_inquiry(client, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(SafetyFlag, "save", fail)
    assert "case=" in send(client, question=HARM)["Location"]
    assert Inquiry.objects.get().question == HARM
    assert "could not be flagged" in caplog.text


def test_the_flag_is_gone_with_the_text_that_was_not_stored():
    inquiry = make_inquiry()
    with pytest.raises(KeyError):
        _store_and_fail(inquiry)
    assert not SafetyFlag.objects.exists()


def _store_and_fail(inquiry):
    with receiving.transaction.atomic():
        receive_from(free_texts.INQUIRY, inquiry)
        raise KeyError


def test_what_has_no_words_has_a_flag_too():
    flag = receive_from(free_texts.INQUIRY, make_inquiry(question=" \n"))
    assert (flag.level, flag.is_raised) == ("unlikely", False)


def test_the_log_quotes_no_visitor_when_the_database_refuses_a_flag(caplog):
    inquiry = make_inquiry(question=HARM)
    for _ in range(2):
        receive_from(free_texts.INQUIRY, inquiry)
    assert "could not be flagged: IntegrityError" in caplog.text
    assert "fainted" not in caplog.text


def test_the_visitors_page_says_nothing_of_the_screen(client):
    page = content(client.get(send(client, question=HARM)["Location"]))
    assert "likely" not in page
    assert flag().received_at <= timezone.now()
