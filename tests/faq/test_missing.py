"""The page for addresses that do not exist."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq.models import DrugName
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
    for typed in ("/us/products/imlunestrent/", "/us/products/imulnestrant/", "/us/products/imlunestrant.html"):
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
    page = missing(client, "/us/products/answers/how-is-it-stored-after-openning-99/")
    assert "After opening?" in page
    assert "Frozen?" not in page
    assert "Renal?" not in page


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/us/contacts/", "/us/contact/"),
        ("/us/site-map/", "/us/sitemap/"),
        ("/us/medical-informaton/", "/us/medical-information/"),
        ("/us/medical-information/nuerology/", "/us/medical-information/neurology/"),
    ],
)
def test_it_offers_the_nearest_pages(client, typed, address):
    make_published(make_faq(make_drug(category=make_category(slug="neurology", name="Neurology"))))
    assert offered(missing(client, typed)) == [address]


def test_it_offers_nothing_of_another_market(client):
    make_market()
    make_answered("Fremdium", make_market("de"))
    assert offered(missing(client, "/us/products/fremdium/")) == []
    assert offered(missing(client, "/de/products/fremdum/")) == ["/de/products/fremdium/"]


def test_it_names_nothing_from_behind_a_gate(client):
    market = make_gated("us")
    make_answered("Imlunestrant", market)
    response = client.get("/us/products/imlunestrent/")
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


@pytest.mark.parametrize("typed", ["answers/{number}/", "products/answers/{number}/", "answers/{named}/"])
def test_it_offers_the_answer_that_an_address_names(client, typed):
    version = make_published(make_faq(content_id="US-STORE-7"), question="How is it stored?")
    path = typed.format(number=version.faq.number, named="us-store-7")
    assert "How is it stored?" in missing(client, f"/us/{path}")


def asked(client, path):
    with CaptureQueriesContext(connection) as captured:
        missing(client, path)
    return len(captured)


BESIDE = {
    "drug": "products/imlunestrent-dose/",
    "answer": "products/answers/how-is-imlunestrant-stord-99/",
    "area": "medical-information/nuerology/",
}


@pytest.mark.parametrize("kind", BESIDE)
def test_it_asks_the_database_four_times_at_most(client, kind):
    area = make_category(slug="neurology", name="Neurology")
    for number in range(6):
        drug = make_drug(
            category=area, name=f"Imlunestrant {number}", slug=f"imlunestrant-{number}", names=(f"I{number}",)
        )
        make_published(make_faq(drug, slug=f"how-is-imlunestrant-stored-{number}"))
    # What the view itself asks before it says 404 is counted with it.
    assert "Did you mean" in missing(client, f"/us/{BESIDE[kind]}")
    assert asked(client, f"/us/{BESIDE[kind]}") - asked(client, "/us/elsewhere/") <= 5


@pytest.mark.parametrize("path", ["wp-login.php", "imlunestrent/", "pages/imlunestrent/", ".env"])
def test_it_looks_for_nothing_where_nothing_could_lie(client, path):
    make_answered("Imlunestrant")
    with CaptureQueriesContext(connection) as captured:
        assert "Imlunestrant" not in missing(client, f"/us/{path}")
    assert not re.search('FROM "faq_', "".join(query["sql"] for query in captured))
