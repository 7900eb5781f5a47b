"""Signing in, for markets that ask for an account."""

import pytest

from tests import cast
from tests.factories import make_market

pytestmark = pytest.mark.django_db


def reader():
    user = cast.author()
    user.set_password("a long enough secret")
    user.save()
    return user


def test_it_leads_to_the_page_that_was_wanted(client):
    make_market()
    words = {"username": reader().username, "password": "a long enough secret", "next": "/us/science/"}
    response = client.post("/accounts/sign-in/", words)
    assert (response.status_code, response["Location"]) == (302, "/us/science/")


def test_it_leads_to_no_other_site(client):
    make_market()
    words = {"username": reader().username, "password": "a long enough secret", "next": "https://evil.example/"}
    assert client.post("/accounts/sign-in/", words)["Location"] == "/us/"


def test_it_speaks_the_language_of_the_market_that_was_wanted(client):
    make_market()
    make_market(code="de", is_default=False, language_tag="de-DE")
    page = client.get("/accounts/sign-in/?next=/de/science/").content.decode()
    assert '<html lang="de-DE">' in page
    assert 'value="/de/science/"' in page


def test_it_says_that_name_and_password_do_not_fit(client):
    make_market()
    response = client.post("/accounts/sign-in/", {"username": "nobody", "password": "wrong", "next": "/us/"})
    assert b'role="alert"' in response.content
    assert b'aria-invalid="true"' in response.content


def test_it_stops_whoever_guesses(client):
    make_market()
    words = {"username": "nobody", "password": "wrong", "next": "/us/"}
    statuses = [client.post("/accounts/sign-in/", words).status_code for _ in range(21)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_it_ends_the_session(client):
    make_market()
    client.force_login(reader())
    assert b"You are signed in" in client.get("/accounts/sign-in/").content
    response = client.post("/accounts/sign-out/", {"next": "/us/"})
    assert response["Location"] == "/us/"
    assert "_auth_user_id" not in client.session
