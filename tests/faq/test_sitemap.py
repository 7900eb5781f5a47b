"""sitemap.xml, for search engines."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq import publishing
from faq.models import Drug
from faq.sitemaps import SITEMAPS
from portal.chrome.models import Page
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.markets import make_common, make_gated

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}"


def entries(client, section):
    response = client.get(f"/sitemap-{section}.xml")
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314  (our own bytes)
    return {url.findtext(f"{SPACE}loc"): url.findtext(f"{SPACE}lastmod") for url in root}


def languages(client, address):
    """The alternates that the sitemap of answers names beside `address`, as (language, address)."""
    root = ElementTree.fromstring(client.get("/sitemap-answers.xml").content)  # noqa: S314  (our own bytes)
    (url,) = (url for url in root if url.findtext(f"{SPACE}loc") == address)
    return [(link.get("hreflang"), link.get("href")) for link in url.findall(f"{LINK}link")]


def here(row):
    return f"http://testserver{row.get_absolute_url()}"


def test_it_names_its_sections(client):
    make_published()
    sections = re.findall(r"<loc>([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    assert sections == [f"http://testserver/sitemap-{name}.xml" for name in SITEMAPS]
    assert set(SITEMAPS) == {"markets", "categories", "drugs", "answers", "pages"}


def test_it_lists_answers_with_the_time_of_their_publication(client):
    version = make_published()
    assert entries(client, "answers") == {here(version): version.published_at.date().isoformat()}


def test_it_leaves_out_what_visitors_cannot_read(client):
    make_draft()
    publishing.withdraw(make_published(), by=cast.approver(), reason="Outdated.")
    assert entries(client, "answers") == {}
    assert entries(client, "drugs") == {}


def test_it_lists_an_answer_once_however_often_it_was_revised(client):
    version = make_published()
    make_published(draft=publishing.revise(version.faq, by=cast.author()))
    assert list(entries(client, "answers")) == [here(version)]


@pytest.mark.parametrize("status", ["off-label", "investigational"])
def test_it_leaves_out_what_the_label_does_not_cover_unless_the_market_wants_it(client, status):
    make_published(make_faq(label_status=status))
    open_market = make_market("de", noindex_unlabelled=False)
    listed = make_published(make_faq(make_drug(open_market), label_status=status))
    assert list(entries(client, "answers")) == [here(listed)]


def test_it_lists_drugs_that_have_answers(client):
    drug = make_published().faq.drug
    make_drug()
    assert list(entries(client, "drugs")) == [here(drug)]


def test_it_leaves_out_drugs_under_investigation_unless_the_market_wants_them(client):
    make_published(make_faq(make_drug(status="investigational")))
    marketed = make_published().faq.drug
    open_market = make_market("de", noindex_unlabelled=False)
    listed = make_published(make_faq(make_drug(open_market, status="investigational"))).faq.drug
    assert set(entries(client, "drugs")) == {here(marketed), here(listed)}


def test_it_lists_pages_at_their_own_addresses(client):
    for slug in ("terms", "science"):
        Page.objects.create(market=make_market(), slug=slug, title=slug, body="<p>x</p>", last_updated="2026-03-02")
    found = entries(client, "pages")
    assert found["http://testserver/us/science/"] == found["http://testserver/us/pages/terms/"] == "2026-03-02"


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-answers.xml?p=2", "/sitemap-answers.xml?p=x"])
def test_it_knows_no_other_sections_and_pages(client, path):
    make_market()
    assert client.get(path).status_code == 404


def test_it_asks_the_database_no_more_for_more_answers(client):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap-answers.xml")
        return len(captured)

    make_published()
    few = count()
    for _ in range(4):
        make_published()
    assert count() == few


def test_it_dates_a_drug_by_the_last_change_of_its_page(client):
    version = make_published()
    Drug.objects.filter(pk=version.faq.drug_id).update(updated_at="2026-01-05T12:00Z")
    assert entries(client, "drugs") == {here(version.faq.drug): version.published_at.date().isoformat()}
    Drug.objects.filter(pk=version.faq.drug_id).update(updated_at="2031-01-05T12:00Z")
    assert entries(client, "drugs") == {here(version.faq.drug): "2031-01-05"}


def test_it_dates_no_drug_whose_last_change_is_unknown(client):
    drug = make_published().faq.drug
    Drug.objects.filter(pk=drug.pk).update(updated_at=None)
    assert "<lastmod>" not in client.get("/sitemap-drugs.xml").content.decode()
    assert here(drug) in client.get("/sitemap-drugs.xml").content.decode()


def test_it_lists_home_browse_and_categories_of_each_market(client):
    category = make_published().faq.drug.category
    assert list(entries(client, "markets")) == ["http://testserver/us/", "http://testserver/us/medical-information/"]
    assert list(entries(client, "categories")) == [here(category)]


@pytest.mark.parametrize("gate", ["attest", "account"])
def test_it_lists_only_the_open_pages_of_a_market_with_a_gate(client, gate):
    market = make_gated("de", gate)
    make_published(make_faq(make_drug(market)))
    for slug, is_open in (("terms", True), ("science", False)):
        Page.objects.create(market=market, slug=slug, title=slug, body="<p>x</p>", is_open=is_open)
    for section in ("markets", "categories", "drugs", "answers"):
        assert entries(client, section) == {}, section
    assert list(entries(client, "pages")) == ["http://testserver/de/pages/terms/"]


def test_it_names_the_same_answer_in_other_languages(client):
    here_, there = make_common("storage", "us"), make_common("storage", "de")
    expected = {("en-US", here(here_)), ("de-DE", here(there))}
    assert set(languages(client, here(here_))) == set(languages(client, here(there))) == expected


def test_it_names_no_other_language_that_it_does_not_list(client):
    alone = make_common("storage", "us")
    make_common("storage", "de", label_status="off-label")
    assert languages(client, here(alone)) == []
