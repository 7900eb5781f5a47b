"""The list of drugs from A to Z, and what else leads from one list of the site to another."""

import re

import pytest

from faq.models import Drug, DrugName
from faq.views import a_to_z, browse
from portal.chrome.models import Page, PageResource
from tests.factories import make_category, make_drug, make_faq, make_market, make_published
from tests.faq.markets import LANGUAGES

pytestmark = pytest.mark.django_db

BROWSE = "/us/medical-information/"


def content(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def lines(page):
    """The lines of the list: the names that are shown, and the others with what they lead to."""
    rows = page.partition('id="a-to-z"')[2].partition("</main>")[0]
    found = re.findall(r'drug-row__name">(?:<strong>([^<]*)|([^<]*) <span class="soft">see <strong>([^<]*))', rows)
    return [shown or f"{other} > {name}" for shown, other, name in found]


def make_answered(name, others=(), **changes):
    drug = make_drug(name=name, **changes)
    make_published(make_faq(drug))
    DrugName.objects.bulk_create(DrugName(drug=drug, name=other, kind=kind) for other, kind in others)
    return drug


def test_it_lists_a_drug_under_its_other_names_too(client):
    others = (("ALD-2107", "code"), ("ALD2107", "code"), ("praldexian", "generic"), ("Zorvadune", "brand"))
    make_answered("Corvadune", others, generic_name="praldexian")
    assert lines(content(client, BROWSE)) == [
        "ALD-2107 > Corvadune",
        "Corvadune",
        "praldexian > Corvadune",
        "Zorvadune > Corvadune",
    ]


@pytest.mark.parametrize("kind", ["misspelling", "abbreviation"])
def test_it_does_not_list_what_only_leads_a_search(client, kind):
    make_answered("Corvadune", (("Korvadune", kind),))
    assert lines(content(client, BROWSE)) == ["Corvadune"]


def test_it_sorts_an_umlaut_with_its_letter():
    for name in ("Zeta", "Äther", "Azur", "alpha"):
        make_drug(name=name)
    assert [line.name for line in a_to_z.lines(Drug.objects.all())] == ["alpha", "Äther", "Azur", "Zeta"]


def test_it_heads_a_longer_list_with_letters(client, monkeypatch):
    monkeypatch.setattr(a_to_z, "GLANCE", 2)
    make_answered("Corvadune", generic_name="praldexian")
    make_answered("Äther")
    page = content(client, BROWSE)
    assert re.findall(r'<a href="#letter-(\d)">(\w)</a>', page) == [("1", "A"), ("2", "C"), ("3", "P")]
    assert re.findall(r'id="letter-(\d)">(\w)<', page) == [("1", "A"), ("2", "C"), ("3", "P")]


def test_it_offers_letters_that_only_other_names_begin_with(client, monkeypatch):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 1)
    make_answered("Corvadune", (("Xarvadune", "brand"), ("Qorvadune", "misspelling")), generic_name="praldexian")
    make_answered("Cedravio")
    page = content(client, f"{BROWSE}?letter=p")
    assert re.findall(r'<a href="\?letter=(\w)#', page) == ["C", "P", "X"]
    assert lines(page) == ["praldexian > Corvadune"]
    assert lines(content(client, f"{BROWSE}?letter=C")) == ["Cedravio", "Corvadune"]
    assert lines(content(client, f"{BROWSE}?letter=X")) == ["Xarvadune > Corvadune"]


def test_it_shows_a_long_letter_page_by_page(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 1)
    monkeypatch.setattr(browse, "ONE_PAGE_OF_LINES", 2)
    for name in ("Cedravio", "Corvadune", "Cypradel", "Zeta"):
        make_answered(name)
    first, second = f"{BROWSE}?letter=C", f"{BROWSE}?letter=C&page=2"
    assert lines(content(client, first)) == ["Cedravio", "Corvadune"]
    assert '<a rel="next" href="?letter=C&amp;page=2">' in content(client, first)
    assert lines(content(client, second)) == ["Cypradel"]
    assert f'rel="canonical" href="http://testserver{BROWSE}?letter=C&amp;page=2"' in content(client, second)
    with django_assert_num_queries(5):
        client.get(second)


def test_it_counts_drugs_and_not_their_names(client, monkeypatch):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 2)
    make_answered("Corvadune", (("Xarvadune", "brand"),), generic_name="praldexian")
    make_answered("Cedravio")
    assert "?letter=" not in content(client, BROWSE)


def two_markets():
    for code in ("us", "de"):
        make_market(code, language_tag=LANGUAGES[code])
    return [make_category(make_market(code), slug="neurology", name="Neurology") for code in ("us", "de")]


def test_it_leads_to_the_same_category_and_drug_in_other_markets(client):
    for category in two_markets():
        make_published(make_faq(make_drug(category=category, slug="corvadune")))
    for path in ("medical-information/neurology/", "products/corvadune/"):
        page = content(client, f"/us/{path}")
        assert f'hreflang="de-DE" href="http://testserver/de/{path}"' in page
        assert f'<a href="/de/{path}" lang="de-DE"' in page


def test_it_leads_to_no_drug_that_is_not_answered_there(client):
    here, there = two_markets()
    make_published(make_faq(make_drug(category=here, slug="corvadune")))
    make_drug(category=there, slug="corvadune")
    page = content(client, "/us/products/corvadune/")
    assert 'rel="alternate"' not in page
    assert '<a href="/de/" lang="de-DE"' in page


def test_the_front_page_names_sections_and_nothing_that_they_list(client):
    science = Page.objects.create(
        market=make_market(), slug="science", title="Science", lead="What we study.", body="<p>x</p>"
    )
    PageResource.objects.create(page=science, kind="poster", title="Results beyond the label")
    Page.objects.create(market=science.market, slug="terms", title="Terms", lead="No section.", body="<p>x</p>")
    page = content(client, "/us/")
    assert '<a href="/us/science/">Science</a>' in page
    assert "What we study." in page
    assert "Results beyond the label" not in page
    assert "No section." not in page


def test_the_front_page_has_room_for_what_the_device_remembers(client):
    make_market()
    assert "data-recent-list hidden" in content(client, "/us/")


def test_the_sitemap_lists_pages_under_their_section(client):
    science = Page.objects.create(market=make_market(), slug="science", title="Science", body="<p>x</p>")
    for order, slug in ((2, "second"), (1, "first")):
        Page.objects.create(market=science.market, slug=slug, title=slug, section=science, order=order, body="<p>x</p>")
    under = content(client, "/us/sitemap/").partition('<a href="/us/science/">Science</a>')[2].partition("</ul>")[0]
    assert re.findall(r'<a href="/us/pages/(\w+)/">', under) == ["first", "second"]
