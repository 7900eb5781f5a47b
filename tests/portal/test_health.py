"""What monitoring asks, and what visitors see while the database is away."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from faq import publishing
from faq.search.meaning import model
from faq.search.models import SearchEntry
from portal import health
from tests import cast
from tests.factories import make_market, make_published

pytestmark = pytest.mark.django_db

OFF = "off: switched off by SEARCH_MEANING"


@contextmanager
def database_down():
    def refuse(*_arguments):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        yield


def test_it_says_that_the_process_is_up_even_without_a_database(client):
    with database_down():
        response = client.get("/healthz")
    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert response["Cache-Control"] == "no-store"


def test_it_is_ready_when_all_is_well(client):
    make_published()
    response = client.get("/readyz")
    checks = {"database": "ok", "migrations": "ok", "search": "ok"}
    told = {"meaning": OFF, "chores": "off: switched off by CLOCK", "safety": "ok"}
    assert response.json() == {"ready": True, **checks, **told}
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


def test_it_is_not_ready_without_a_database(client):
    with database_down():
        response = client.get("/readyz")
    assert response.status_code == 503
    unreadable = {"database": "cannot be read: OperationalError", "meaning": OFF}
    assert response.json() == {"ready": False, **unreadable, "chores": "unknown", "safety": "unknown"}


@pytest.mark.parametrize("check", ["_migrations", "_search"])
def test_it_is_not_ready_when_the_database_goes_away_between_two_checks(client, monkeypatch, check):
    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(health, check, fail)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (503, False)


def test_it_is_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("a migration", False)])
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "1 not applied to default"


def test_it_is_not_ready_when_the_index_lacks_an_answer(client):
    make_published()
    SearchEntry.objects.all().delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["search"] == "1 published answers are not indexed, 0 entries are stale"


def test_it_is_not_ready_when_the_index_holds_what_is_not_published(client):
    version = make_published()
    kept = SearchEntry.objects.get()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    kept.save(force_insert=True)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["search"] == "0 published answers are not indexed, 1 entries are stale"


def test_it_looks_at_the_newest_answers_only_and_says_so(client, monkeypatch):
    monkeypatch.setattr(health, "LOOKED_AT", 2)
    versions = [make_published() for _ in range(3)]
    SearchEntry.objects.filter(version=versions[0]).delete()
    assert client.get("/readyz").json()["search"] == "ok"
    SearchEntry.objects.all().delete()
    missing = "2 or more published answers are not indexed, 0 entries are stale"
    assert client.get("/readyz").json()["search"] == missing


def test_it_asks_nothing_that_grows_with_the_number_of_answers(client):
    make_published()
    with CaptureQueriesContext(connection) as captured:
        client.get("/readyz")
    asked = [query["sql"] for query in captured if "search_searchentry" in query["sql"]]
    assert len(asked) == 2
    assert all("LIMIT 1000" in sql for sql in asked)


def test_it_says_whether_search_goes_by_meaning_and_is_ready_either_way(client, monkeypatch):
    monkeypatch.setattr(model, "state", lambda: model.State(True, "on: all-MiniLM-L6-v2"))
    response = client.get("/readyz")
    assert (response.json()["meaning"], response.status_code) == ("on: all-MiniLM-L6-v2", 200)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_takes_no_form(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/us/", "/us/contact/", "/us/search/?q=a", "/sitemap.xml"])
def test_it_answers_a_page_with_503_while_the_database_is_away(client, path):
    make_market()
    with database_down():
        response = client.get(path)
    assert response.status_code == 503
    assert "Please try again in a minute" in response.content.decode()
    assert (response["Retry-After"], response["Cache-Control"]) == ("30", "no-store")


def test_it_answers_a_form_with_503_while_the_database_is_away(client):
    make_market()
    with database_down():
        response = client.post("/us/contact/", {"question": "x"})
    assert response.status_code == 503
    assert "please send it again" in response.content.decode()


def test_it_answers_an_unknown_address_without_the_database(client):
    with database_down():
        response = client.get("/a/b/c/d")
    assert response.status_code == 404
    assert "Nothing is published at this address" in response.content.decode()
