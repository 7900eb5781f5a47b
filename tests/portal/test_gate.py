"""Who may read the medical pages of a market with a gate."""

import time
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.chrome import gate
from portal.chrome.models import Market, Page
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db

SECRET = "The tablets are stored below 25 degrees."


def gated(policy="attest", **changes):
    texts = {
        "gate_title": "Are you a professional?",
        "gate_text": "This site is for professionals.",
        "gate_accept_label": "I am",
        "gate_decline_label": "I am not",
        "gate_decline_page": "public-information",
    }
    market = make_market(gate=policy, **{**texts, **changes})
    Page.objects.create(market=market, slug="public-information", title="For everybody", body="<p>Ask a doctor.</p>")
    Page.objects.create(market=market, slug="science", title="Science", body=f"<p>{SECRET}</p>", is_open=False)
    return market


def attested(client, wanted="/us/"):
    return client.post("/us/gate/", {"wanted": wanted})


def behind(version):
    faq, drug = version.faq, version.faq.drug
    return [
        "/us/",
        "/us/medical-information/",
        drug.category.get_absolute_url(),
        drug.get_absolute_url(),
        version.get_absolute_url(),
        faq.get_pdf_url(),
        f"/us/answers/{faq.content_id}/",
        "/us/search/?q=stored",
        "/us/sitemap/",
        "/us/science/",
    ]


@pytest.mark.parametrize("policy", ["attest", "account"])
def test_it_shows_the_gate_and_nothing_behind_it(client, policy):
    gated(policy)
    version = make_published(short_answer=f"<p>{SECRET}</p>", question="How is it stored?")
    for address in behind(version):
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 200, address
        assert "Are you a professional?" in page, address
        assert SECRET not in page, address
        assert "How is it stored?" not in page, address
        assert response["X-Robots-Tag"] == "noindex"
        assert "private" in response["Cache-Control"], address


def test_it_lets_in_whoever_attests_and_leads_to_what_was_wanted(client):
    gated()
    version = make_published(short_answer=f"<p>{SECRET}</p>")
    response = attested(client, version.get_absolute_url())
    assert (response.status_code, response["Location"]) == (302, version.get_absolute_url())
    for address in behind(version):
        response = client.get(address)
        assert b"Are you a professional?" not in response.content, address
        assert "public" not in response.get("Cache-Control", ""), address
    assert SECRET in client.get(version.get_absolute_url()).content.decode()


def test_the_cookie_says_nothing_else_and_goes_to_its_market_only(client):
    gated(gate_days=30)
    cookie = attested(client).cookies[gate.COOKIE]
    assert (cookie["path"], cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("/us/", 2592000, True, "Lax")
    assert cookie.value.startswith("us:")


@pytest.mark.parametrize("value", ["", "us", "us:1tA:forged", "de:\x00", "true"])
def test_it_believes_no_forged_cookie(client, value):
    gated()
    client.cookies[gate.COOKIE] = value
    assert b"Are you a professional?" in client.get("/us/").content


def test_one_markets_attestation_opens_no_other(client):
    gated()
    gated(code="uk", is_default=False)
    attested(client)
    client.cookies["hcp_attested"]["path"] = "/"
    assert b"Are you a professional?" in client.get("/uk/").content


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/us/", "/admin/", "/us", ""])
def test_it_leads_nowhere_else(client, wanted):
    gated()
    assert attested(client, wanted)["Location"] == "/us/"


@pytest.mark.parametrize(
    "address", ["/us/pages/public-information/", "/us/contact/", "/us/report-safety/", "/us/leaving/?to=x"]
)
def test_what_everybody_may_read_has_no_gate(client, address):
    gated()
    assert b"Are you a professional?" not in client.get(address).content


def test_it_offers_a_way_out_and_the_safety_line(client):
    gated(safety_notice="Report to {phone}.", safety_phone="1-800-555-0110")
    page = client.get("/us/").content.decode()
    dialog = page[page.index("<dialog") : page.index("</dialog>")]
    assert 'href="/us/pages/public-information/"' in dialog
    assert "Report to <a" in dialog
    assert ">1-800-555-0110</a>." in dialog
    assert 'href="/us/privacy-choices/"' in dialog


def test_an_attestation_ends_after_the_days_of_its_market(client):
    gated(gate_days=30)
    with mock.patch("time.time", return_value=time.time() - 31 * 86400):
        cookie = attested(client).cookies[gate.COOKIE].value
    client.cookies.clear()
    client.cookies[gate.COOKIE] = cookie
    assert b"Are you a professional?" in client.get("/us/").content
    Market.objects.update(gate_days=40)
    assert b"Are you a professional?" not in client.get("/us/").content


def test_the_gates_own_address_leads_home(client):
    gated()
    assert b'name="wanted" value="/us/"' in client.get("/us/gate/").content
    assert attested(client, "/us/gate/")["Location"] == "/us/"
    assert client.get("/us/gate/")["Location"] == "/us/"


def test_a_missing_page_behind_the_gate_is_kept_by_no_proxy(client):
    gated()
    assert "private" in client.get("/us/nothing/")["Cache-Control"]


def test_no_other_market_names_what_stands_behind_a_gate(client):
    make_market("open", is_default=False)
    gated()
    here = make_published(make_faq(make_drug(make_market("open"), slug="thing"), common_id="same"))
    make_published(make_faq(make_drug(slug="thing"), common_id="same"))
    for row in (here, here.faq.drug):
        page = client.get(row.get_absolute_url()).content.decode()
        assert "/us/products/" not in page
        assert '<a href="/us/"' in page


def test_an_account_opens_the_gate_that_asks_for_one(client):
    gated("account")
    client.force_login(cast.author())
    response = client.get("/us/")
    assert b"Are you a professional?" not in response.content
    assert b"Sign out" in response.content
    assert "private" in response["Cache-Control"]
    assert b"Sign out" not in client.get("/us/pages/public-information/").content


def test_attesting_is_no_account(client):
    gated("account")
    assert gate.COOKIE not in attested(client).cookies
    assert b"Are you a professional?" in client.get("/us/").content


def test_a_market_without_a_gate_needs_none(client):
    make_market()
    assert client.get("/us/gate/")["Location"] == "/us/"
    assert attested(client)["Location"] == "/us/"
    assert gate.COOKIE not in client.cookies


def test_the_database_refuses_a_gate_without_words():
    with pytest.raises(IntegrityError), transaction.atomic():
        gated(gate_title="")
    with pytest.raises(IntegrityError), transaction.atomic():
        gated(gate_decline_page="")


def test_staff_cannot_close_a_market_without_a_way_out():
    market = gated()
    market.clean()
    Page.objects.filter(slug="public-information").update(is_open=False)
    with pytest.raises(ValidationError, match="open to everybody"):
        Market.objects.get(pk=market.pk).clean()


@pytest.mark.parametrize("changes", [{"is_open": False}, {"slug": "elsewhere"}])
def test_the_way_out_stays_open_and_where_it_is(changes):
    gated()
    page = Page.objects.get(slug="public-information")
    page.clean()
    for name, value in changes.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError, match="decline"):
        page.clean()


def test_staff_cannot_delete_the_way_out(client):
    gated()
    client.force_login(cast.superuser())
    page = Page.objects.get(slug="public-information")
    assert client.post(f"/admin/chrome/page/{page.pk}/delete/", {"post": "yes"}).status_code == 403
    other = Page.objects.get(slug="science")
    assert client.post(f"/admin/chrome/page/{other.pk}/delete/", {"post": "yes"}).status_code == 302
