"""The page between a link and a site that the organisation does not run."""

import logging
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.signing import Signer

from portal.chrome.models import NavLink
from portal.leaving import links
from tests.factories import make_market
from tests.portal.leaving import content, hrefs, link_to, make_notice, make_site

pytestmark = pytest.mark.django_db

FRAGMENT = {"x-fragment": "leaving"}


def test_it_goes_on_at_once_where_a_host_has_become_the_organisations_own(client):
    address = link_to("https://own.example/x")
    make_notice()
    make_site("own.example", is_own=True)
    links.cache.clear()
    assert client.get(address)["Location"] == "https://own.example/x"


def altered(address):
    value = parse_qs(urlsplit(address).query)["to"][0]
    # The first character belongs to what was signed, the last one to the signature.
    return [("A" if value[0] != "A" else "B") + value[1:], value[:-1] + ("A" if value[-1] != "A" else "B")]


@pytest.mark.parametrize("given", ["", "https://evil.example/", "x:y", "\x00", "a:b:c", "é" * 9000, ":", "🙂:🙂"])
def test_it_refuses_what_it_did_not_sign(client, given):
    make_notice()
    response = client.get("/us/leaving/", {"to": given} if given else {})
    assert response.status_code == 400
    assert "This link cannot be followed" in content(response)
    assert "evil.example" not in content(response)


def test_it_refuses_an_altered_address(client):
    make_notice()
    for value in altered(link_to("https://doi.org/x")):
        assert client.get("/us/leaving/", {"to": value}).status_code == 400


@pytest.mark.parametrize(
    "signer", [Signer(key="another", salt="portal.leaving"), Signer(salt="faq.feedback"), Signer(salt="portal.contact")]
)
def test_it_refuses_what_another_key_or_form_signed(client, signer):
    make_notice()
    signed = signer.sign_object(["https://evil.example/", "/us/"])
    assert client.get("/us/leaving/", {"to": signed}).status_code == 400


def test_it_refuses_a_signed_value_of_another_shape(client):
    make_notice()
    assert client.get("/us/leaving/", {"to": links._signer.sign_object(["one"])}).status_code == 400


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://evil.example/", "//evil.example/"])
def test_it_leads_only_to_the_web(client, url):
    make_notice()
    response = client.get(link_to(url))
    assert response.status_code == 400
    assert url not in content(response)


def test_it_shows_where_the_link_leads(client):
    make_notice()
    page = content(client.get(link_to("https://doi.org/10.1/x")))
    assert "<h1>You are leaving Aldermoor Medical</h1>" in page
    assert "<p>We do not run it.</p><p>Go on?</p>" in page
    assert "<strong>doi.org</strong>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="noopener noreferrer">Go on' in page


def test_it_escapes_the_address_and_the_notice(client):
    make_notice(title="<b>Bye</b>", body="<script>alert(1)</script>")
    page = content(client.get(link_to('https://doi.org/"><script>alert(2)</script>')))
    assert "<script>alert" not in page
    assert "<b>Bye" not in page


def test_it_prefers_the_notice_for_the_host(client):
    make_notice(title="General")
    make_notice(make_site("doi.org"), title="About DOI")
    make_notice(make_site("other.example"), title="Other")
    assert "<h1>About DOI</h1>" in content(client.get(link_to("https://doi.org/x")))
    assert "<h1>General</h1>" in content(client.get(link_to("https://www.doi.org/x")))


def test_it_speaks_with_the_words_of_the_market(client):
    make_notice(title="In English")
    german = make_market("de")
    make_notice(market=german, title="Auf Deutsch")
    assert "Auf Deutsch" in content(client.get(links.address(german, "https://doi.org/x", "/de/")))


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/\t/evil.example/", "///evil.example"])
def test_it_never_returns_to_another_site(client, path):
    make_notice()
    NavLink.objects.create(market=make_market(), place="social", label="Elsewhere", address="https://example.org/")
    [address] = hrefs(client.get("/", PATH_INFO=path), "Elsewhere")
    [back] = hrefs(client.get(address), "Stay here")
    assert re.fullmatch(r"/(?![/\\])[^\\\s]*", back)


