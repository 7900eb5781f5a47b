"""How often one address may do something."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from portal.lib import ratelimit

pytestmark = pytest.mark.django_db


def request_from(address="192.0.2.1", **headers):
    return RequestFactory().post("/", REMOTE_ADDR=address, **headers)


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, hits, expires FROM lib_ratelimit")
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("action", "limit"), [(ratelimit.contact_form, 10), (ratelimit.feedback, 60), (ratelimit.search_log, 3000)]
)
def test_it_refuses_what_goes_beyond_the_limit(action, limit):
    request = request_from()
    assert action(request)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lib_ratelimit SET hits = %s", [limit - 1])
    assert action(request)
    assert not action(request)


def test_it_notes_no_more_searches_of_a_day_than_a_disk_bears(monkeypatch):
    request, limits = request_from(), []
    monkeypatch.setattr(ratelimit, "_within", lambda action, _address, **limit: limits.append((action, limit)) or True)
    assert ratelimit.search_log(request)
    assert limits == [
        ("search-log", {"limit": 3000, "seconds": 3600}),
        ("search-log-day", {"limit": 20_000, "seconds": 86_400}),
    ]


def test_it_counts_addresses_and_actions_apart():
    for _ in range(10):
        ratelimit.contact_form(request_from())
    assert not ratelimit.contact_form(request_from())
    assert ratelimit.contact_form(request_from("192.0.2.2"))
    assert ratelimit.feedback(request_from())


def test_it_begins_anew_with_the_next_hour(monkeypatch):
    for _ in range(11):
        ratelimit.contact_form(request_from())

    class NextHour(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(hours=1)

    assert not ratelimit.contact_form(request_from())
    monkeypatch.setattr(ratelimit, "datetime", NextHour)
    assert ratelimit.contact_form(request_from())


def test_it_stores_no_address():
    ratelimit.feedback(request_from("203.0.113.77"))
    [(key, hits, _)] = stored()
    assert len(key) == 64
    assert hits == 1
    assert "203.0.113.77" not in key


def test_it_forgets_what_expired():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO lib_ratelimit (key, hits, expires) VALUES ('old', 99, 1)")
    ratelimit.feedback(request_from())
    assert "old" not in [key for key, _, _ in stored()]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 203.0.113.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, " , ,", "192.0.2.1"),
    ],
)
def test_it_believes_only_as_many_proxies_as_are_trusted(settings, proxies, forwarded, seen):
    settings.TRUSTED_PROXIES = proxies
    assert ratelimit.client_address(request_from(HTTP_X_FORWARDED_FOR=forwarded)) == seen
