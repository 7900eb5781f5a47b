"""The page between a link and a site that the organisation does not run."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.signing import Signer

from portal.chrome.models import NavLink, Page
from portal.leaving import links
from portal.leaving.models import ExternalSite, LeavingNotice
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published, make_reference, make_resource

pytestmark = pytest.mark.django_db

DOI = "https://doi.org/10.1/x?a=1&b=2"


def make_site(host, *, is_own=False):
    return ExternalSite.objects.create(host=host, name=host, is_own=is_own)


def make_notice(site=None, market=None, **changes):
    fields = {
        "title": "You are leaving {site_name}",
        "body": "We do not run it.\n\nGo on?",
        "continue_label": "Go on",
        "return_label": "Stay here",
        **changes,
    }
    return LeavingNotice.objects.create(market=market or make_market(), site=site, **fields)


def content(response):
    return response.content.decode()


def hrefs(response, words):
    """The addresses of all links whose text begins with `words`."""
    return [unescape(href) for href in re.findall(rf'href="([^"]*)"[^>]*>{words}', content(response))]


def link_to(url, back="/us/"):
    return links.address(make_market(), url, back)


@pytest.mark.parametrize("field", ["short_answer", "body"])
def test_it_leads_a_link_in_an_answer_through_the_notice(client, field):
    make_notice()
    version = make_published(**{field: f'<p><a href="{DOI}">the study</a></p>'})
    page = client.get(version.get_absolute_url())
    assert "https://doi.org" not in content(page)
    [address] = hrefs(page, "the study")
    notice = client.get(address)
    assert hrefs(notice, "Go on") == [DOI]
    assert hrefs(notice, "Stay here") == [version.get_absolute_url()]


def test_it_leads_references_resources_and_labelling_through_the_notice(client):
    make_reference("doe-1", DOI="10.1000/xyz")
    drug = make_drug(prescribing_information_url="https://label.example/")
    draft = make_draft(make_faq(drug), body='<p>So.<cite data-ref="doe-1"></cite></p>')
    make_resource(draft, url="https://poster.example/")
    page = client.get(make_published(draft=draft).get_absolute_url())
    assert 'href="https://' not in content(page)
    for words in ("DOI", "A poster", "Full prescribing information"):
        assert [urlsplit(href).path for href in hrefs(page, words)] == ["/us/leaving/"]


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_it_leads_a_link_in_a_page_through_the_notice(client, scheme):
    body = f'<p><a href="{scheme}://example.org/">x</a> <a href="/us/">home</a></p>'
    Page.objects.create(market=make_market(), slug="terms", title="Terms", body=body)
    page = client.get("/us/pages/terms/")
    assert f"{scheme}://example.org" not in content(page)
    assert '<a class="external" rel="noopener" href="/us/leaving/?to=' in content(page)
    assert '<a href="/us/">home</a>' in content(page)


def test_it_never_serves_an_address_that_runs(client):
    version = make_published(body='<p><a href="javascript:alert(1)">x</a></p>', short_answer="<p>Yes.</p>")
    assert "javascript:" not in content(client.get(version.get_absolute_url()))


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://own.example/x", True),
        ("http://own.example", True),
        ("https://OWN.example:8443/x", True),
        ("https://labels.own.example/x", True),
        ("https://own.example?x", True),
        ("https://own.example.evil.com/", False),
        ("https://notown.example/", False),
        ("https://evil.com/own.example", False),
        ("https://evil.com?own.example", False),
        ("https://evil.com#.own.example", False),
        ("https://own.example@evil.com/", False),
        ("https://evil.com@own.example/", False),
        ("https://evil.com\\@own.example/", False),
        ("https://evil.com\\.own.example/", False),
        ("https://own.example\t.evil.com/", False),
        ("https://us[er@own.example/", False),
        ("https://[::1/", False),
        ("//own.example/", False),
        ("/us/", False),
        ("", False),
    ],
)
def test_it_knows_the_organisations_own_hosts(url, own):
    make_site("own.example", is_own=True)
    make_site("evil.com")
    assert links.is_own(url) is own


def test_it_links_to_own_hosts_directly(client):
    make_site("own.example", is_own=True)
    version = make_published(body='<p><a href="https://labels.own.example/a?b=1&amp;c=2">label</a></p>')
    page = client.get(version.get_absolute_url())
    assert '<a href="https://labels.own.example/a?b=1&amp;c=2">label</a>' in content(page)


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


def test_it_returns_to_the_search_that_the_visitor_came_from(client):
    make_notice()
    NavLink.objects.create(market=make_market(), place="social", label="Elsewhere", address="https://example.org/")
    [address] = hrefs(client.get("/us/search/?q=a+%26+b&page=1"), "Elsewhere")
    assert hrefs(client.get(address), "Stay here") == ["/us/search/?q=a+%26+b&page=1"]


def test_it_asks_the_database_for_own_hosts_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        for number in range(5):
            links.is_own(f"https://example.org/{number}")


def test_a_market_without_a_notice_of_its_own_still_lets_visitors_leave(client):
    market = make_market()
    page = client.get(links.address(market, "https://doi.org/10.1/x", "/us/")).content.decode()
    assert "You are leaving Aldermoor Medical" in page
    assert "https://doi.org/10.1/x" in page
