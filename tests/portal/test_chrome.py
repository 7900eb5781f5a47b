"""What surrounds every page: the front door, pages of text, headers, and the pages for errors."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import get_resolver

from portal.chrome.models import MarketQuerySet, NavLink, Page
from tests import cast
from tests.factories import make_market

pytestmark = pytest.mark.django_db

XSS = '"><script>alert(1)</script>'


def make_page(slug="terms", market=None, **changes):
    fields = {"title": slug.title(), "body": "<p>Be kind.</p>", **changes}
    return Page.objects.create(market=market or make_market(), slug=slug, **fields)


def make_nav_link(address, place="header", label="A link"):
    return NavLink.objects.create(market=make_market(), place=place, label=label, address=address)


def content(response):
    return response.content.decode()


def test_it_leads_the_bare_address_to_the_default_market(client):
    make_market("de")
    make_market("us")
    assert client.get("/")["Location"] == "/us/"


def test_it_leads_to_some_market_where_none_is_the_default(client):
    make_market("fr", is_default=False)
    make_market("de", is_default=False)
    assert client.get("/")["Location"] == "/de/"


def test_it_says_how_to_fill_an_empty_portal(client):
    response = client.get("/")
    assert response.status_code == 503
    assert "No market yet" in content(response)
    assert client.get("/us/").status_code == 404


def test_it_answers_an_unknown_market_with_a_search_in_the_default_one(client):
    make_market()
    response = client.get("/zz/medical-information/")
    assert response.status_code == 404
    assert "Page not found" in content(response)
    assert 'action="/us/search/"' in content(response)


def test_it_answers_an_unknown_page_in_its_own_market(client):
    make_market()
    make_market("de", language_tag="de-DE", site_name="Aldermoor DE")
    response = client.get("/de/nothing/")
    assert response.status_code == 404
    assert '<html lang="de-DE">' in content(response)
    assert "Aldermoor DE" in content(response)


@pytest.mark.parametrize("path", ["/us/%00/", "/%00/", "/us/%FF/", "/us/" + "a" * 9000 + "/", "/us/../admin", "/🙂/"])
def test_it_answers_hostile_paths_with_404(client, path):
    make_market()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("slug", "path"),
    [
        ("terms", "/us/pages/terms/"),
        ("report-safety", "/us/report-safety/"),
        ("medical-education", "/us/medical-education/"),
        ("science", "/us/science/"),
        ("privacy-choices", "/us/privacy-choices/"),
    ],
)
def test_it_serves_a_page_at_its_one_address(client, slug, path):
    page = make_page(slug, body="<p>Be <em>kind</em>.</p>")
    assert page.get_absolute_url() == path
    response = client.get(path)
    assert "<p>Be <em>kind</em>.</p>" in content(response)
    other = f"/us/pages/{slug}/"
    assert path == other or client.get(other)["Location"] == path


def test_it_shows_a_page_only_in_its_market(client):
    make_page("terms", make_market("de"))
    make_market("us")
    assert client.get("/us/pages/terms/").status_code == 404
    assert client.get("/us/science/").status_code == 404


def test_it_puts_the_safety_notice_on_the_safety_page(client):
    make_page("report-safety")
    assert "To report an adverse event, call <a" in content(client.get("/us/report-safety/"))


def test_it_cleans_a_page_that_a_bulk_writer_stored(client):
    page = Page(
        market=make_market(), slug="bulk", title="Bulk", body="<p onclick='x'>Fine<script>alert(1)</script></p>"
    )
    Page.objects.bulk_create([page])
    body = content(client.get("/us/pages/bulk/"))
    assert "<p>Fine</p>" in body
    assert "alert(1)" not in body


def test_it_takes_no_form_on_a_page(client):
    make_page()
    assert client.post("/us/pages/terms/").status_code == 405
    assert client.head("/us/pages/terms/").status_code == 200


def test_it_shows_the_way_to_a_page(client):
    make_page()
    crumbs = content(client.get("/us/pages/terms/")).partition('aria-label="Breadcrumb"')[2].partition("</nav>")[0]
    assert '<a href="/us/">Home</a>' in crumbs
    assert '<span aria-current="page">Terms</span>' in crumbs


def test_it_tells_crawlers_where_to_go(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = content(response).splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_it_sends_strict_headers(client):
    make_market()
    headers = client.get("/us/").headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {value for name, value in policy.items() if name.endswith("-src")} == {"'none'", "'self'"}
    assert policy["form-action"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_it_sends_the_headers_with_errors_too(client):
    make_market()
    for response in (client.get("/us/nothing/"), client.get("/", headers={"host": "evil.example"})):
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"


def test_it_answers_a_broken_request_with_400(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "This request cannot be read" in content(response)


def test_it_answers_who_lacks_a_right_with_403(client):
    client.force_login(cast.author())
    response = client.get("/admin/accounts/user/")
    assert response.status_code == 403
    assert "You may not see this" in content(response)


def test_it_answers_a_form_without_token_with_the_same_403():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    assert response.status_code == 403
    assert "You may not see this" in content(response)


def test_it_answers_a_fault_of_its_own_with_500(client, monkeypatch):
    def fail(_markets):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(MarketQuerySet, "default", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong" in content(response)
    assert "secret detail" not in content(response)


def test_it_escapes_the_texts_of_a_market(client):
    texts = ("organisation", "site_name", "home_title", "home_lead", "medical_phone", "medical_phone_note")
    more = ("safety_phone", "safety_notice", "audience_statement", "job_code", "copyright_line", "trademark_line")
    make_market(**dict.fromkeys((*texts, *more, "demonstration_notice"), XSS[:40]))
    make_nav_link("/us/?a=%22", label=XSS[:40])
    make_nav_link("/us/", "footer", XSS[:40])
    for path in ("/us/", "/us/medical-information/", "/us/contact/", "/us/nothing/"):
        assert "<script>" not in content(client.get(path))


def test_it_writes_phone_numbers_that_a_phone_can_call(client):
    make_market(medical_phone="1-800-LILLYRX", safety_phone="+49 30 1234")
    body = content(client.get("/us/"))
    assert '<a class="phone" href="tel:+18005455979">1-800-LILLYRX</a>' in body
    assert 'call <a class="phone" href="tel:+49301234">+49 30 1234</a>.' in body


def test_it_has_one_default_market_at_most():
    make_market("us")
    with pytest.raises(IntegrityError, match="one_default_market"):
        make_market("de", is_default=True)


@pytest.mark.parametrize("code", ["admin", "accounts", "media", "static", "US", "1a"])
def test_it_refuses_a_market_whose_code_is_no_address(code):
    with pytest.raises(IntegrityError, match="market_code"):
        make_market(code)


def test_it_refuses_a_time_zone_that_is_none():
    with pytest.raises(ValidationError, match="No such time zone"):
        make_market(time_zone="Mars/Olympus").full_clean()


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("/us/contact/", True),
        ("https://example.org/x", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("/\n//javascript:alert(1)", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("http://example.org", False),
        ("data:text/html,x", False),
        ("us/", False),
    ],
)
def test_it_refuses_links_that_lead_astray(address, fits):
    link = NavLink(market=make_market(), place="header", label="x", address=address)
    if fits:
        link.full_clean()
    else:
        with pytest.raises(ValidationError, match="A path on this site"):
            link.full_clean()


@pytest.mark.parametrize("place", ["header", "footer", "social"])
def test_it_leads_its_own_links_to_other_sites_through_the_notice(client, place):
    make_nav_link("https://example.org/", place, "Elsewhere")
    body = content(client.get("/us/"))
    assert 'href="https://example.org' not in body
    assert 'class="external" rel="noopener" href="/us/leaving/?to=' in body


def test_it_marks_the_page_where_the_visitor_is(client):
    make_nav_link("/us/contact/", label="Contact")
    assert 'href="/us/contact/" aria-current="page"' in content(client.get("/us/contact/"))
    assert 'href="/us/contact/">Contact' in content(client.get("/us/"))


def test_it_names_its_handlers():
    resolver = get_resolver()
    assert resolver.resolve_error_handler(404).__module__ == "faq.views.missing"
    for status in (400, 403, 500):
        assert resolver.resolve_error_handler(status).__module__ == "portal.chrome.views"
