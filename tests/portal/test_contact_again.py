"""What is sent twice is one inquiry; and what is like it is another."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.contact import handling
from portal.contact.models import Inquiry
from portal.lib import ratelimit
from tests.portal.contacting import make_inquiry, report, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("post", [send, report])
def test_it_takes_the_second_press_of_the_button_for_the_first(client, post):
    first = post(client)["Location"]
    sent = len(mail.outbox)
    second = post(client)["Location"]
    assert first.rpartition(":")[0].rpartition(":")[0] == second.rpartition(":")[0].rpartition(":")[0]
    assert Inquiry.objects.count() == 1
    assert len(mail.outbox) == sent


@pytest.mark.parametrize(
    "changes",
    [{"email": "kim@example.org"}, {"question": "He fainted."}, {"lot_number": "A1"}, {"topic": "product-complaint"}],
)
def test_it_takes_a_report_that_says_something_else_for_another(client, changes):
    report(client)
    report(client, **changes)
    assert Inquiry.objects.count() == 2


def test_it_takes_no_report_without_an_address_for_the_same(client):
    for _ in range(2):
        report(client, email="", may_contact="no")
    assert Inquiry.objects.count() == 2


@pytest.mark.parametrize(("minutes", "same"), [(9, True), (11, False)])
def test_it_takes_the_same_words_for_the_same_within_ten_minutes(minutes, same):
    before = make_inquiry(received_at=timezone.now() - timedelta(minutes=minutes))
    again = Inquiry.objects.get(pk=before.pk)
    again.pk, again.received_at = None, timezone.now()
    assert (handling.earlier(again) == before) == same


def test_it_leads_to_the_first_case_though_no_more_may_be_sent(client, monkeypatch):
    send(client)
    monkeypatch.setattr(ratelimit, "contact_form", lambda _request: False)
    assert "case=" in send(client)["Location"]
