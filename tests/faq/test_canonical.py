"""Each page has a title, a description and one address of its own."""

import re
from html import unescape

import pytest

from faq.models import FaqVersion
from faq.views import browse
from tests.factories import make_category, make_drug, make_faq, make_market, make_published
from tests.faq.importing import load, minimal

pytestmark = pytest.mark.django_db

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


def head(client, address):
    """Title, description and canonical address of a page, each exactly once."""
    page = client.get(address).content.decode()
    found = [pattern.findall(page) for pattern in (TITLE, DESCRIPTION, CANONICAL)]
    assert [len(values) for values in found] == [1, 1, 1], address
    return tuple(" ".join(unescape(value).split()) for (value,) in found)


def test_every_page_has_a_title_a_description_and_an_address_of_its_own(client):
    version = make_published()
    drug = version.faq.drug
    addresses = [
        "/us/",
        "/us/medical-information/",
        drug.category.get_absolute_url(),
        drug.get_absolute_url(),
        version.get_absolute_url(),
        "/us/search/",
        "/us/sitemap/",
    ]
    heads = [head(client, address) for address in addresses]
    for values in zip(*heads, strict=True):
        assert all(values)
        assert len(set(values)) == len(addresses), values
    assert [canonical for _, _, canonical in heads] == [f"http://testserver{address}" for address in addresses]


@pytest.mark.parametrize("query", ["?utm_source=x", "?page=1", "?page=nonsense", "?letter=A"])
def test_what_makes_no_other_page_stays_out_of_the_address(client, query):
    drug = make_published().faq.drug
    for row in (drug, drug.category):
        assert head(client, row.get_absolute_url() + query)[2] == f"http://testserver{row.get_absolute_url()}"


def test_a_page_of_a_list_has_its_own_address_and_title(client, monkeypatch):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 1)
    monkeypatch.setattr(browse, "SITEMAP_DRUGS", 1)
    category = make_category()
    for _ in range(2):
        make_published(make_faq(make_drug(category=category)))
    for address in (category.get_absolute_url(), "/us/sitemap/"):
        first, second = head(client, address), head(client, f"{address}?page=2")
        assert second[2] == f"http://testserver{address}?page=2"
        assert "page 2" in second[0]
        assert first[0] != second[0]


def test_a_letter_of_the_list_of_drugs_has_its_own_address_and_title(client, monkeypatch):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 1)
    for name in ("Abcd", "Béta", "Ωmega"):
        make_published(make_faq(make_drug(name=name)))
    address = "/us/medical-information/"
    assert head(client, address)[2] == f"http://testserver{address}"
    title, _, canonical = head(client, f"{address}?letter=b")
    assert canonical == f"http://testserver{address}?letter=B"
    assert title.startswith("Medical information, B")
    assert head(client, f"{address}?letter=%CE%A9")[2] == f"http://testserver{address}?letter=%CE%A9"


def test_the_results_of_a_search_are_described_and_kept_from_search_engines(client):
    make_market()
    title, _, canonical = head(client, '/us/search/?q=a+%22b%22&x=1"><script>')
    assert title.startswith('a "b"')
    assert canonical == "http://testserver/us/search/?q=a+%22b%22"
    assert '<meta name="robots" content="noindex">' in client.get("/us/search/?q=x").content.decode()
    assert "noindex" not in client.get("/us/search/").content.decode()


def test_an_answer_without_a_short_one_is_described_by_its_beginning(client):
    load(minimal(answer="Yes, unchanged. " * 40))
    description = head(client, FaqVersion.objects.get().get_absolute_url())[1]
    assert description.startswith("Yes, unchanged. Yes")
    assert len(description) == 300
