"""What the sender of a report adds to it later: once, within three days, and never lost."""

import time
from unittest import mock

import pytest
from django.core import mail

from portal.contact import handling
from portal.contact.models import Inquiry
from portal.lib import ratelimit
from tests import cast
from tests.factories import make_market
from tests.portal.contacting import ADDRESS, DETAILS, content, make_inquiry, report, send

pytestmark = pytest.mark.django_db

DAY = 86_400
BUTTON = "Add to my report</button>"


def sent_case(client):
    return report(client)["Location"].partition("case=")[2]


def add(client, case, headers=None, **changes):
    return client.post("/us/contact/", {"case": case, **changes}, headers=headers)


def later(days):
    return mock.patch("time.time", return_value=time.time() + days * DAY)


def test_it_says_what_is_wrong_with_an_addition_and_loses_none_of_it(client):
    case = sent_case(client)
    response = client.post("/us/contact/", {"case": case, **DETAILS, "lot_number": "x" * 41})
    assert response.status_code == 422
    page = content(response)
    assert "<title>Error:" in page
    assert 'href="#id_lot_number"' in page
    assert f'value="{"x" * 41}"' in page
    assert '<option value="adult" selected>' in page
    assert Inquiry.objects.get().outcome == ""


@pytest.mark.parametrize("case", ["", "US-2026-000001", "US-2026-000001:forged", "\x00"])
def test_it_adds_to_no_report_whose_number_it_did_not_give(client, case):
    report(client)
    response = client.post("/us/contact/", {"case": case, **DETAILS})
    assert response["Location"] == "/us/contact/"
    assert Inquiry.objects.get().lot_number == ""


def test_it_takes_no_addition_that_says_nothing(client):
    case = sent_case(client)
    before = len(mail.outbox)
    response = add(client, case, onset="  ", may_contact="")
    assert response.status_code == 422
    assert "all of it is empty" in content(response).partition('id="errors"')[2]
    assert len(mail.outbox) == before


def test_it_lets_a_report_be_added_to_once_and_shows_what_it_did_not_take(client):
    case = sent_case(client)
    add(client, case, lot_number="A1")
    response = add(client, case, lot_number="B2")
    assert response.status_code == 409
    assert 'value="B2"' in content(response)
    assert "Something else was added" in content(response)
    assert BUTTON not in content(response)
    assert Inquiry.objects.get().lot_number == "A1"


def test_it_says_the_same_to_whoever_presses_the_button_twice(client):
    case = sent_case(client)
    first, second = add(client, case, lot_number="A1"), add(client, case, lot_number="A1")
    assert (first.status_code, second.status_code) == (302, 302)


def test_it_looks_again_before_it_stores_an_addition():
    inquiry = make_inquiry(topic="adverse-event")
    added = {**dict.fromkeys(DETAILS, ""), "may_contact": None}
    assert handling.complete(inquiry, {**added, "lot_number": "A1"}, address=ADDRESS)
    assert not handling.complete(inquiry, {**added, "lot_number": "B2"}, address=ADDRESS)
    assert Inquiry.objects.get().lot_number == "A1"


@pytest.mark.parametrize(("days", "status"), [(2.9, 302), (3.1, 410)])
def test_it_takes_additions_for_three_days_and_loses_none_after_them(client, days, status):
    make_market(safety_phone="1-800-555-0199")
    case = sent_case(client)
    with later(days):
        response = add(client, case, lot_number="A1")
    assert response.status_code == status
    if status == 410:
        for words in ('value="A1"', "more than three days old", "1-800-555-0199"):
            assert words in content(response)
        assert BUTTON not in content(response)


def test_it_gives_no_more_time_to_whoever_looks_at_the_page_again(client):
    case = sent_case(client)
    with later(2):
        page = content(client.get("/us/contact/", {"case": case}))
    assert f'name="case" value="{case}"' in page
    with later(4):
        page = content(client.get("/us/contact/", {"case": case}))
    assert "nothing more can be added here" in page
    assert BUTTON not in page


def test_it_limits_additions_and_keeps_their_text(client, monkeypatch):
    case = sent_case(client)
    monkeypatch.setattr(ratelimit, "report_addition", lambda _request: False)
    response = add(client, case, lot_number="A1")
    assert response.status_code == 429
    assert 'value="A1"' in content(response)
    assert BUTTON in content(response)


def test_it_hands_an_addition_from_elsewhere_back_to_be_sent_from_here(client):
    case = sent_case(client)
    response = add(client, case, lot_number="A<1>", headers={"sec-fetch-site": "cross-site"})
    assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
    for words in ('value="A&lt;1&gt;"', "a page outside this site", BUTTON, "<title>Not added:"):
        assert words in content(response)
    assert Inquiry.objects.get().lot_number == ""


def test_an_answered_report_is_new_again_when_its_sender_adds_to_it(client):
    case = sent_case(client)
    handler = cast.inquiry_handler()
    handling.mark_answered([Inquiry.objects.get()], by=handler)
    add(client, case, lot_number="A1")
    inquiry = Inquiry.objects.get()
    assert (inquiry.state, inquiry.answered_by, inquiry.answered_at) == ("new", None, None)
    assert f"Marked as answered by {handler}" in inquiry.note
    assert inquiry.note in mail.outbox[-1].body
    client.force_login(handler)
    assert "so it is new again" in content(client.get(f"/admin/contact/inquiry/{inquiry.pk}/change/"))


def test_it_adds_nothing_to_a_question(client):
    case = send(client)["Location"].partition("case=")[2]
    assert add(client, case, lot_number="A1").status_code == 409
    assert Inquiry.objects.get().lot_number == ""
