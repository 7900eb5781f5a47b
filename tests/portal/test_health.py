"""What monitoring asks, and what visitors see while the database is away."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from faq.search.models import SearchEntry
from portal import health
from tests.factories import make_market, make_published

pytestmark = pytest.mark.django_db


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
    assert response.json() == {"ready": True, "database": "ok", "migrations": "ok", "search": "ok"}
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


def test_it_is_not_ready_without_a_database(client):
    with database_down():
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": "cannot be read: OperationalError"}


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
