"""Privacy choices: what is asked, what becomes of an answer, and that nothing happens before one."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.chrome.models import Consent, Market
from portal.chrome.privacy import Choices, parsed
from tests.factories import make_market
from tests.portal.choosing import (
    ADDRESS,
    checked,
    choose,
    content,
    make_choices_page,
    make_consent,
    make_consent_text,
)
from tests.portal.test_public_pages import public_addresses

RECEIPT = uuid.UUID("9b1a3a3e-5a7e-4c0b-9a0e-0d9f5f7f3c11")
VALUE = f"text=3&remember=1&optout=0&receipt={RECEIPT}"
db = pytest.mark.django_db


def test_a_cookie_says_what_was_chosen():
    choices = Choices(3, True, False, RECEIPT)
    assert str(choices) == VALUE
    assert parsed(VALUE) == choices


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yes",
        f'"{VALUE}"',
        f"{VALUE}&more=1",
        f"{VALUE}\n",
        VALUE.replace("remember=1", "remember=2"),
        VALUE.replace("text=3", "text="),
        VALUE.replace("text=3", "text=٣"),
        VALUE.replace("text=3", "text=123456"),
        VALUE.replace(str(RECEIPT), RECEIPT.hex),
        VALUE.replace("9b1a", "zzzz"),
    ],
)
def test_it_takes_no_other_cookie_for_its_own(value):
    assert parsed(value) is None


@pytest.mark.parametrize(
    ("remember", "text", "shown", "remembers"),
    [
        (True, 3, 3, True),
        (True, 3, 4, False),
        (True, 4, 3, True),
        (False, 3, 3, False),
    ],
)
def test_a_consent_ends_where_the_text_is_newer(remember, text, shown, remembers):
    assert Choices(text, remember, False, RECEIPT).remembers(shown) is remembers


@db
def test_it_stores_the_choice_with_the_text_that_was_shown(client):
    make_consent_text(1)
    text = make_consent_text(2)
    response = choose(client, text="2", remember="1", optout="1")
    assert response.status_code == 303
    assert response["Location"] == f"{ADDRESS}?saved=1#saved"
    consent = Consent.objects.get()
    assert (consent.text, consent.market) == (text, text.market)
    assert (consent.remembers_reading, consent.opted_out, consent.by_signal) == (True, True, False)


@db
def test_it_gives_the_browser_the_choice_and_nothing_else(client):
    make_consent_text()
    response = choose(client)
    assert set(response.cookies) == {"privacy_choices"}
    cookie = response.cookies["privacy_choices"]
    assert cookie.OutputString().startswith(
        f"privacy_choices=text=1&remember=1&optout=0&receipt={Consent.objects.get().receipt};"
    )
    assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/us/", 180 * 24 * 3600, "Lax")
    assert not cookie["httponly"]


@db
def test_it_keeps_the_cookie_to_encrypted_lines_in_production(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    make_consent_text()
    assert choose(client).cookies["privacy_choices"]["secure"]


@db
def test_it_says_what_was_saved_and_under_which_number(client):
    make_choices_page()
    make_consent_text()
    html = content(client.get(choose(client, remember="1", optout="0")["Location"]))
    assert "Your choices were saved." in html
    assert html.count(str(Consent.objects.get().receipt)) == 2
    assert checked(html) == ["id_remember_0", "id_optout_1"]


@db
def test_refusing_takes_one_button_whatever_was_marked(client):
    make_consent_text()
    choose(client, act="refuse", remember="1", optout="0")
    consent = Consent.objects.get()
    assert (consent.remembers_reading, consent.opted_out) == (False, True)
    assert checked(content(client.get(ADDRESS))) == ["id_remember_1", "id_optout_0"]


@db
def test_both_buttons_weigh_the_same(client):
    make_consent_text()
    html = content(client.get(ADDRESS))
    assert html.count('<button class="button" type="submit"') == 2
    assert "Accept" not in html


@db
def test_it_stands_as_refused_before_a_choice(client):
    make_consent_text()
    response = client.get(ADDRESS)
    assert checked(content(response)) == ["id_remember_1", "id_optout_1"]
    assert "You have not chosen yet" in content(response)
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


@db
def test_it_shows_the_wording_with_its_version_and_date(client):
    make_consent_text(7, text="One.\n\nTwo <b>.")
    html = content(client.get(ADDRESS))
    assert "<p>One.</p><p>Two &lt;b&gt;.</p>" in html
    assert "Version 7 of this text, January 5, 2026" in html
    assert 'id="choices"' in html
    assert 'id="cookies"' in html


@db
def test_it_asks_again_where_a_newer_text_came_meanwhile(client):
    make_consent_text(1)
    make_consent_text(2)
    response = choose(client, text="1")
    assert response.status_code == 409
    assert "Nothing was stored: the text below is newer" in content(response)
    assert '<input type="hidden" name="text" value="2">' in content(response)
    assert not response.cookies
    assert not Consent.objects.exists()


@db
def test_a_text_of_a_later_day_is_not_shown_yet(client):
    make_consent_text(1)
    make_consent_text(2, effective="2999-01-01")
    assert "Wording 1." in content(client.get(ADDRESS))
    assert Market.objects.with_chrome().get().consent_number == 1


@db
def test_a_consent_to_an_older_text_has_ended_and_an_opt_out_has_not(client):
    make_consent_text(1)
    choose(client, remember="1", optout="1")
    make_consent_text(2)
    html = content(client.get(ADDRESS))
    assert "The text below is newer than your choice." in html
    assert "nothing that you read is remembered" in html
    assert "(version 1 of the text)" in html
    assert checked(html) == ["id_remember_1", "id_optout_0"]


@db
@pytest.mark.parametrize("fields", [{"remember": ""}, {"optout": "2"}])
def test_it_stores_no_half_answer(client, fields):
    make_consent_text()
    response = choose(client, **fields)
    assert response.status_code == 422
    assert "please answer both questions" in content(response)
    assert not response.cookies
    assert not Consent.objects.exists()


@db
@pytest.mark.parametrize("text", ["", "x", "-1", "1 ", "1" * 5000, "\x00"])
def test_it_takes_no_other_text_than_the_one_shown(client, text):
    make_consent_text()
    assert choose(client, text=text).status_code == 409
    assert not Consent.objects.exists()


@db
def test_it_takes_no_form_of_another_site(client):
    make_consent_text()
    assert choose(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Consent.objects.exists()


@db
def test_it_stores_no_more_choices_than_an_address_may_make(client, monkeypatch):
    make_consent_text()
    monkeypatch.setattr("portal.lib.ratelimit._count", lambda _key, _expires: 61)
    response = choose(client)
    assert response.status_code == 429
    assert not response.cookies
    assert not Consent.objects.exists()


@db
def test_it_says_so_where_the_browser_keeps_no_cookie(client):
    make_consent_text()
    choose(client)
    client.cookies.clear()
    html = content(client.get(f"{ADDRESS}?saved=1"))
    assert "Your browser kept no cookie" in html
    assert "Your choices were saved" not in html


@db
def test_it_asks_nothing_where_a_market_has_no_text(client):
    make_choices_page()
    html = content(client.get(ADDRESS))
    assert "Nothing is asked of you here at present" in html
    assert "<p>All of them.</p>" in html
    assert ADDRESS not in html.partition("<main")[2].partition("</main>")[0]
    assert 'id="cookies"' in html
    assert choose(client).status_code == 409


@db
def test_it_is_there_before_somebody_wrote_its_page(client):
    make_market()
    assert "<h1>Your privacy choices</h1>" in content(client.get(ADDRESS))


@db
def test_a_choice_holds_in_its_market_only(client):
    text = make_consent_text()
    make_consent_text(1, make_market("de", language_tag="de-DE"))
    receipt = make_consent(text).receipt
    client.cookies["privacy_choices"] = f"text=1&remember=1&optout=0&receipt={receipt}"
    assert str(receipt) in content(client.get(ADDRESS))
    assert str(receipt) not in content(client.get("/de/privacy-choices/"))


@db
def test_it_stands_before_the_gate(client):
    texts = {"gate_title": "Are you?", "gate_text": "Say."}
    make_consent_text(1, make_market("uk", gate="account", **texts))
    assert "Save my choices" in content(client.get("/uk/privacy-choices/"))
    assert choose(client, market="uk").status_code == 303


@db
def test_a_choice_changes_no_page_but_its_own(client):
    make_consent_text()
    addresses = [address for address in public_addresses() if address != ADDRESS]
    before = {address: client.get(address) for address in addresses}
    choose(client)
    for address in addresses:
        after = client.get(address)
        assert (after.status_code, after.content) == (before[address].status_code, before[address].content), address
        assert not after.cookies, address


@db
def test_every_page_tells_the_script_which_text_counts(client):
    make_consent_text(4)
    assert 'data-consent-text="4" data-consent-place="/us/"' in content(client.get("/us/"))


@db
def test_knowing_the_text_costs_a_page_no_query():
    make_consent_text(4)
    with CaptureQueriesContext(connection) as queries:
        assert Market.objects.with_chrome().get().consent_number == 4
    assert len(queries) == 1
