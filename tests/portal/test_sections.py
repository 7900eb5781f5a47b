"""Sections of the site: their pages, and what they list."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.chrome.models import Page, PageResource
from portal.leaving.models import ExternalSite
from tests.factories import make_market
from tests.faq.markets import make_gated

pytestmark = pytest.mark.django_db


def make_page(slug, market=None, **changes):
    fields = {"title": slug.title(), "body": "<p>Text.</p>", **changes}
    return Page.objects.create(market=market or make_market(), slug=slug, **fields)


def make_resource(page, kind="poster", **changes):
    return PageResource.objects.create(page=page, kind=kind, **{"title": f"A {kind}", **changes})


def main(client, path):
    return client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_section_shows_its_pages_in_the_staff_s_order(client):
    science = make_page("science")
    for order, slug in ((2, "second"), (1, "first")):
        make_page(slug, section=science, order=order, lead=f"About the {slug}.")
    page = main(client, "/us/science/")
    assert re.findall(r'<a href="/us/pages/(\w+)/"', page) == ["first", "second"]
    assert "About the first." in page


def test_a_page_of_a_section_leads_back_to_it_and_on_to_the_others(client):
    science = make_page("science")
    for slug in ("first", "second"):
        make_page(slug, section=science)
    make_page("elsewhere")
    page = main(client, "/us/pages/first/")
    crumbs, _, rest = page.partition("</nav>")
    assert '<a href="/us/science/">Science</a>' in crumbs
    assert "More in Science" in rest
    assert re.findall(r'<a href="/us/pages/(\w+)/"', rest) == ["second"]
    assert "<title>First | Science |" in client.get("/us/pages/first/").content.decode()


def test_a_page_without_a_section_lists_nothing(client):
    make_page("terms")
    page = main(client, "/us/pages/terms/")
    for words in ("In this section", "Resources", "More in"):
        assert words not in page


def test_it_lists_resources_by_kind(client):
    science = make_page("science")
    for kind in ("event", "publication", "poster"):
        make_resource(science, kind)
    make_resource(science, "poster", title="Another poster", order=1)
    page = main(client, "/us/science/")
    assert re.findall(r'<h3 id="kind-\w+">(\w+)', page) == ["Publications", "Posters", "Events"]
    assert re.findall(r'resource__title">([^<]*)', page) == ["A publication", "A poster", "Another poster", "A event"]


def test_it_says_of_a_resource_what_there_is_to_say(client):
    market = make_market(language_tag="en-GB")
    make_resource(
        make_page("science", market),
        date=date(2025, 5, 30),
        congress="A <congress>",
        note="On request.",
        title="On <x>",
    )
    page = main(client, "/us/science/")
    assert '<time datetime="2025-05-30">30 May 2025</time><span>A &lt;congress&gt;</span>' in page
    assert "On &lt;x&gt;" in page
    assert "On request." in page


def test_it_leads_to_other_sites_through_the_notice(client):
    ExternalSite.objects.create(host="own.example", name="Own", is_own=True)
    science = make_page("science")
    make_resource(science, url="https://example.org/poster")
    make_resource(science, url="https://own.example/poster", title="Own poster")
    page = main(client, "/us/science/")
    assert 'href="https://example.org' not in page
    assert 'class="external" rel="noopener" href="/us/leaving/?to=' in page
    assert '<a href="https://own.example/poster">Own poster</a>' in page


def test_it_shows_one_kind_on_request(client):
    science = make_page("science")
    for kind in ("video", "poster"):
        make_resource(science, kind)
    page = main(client, "/us/science/?kind=video")
    assert re.findall(r'resource__title">([^<]*)', page) == ["A video"]
    assert '<a href="?kind=video#resources" aria-current="true">' in page
    whole = client.get("/us/science/?kind=video").content.decode()
    assert '<link rel="canonical" href="http://testserver/us/science/">' in whole


@pytest.mark.parametrize("kind", ["", "event", "nonsense", "%00", "%22%3E%3Cscript%3E", "a" * 5000], ids=len)
def test_it_shows_all_where_the_kind_is_none_of_these(client, kind):
    science = make_page("science")
    for each in ("video", "poster"):
        make_resource(science, each)
    page = main(client, f"/us/science/?kind={kind}")
    assert len(re.findall(r"resource__title", page)) == 2
    assert '<a href="/us/science/#resources" aria-current="true">' in page


def test_a_single_kind_needs_no_choice(client):
    make_resource(make_page("science"))
    assert "?kind=" not in main(client, "/us/science/")


def test_it_names_the_same_page_in_other_markets(client):
    make_page("science")
    make_page("science", make_market("de", language_tag="de-DE"))
    make_page("terms")
    page = client.get("/us/science/").content.decode()
    assert '<link rel="alternate" hreflang="de-DE" href="http://testserver/de/science/">' in page
    assert '<a href="/de/science/" lang="de-DE"' in page
    assert 'rel="alternate"' not in client.get("/us/pages/terms/").content.decode()


def test_the_safety_page_is_in_every_market_written_or_not(client):
    make_page("report-safety")
    make_market("de", language_tag="de-DE")
    assert 'href="http://testserver/de/report-safety/"' in client.get("/us/report-safety/").content.decode()


def test_an_open_page_names_nothing_from_behind_the_gate(client):
    science = make_page("science", make_gated("us"), lead="Open to all.")
    make_page("closed", science.market, section=science, is_open=False)
    make_page("open", science.market, section=science)
    page = main(client, "/us/science/")
    assert "Open to all." in page
    assert re.findall(r'<a href="/us/pages/(\w+)/"', page) == ["open"]
    closed = client.get("/us/pages/closed/").content.decode()
    assert "Are you a professional?" in closed
    assert "Closed" not in closed


def test_a_medical_page_shows_how_to_report_and_to_ask(client):
    make_page("science", is_open=False)
    make_page("terms")
    page = main(client, "/us/science/")
    assert "To report an adverse event, call <a" in page
    assert "Can’t find what you’re looking for?" in page
    assert "To report an adverse event" not in main(client, "/us/pages/terms/")


def test_it_asks_the_database_no_more_for_many_resources(client):
    science = make_page("science")
    make_page("first", section=science)
    for number in range(12):
        make_page(f"page-{number}", section=science)
        make_resource(science, url="https://example.org/")
    for path in ("/us/science/", "/us/pages/first/"):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        assert len(captured) <= 4, path
