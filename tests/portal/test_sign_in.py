"""Signing in, for markets that ask for an account."""

import pytest
from django.db import connection
from django.template.loader import render_to_string

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


WRONG = "wrong"


def attempt(client, name="nobody", password=WRONG, path="/accounts/sign-in/", address="192.0.2.1"):
    words = {"username": name, "password": password, "next": "/us/"}
    return client.post(path, words, REMOTE_ADDR=address)


def test_it_stops_whoever_guesses_the_password_of_one_person(client):
    make_market()
    name = reader().username
    statuses = [attempt(client, name.upper(), address=f"192.0.2.{number}").status_code for number in range(11)]
    assert statuses == [200] * 10 + [429]
    stopped = attempt(client, name, "a long enough secret", address="192.0.2.99")
    assert stopped.status_code == 429
    assert b"Too many attempts failed" in stopped.content
    assert attempt(client, "somebody else").status_code == 200


def test_it_stops_an_address_that_tries_many_names(client):
    make_market()
    statuses = [attempt(client, f"name-{number}").status_code for number in range(61)]
    assert statuses == [200] * 60 + [429]
    assert attempt(client, "name-99", address="192.0.2.2").status_code == 200


def test_it_counts_no_success(client):
    make_market()
    name = reader().username
    for _ in range(12):
        assert attempt(client, name, "a long enough secret").status_code == 302
    assert stored_hits() == []


def stored_hits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT hits FROM lib_ratelimit")
        return cursor.fetchall()


def test_the_admin_counts_with_it(client):
    make_market()
    name = reader().username
    for _ in range(10):
        assert b"Too many attempts" not in attempt(client, name, path="/admin/login/").content
    stopped = attempt(client, name, "a long enough secret", path="/admin/login/")
    assert b"Too many attempts failed" in stopped.content
    assert "_auth_user_id" not in client.session
    assert attempt(client, name, "a long enough secret").status_code == 429


def test_the_admin_lets_staff_in_and_nobody_else(client):
    reader()
    cast.stranger()
    assert b"errornote" in attempt(client, "finn", cast.PASSWORD, path="/admin/login/").content
    assert attempt(client, "ada", "a long enough secret", path="/admin/login/").status_code == 302


def test_a_session_without_staff_rights_ends_with_the_browser(client):
    make_market()
    cast.stranger()
    attempt(client, "finn", cast.PASSWORD)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    attempt(client, reader().username, "a long enough secret")
    assert not client.session.get_expire_at_browser_close()


def test_the_part_for_pages_names_who_is_signed_in_and_signs_out(rf):
    request = rf.get("/us/")
    page = render_to_string("accounts/_signed_in.html", {"user": reader(), "market": make_market()}, request)
    assert "Signed in as ada" in page
    assert 'method="post" action="/accounts/sign-out/"' in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_it_ends_the_session(client):
    make_market()
    client.force_login(reader())
    assert b"You are signed in" in client.get("/accounts/sign-in/").content
    response = client.post("/accounts/sign-out/", {"next": "/us/"})
    assert response["Location"] == "/us/"
    assert "_auth_user_id" not in client.session
