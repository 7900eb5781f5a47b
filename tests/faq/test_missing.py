"""The page for addresses that do not exist."""

import re

import pytest

from faq.models import DrugName
from portal.chrome.models import Page
from tests.factories import make_category, make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.markets import make_gated

pytestmark = pytest.mark.django_db


def missing(client, path):
    """The main part of the page: header and footer have links of their own."""
    response = client.get(path)
    assert response.status_code == 404
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def offered(page):
    return re.findall(r'<a class="drug-row" href="([^"]*)"', page)


def make_answered(name, market=None, **changes):
    drug = make_drug(market, name=name, slug=name.lower().replace(" ", "-"), **changes)
    make_published(make_faq(drug))
    return drug


def test_it_offers_a_search_for_the_words_of_the_address(client):
    make_market()
    page = missing(client, "/us/products/answers/brain-metastases-1003/")
    assert 'name="q" value="brain metastases"' in page
    assert "Did you mean" not in page
    assert 'name="robots" content="noindex"' in client.get("/us/nothing/").content.decode()


def test_it_offers_the_drug_whose_name_was_mistyped(client):
    make_answered("Imlunestrant")
    make_answered("Weslumira")
    for typed in ("/us/products/imlunestrent/", "/us/imulnestrant", "/us/products/imlunestrant.html"):
        assert offered(missing(client, typed)) == ["/us/products/imlunestrant/"]


def test_it_offers_a_drug_by_any_of_its_names_once(client):
    drug = make_answered("Corvadune", generic_name="praldexian")
    DrugName.objects.create(drug=drug, name="ALD-2107", kind="code")
    DrugName.objects.create(drug=drug, name="praldexian", kind="generic")
    for typed in ("praldexion", "ald2107", "ALD-2107", "corvadune-praldexian"):
        assert offered(missing(client, f"/us/products/{typed}/")) == ["/us/products/corvadune/"]


def test_it_does_not_offer_what_staff_prepare(client):
    make_draft(make_faq(make_drug(name="Silentium", slug="silentium"), slug="what-is-silentium-for"))
    page = missing(client, "/us/products/silentium-/")
    assert "Silentium" not in page
    assert "Did you mean" not in missing(client, "/us/products/answers/what-silentium-for-7/")


def test_it_offers_the_nearest_on_label_answers(client):
    drug = make_drug()
    make_published(make_faq(drug, slug="how-is-it-stored-after-opening"), question="After opening?")
    make_published(make_faq(drug, slug="how-is-it-stored-frozen", label_status="off-label"), question="Frozen?")
    make_published(make_faq(drug, slug="dose-in-renal-impairment"), question="Renal?")
    page = missing(client, "/us/products/answers/how-it-stored-after-openning-99/")
    assert "After opening?" in page
    assert "Frozen?" not in page
    assert "Renal?" not in page


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/us/contacts/", "/us/contact/"),
        ("/us/site-map/", "/us/sitemap/"),
        ("/us/medical-informaton/", "/us/medical-information/"),
        ("/us/pages/term-of-use/", "/us/pages/terms-of-use/"),
        ("/us/medical-information/nuerology/", "/us/medical-information/neurology/"),
    ],
)
def test_it_offers_the_nearest_pages(client, typed, address):
    make_published(make_faq(make_drug(category=make_category(slug="neurology", name="Neurology"))))
    Page.objects.create(market=make_market(), slug="terms-of-use", title="Terms of use", body="<p>x</p>")
    assert offered(missing(client, typed)) == [address]


def test_it_offers_nothing_of_another_market(client):
    make_market()
    make_answered("Fremdium", make_market("de"))
    Page.objects.create(market=make_market("de"), slug="impressum", title="Impressum", body="<p>x</p>")
    assert offered(missing(client, "/us/products/fremdium/")) == []
    assert offered(missing(client, "/us/pages/impresum/")) == []
    assert offered(missing(client, "/de/products/fremdum/")) == ["/de/products/fremdium/"]


def test_it_names_nothing_from_behind_a_gate(client):
    market = make_gated("us")
    make_answered("Imlunestrant", market)
    Page.objects.create(market=market, slug="research", title="Research", body="<p>x</p>", is_open=False)
    for typed in ("/us/products/imlunestrent/", "/us/pages/reserch/"):
        response = client.get(typed)
        assert offered(response.content.decode()) == []
        assert "no-cache" in response["Cache-Control"]
    client.post("/us/gate/", {"wanted": "/us/"}, headers={"sec-fetch-site": "same-origin"})
    assert offered(missing(client, "/us/products/imlunestrent/")) == ["/us/products/imlunestrant/"]
    assert "private" in client.get("/us/products/imlunestrent/")["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    ["/us/%00/%FF/", "/us/" + "a-" * 4000, "/us/" + "/".join("abcdefgh"), "/us/products/%25_%25/", "/us/'\"><script>/"],
    ids=len,
)
def test_it_takes_any_address(client, path):
    make_answered("Imlunestrant")
    assert "<script>" not in missing(client, path)


def test_it_asks_the_database_no_more_for_many_drugs_than_for_few(client, django_assert_max_num_queries):
    for number in range(6):
        make_answered(f"Imlunestrant {number}", names=(f"Imlu{number}",))
    with django_assert_max_num_queries(10):
        assert len(offered(missing(client, "/us/products/imlunestrent-dose/"))) == 4