def test_it_returns_to_the_search_without_what_was_sought(client):
    make_notice()
    NavLink.objects.create(market=make_market(), place="social", label="Elsewhere", address="https://example.org/")
    [address] = hrefs(client.get("/us/search/?q=a+%26+b&drug=corvadune"), "Elsewhere")
    assert hrefs(client.get(address), "Stay here") == ["/us/search/?drug=corvadune"]


def test_a_market_without_a_notice_of_its_own_still_lets_visitors_leave(client):
    market = make_market()
    page = client.get(links.address(market, "https://doi.org/10.1/x", "/us/")).content.decode()
    assert "You are leaving Aldermoor Medical" in page
    assert "https://doi.org/10.1/x" in page


def test_it_names_the_site_beside_its_host(client):
    make_notice()
    make_site("clinicaltrials.gov", name="ClinicalTrials.gov")
    page = content(client.get(link_to("https://clinicaltrials.gov/study/NCT1")))
    assert "<strong>ClinicalTrials.gov (clinicaltrials.gov)</strong>" in page
    assert '<span class="leaving__url">https://clinicaltrials.gov/study/NCT1</span>' in page


def test_it_gives_a_dialog_the_notice_without_the_page(client):
    make_notice()
    fragment = client.get(link_to("https://doi.org/x"), headers=FRAGMENT)
    assert fragment.status_code == 200
    assert content(fragment).strip().startswith('<section class="leaving" data-leaving-notice>')
    assert '<h2 id="leaving-title" tabindex="-1">You are leaving Aldermoor Medical</h2>' in content(fragment)
    assert "<p>We do not run it.</p><p>Go on?</p>" in content(fragment)
    assert not re.search("<html|<head|<script|<h1", content(fragment))


def test_it_goes_on_in_a_new_tab_from_a_dialog_only(client):
    make_notice()
    address = link_to("https://doi.org/x")
    page, fragment = content(client.get(address)), content(client.get(address, headers=FRAGMENT))
    assert 'href="https://doi.org/x" rel="noopener noreferrer">Go on</a>' in page
    assert "_blank" not in page
    assert 'href="https://doi.org/x" rel="noopener noreferrer" target="_blank"' in fragment
    assert 'Go on <span class="leaving__tab">(opens in a new tab)</span></a>' in fragment


def test_it_returns_from_a_dialog_by_closing_it(client):
    make_notice()
    fragment = content(client.get(link_to("https://doi.org/x", "/us/sitemap/"), headers=FRAGMENT))
    assert re.search(r'<form [^>]*method="dialog">.*<button class="[^"]*">Stay here</button>\s*</form>', fragment, re.S)
    assert "/us/sitemap/" not in fragment


def test_caches_never_mistake_the_fragment_for_the_page(client):
    make_notice()
    address = link_to("https://doi.org/x")
    page, fragment = client.get(address), client.get(address, headers=FRAGMENT)
    assert "X-Fragment" in page["Vary"]
    assert page["Cache-Control"].startswith("public")
    assert "X-Fragment" in fragment["Vary"]
    assert fragment["Cache-Control"] == "no-store"
    assert client.get(address, headers={**FRAGMENT, "if-none-match": page["ETag"]}).status_code == 200


def test_it_refuses_a_dialog_what_it_refuses_a_page(client):
    make_notice()
    response = client.get("/us/leaving/?to=altered", headers=FRAGMENT)
    assert response.status_code == 400
    assert "data-leaving-notice" not in content(response)


def test_it_tells_the_other_site_nothing_of_the_page(client):
    make_notice()
    address = link_to("https://doi.org/x")
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    for response in (first, again, client.get(address, headers=FRAGMENT), client.get("/us/leaving/")):
        assert response["Referrer-Policy"] == "same-origin"


def test_it_lets_visitors_before_a_gate_leave(client):
    market = make_market("de", gate="account", gate_title="Who are you?", gate_text="Sign in.")
    make_notice(market=market)
    response = client.get(links.address(market, "https://doi.org/x", "/de/pages/terms/"))
    assert hrefs(response, "Go on") == ["https://doi.org/x"]


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_it_writes_nowhere_who_goes_where(client, caplog, headers):
    caplog.set_level(logging.DEBUG)
    make_notice()
    client.get(link_to("https://doi.org/10.1/private"), headers=headers)
    client.get("/us/leaving/?to=altered", headers=headers)
    assert not [line for line in caplog.messages if "private" in line or "to=" in line]
