"""A visitor is recognised for the rest of the day, and by nobody afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from faq.models import Feedback, Tally
from portal.lib import daysalt
from portal.retention import applying
from tests.factories import make_published
from tests.faq.feedbacking import vote

pytestmark = pytest.mark.django_db


def tomorrow(monkeypatch):
    monkeypatch.setattr(daysalt, "today", lambda: datetime.now(UTC).date() + timedelta(days=1))


def votes():
    return Feedback.objects.count()


def test_another_browser_at_the_same_address_is_another_visitor(client):
    version = make_published()
    vote(client, version)
    vote(client, version, headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"})
    vote(client, version, headers={"accept-language": "fr"})
    assert votes() == 3
    assert Feedback.objects.values("origin").distinct().count() == 1


def test_the_same_browser_at_another_address_is_another_visitor(client):
    version = make_published()
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1"):
        vote(client, version, address=address)
    assert votes() == 2


def test_all_addresses_that_one_line_has_are_one_visitor(client):
    version = make_published()
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff:abcd:1:2"):
        vote(client, version, address=address)
    assert votes() == 1
    vote(client, version, address="2001:db8:1:3::1")
    assert votes() == 2


def test_two_people_with_one_kind_of_browser_behind_one_address_share_a_vote(client):
    version = make_published()
    vote(client, version, "yes")
    vote(client, version, "no")
    assert Feedback.objects.get().satisfied is False


def test_the_next_day_nobody_is_recognised(client, monkeypatch):
    version = make_published()
    vote(client, version)
    tomorrow(monkeypatch)
    vote(client, version)
    assert votes() == 2
    assert Feedback.objects.values("visitor").distinct().count() == 2


def test_what_visitors_of_earlier_days_were_recognised_by_is_emptied(client):
    version = make_published()
    vote(client, version)
    vote(client, version, address="192.0.2.9")
    before = datetime.combine(datetime.now(UTC).date(), datetime.min.time(), UTC) - timedelta(seconds=1)
    old = Feedback.objects.earliest("pk")
    Feedback.objects.filter(pk=old.pk).update(given_at=before)
    assert applying.apply()["vote-digests"] == 1
    assert applying.apply()["vote-digests"] == 0
    old.refresh_from_db()
    assert (old.visitor, old.origin) == (None, None)
    assert Feedback.objects.exclude(pk=old.pk).get().visitor
    assert Tally.objects.get(standing="counted").number == 2


def test_salts_of_earlier_days_are_deleted(client, monkeypatch):
    vote(client, make_published())
    assert daysalt.forget() == 0
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO lib_daysalt (day, salt) VALUES ('2026-01-01', %s)", [b"s" * 32])
    assert daysalt.forget() == 1
    tomorrow(monkeypatch)
    assert daysalt.forget() == 1


def test_a_day_ends_at_midnight_by_utc():
    assert daysalt.today() == timezone.now().astimezone(UTC).date()
    assert isinstance(daysalt.today(), date)
