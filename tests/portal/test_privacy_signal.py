"""Global Privacy Control: a browser that sends it has opted out, and every page shows that this was honoured."""

import pytest

from portal.chrome.models import Consent
from tests.portal.choosing import ADDRESS, checked, choose, content, make_consent_text
from tests.portal.test_public_pages import public_addresses

pytestmark = pytest.mark.django_db

SIGNAL = {"Sec-GPC": "1"}
HONOURED = "Opt-out request honored"


def is_page(response):
    return response["Content-Type"].startswith("text/html") and b'<footer class="site-footer' in response.content


def test_every_page_says_that_the_opt_out_was_honoured(client):
    make_consent_text()
    seen = 0
    for address in public_addresses():
        if is_page(client.get(address)):
            seen += 1
            assert HONOURED in content(client.get(address, headers=SIGNAL)), address
            assert HONOURED not in content(client.get(address)), address
    assert seen > 10


@pytest.mark.parametrize("value", ["0", "", "true", "1, 1"])
def test_it_says_nothing_where_the_browser_asks_nothing(client, value):
    make_consent_text()
    assert HONOURED not in content(client.get("/us/", headers={"Sec-GPC": value}))


def test_no_proxy_gives_one_visitor_the_page_of_the_other(client):
    make_consent_text()
    for address in public_addresses():
        response = client.get(address)
        if is_page(response) and "public" in response.get("Cache-Control", ""):
            assert "Sec-GPC" in response.get("Vary", ""), address


def test_it_is_said_to_who_comes_again_too(client):
    make_consent_text()
    with_signal, without = client.get("/us/", headers=SIGNAL), client.get("/us/")
    assert with_signal["ETag"] != without["ETag"]
    again = client.get("/us/", headers={**SIGNAL, "If-None-Match": with_signal["ETag"]})
    assert (again.status_code, "Sec-GPC" in again["Vary"]) == (304, True)
    # The signal was switched on since the last visit: the page without the status is no longer good.
    assert client.get("/us/", headers={**SIGNAL, "If-None-Match": without["ETag"]}).status_code == 200


def test_it_sets_no_cookie_and_stores_nothing_by_itself(client):
    make_consent_text()
    for address in public_addresses():
        assert not client.get(address, headers=SIGNAL).cookies, address
    assert not Consent.objects.exists()


def test_it_shows_the_opt_out_as_made_and_fixed(client):
    make_consent_text()
    html = content(client.get(ADDRESS, headers=SIGNAL))
    assert checked(html) == ["id_remember_1", "id_optout_0"]
    assert html.count("disabled") == 2
    assert "We honor it as your opt-out" in html


@pytest.mark.parametrize("sent", [{"optout": "0"}, {"optout": ""}, {"act": "refuse"}])
def test_no_form_overrules_the_signal(client, sent):
    make_consent_text()
    choose(client, headers=SIGNAL, **sent)
    consent = Consent.objects.get()
    assert (consent.opted_out, consent.by_signal) == (True, True)


def test_it_leaves_the_other_choice_free(client):
    make_consent_text()
    choose(client, headers=SIGNAL, remember="1")
    assert Consent.objects.get().remembers_reading
    assert checked(content(client.get(ADDRESS, headers=SIGNAL))) == ["id_remember_0", "id_optout_0"]


def test_it_is_honoured_where_nothing_is_asked(client):
    public_addresses()
    assert "you have opted out of sale and sharing" in content(client.get(ADDRESS, headers=SIGNAL))
