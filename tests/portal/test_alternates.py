"""The same page in other markets."""

import pytest

from portal.chrome.models import Page
from tests.factories import make_market

pytestmark = pytest.mark.django_db


def two_markets(**german):
    make_market(name="United States")
    return make_market(code="de", is_default=False, name="Deutschland", language_tag="de-DE", **german)


def test_it_leads_from_a_page_to_the_same_in_every_market(client):
    two_markets()
    page = client.get("/us/medical-information/").content.decode()
    assert '<link rel="alternate" hreflang="de-DE" href="http://testserver/de/medical-information/">' in page
    assert '<link rel="alternate" hreflang="en-US" href="http://testserver/us/medical-information/">' in page
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/us/medical-information/">' in page
    assert '<a href="/de/medical-information/" lang="de-DE" hreflang="de-DE">Deutschland</a>' in page


def test_it_leads_to_the_home_page_where_the_other_market_has_no_such_page(client):
    market = two_markets()
    Page.objects.create(market=market, slug="impressum", title="Impressum", body="<p>Wir.</p>")
    page = client.get("/de/pages/impressum/").content.decode()
    assert '<a href="/us/" lang="en-US" hreflang="en-US">United States</a>' in page
    assert 'rel="alternate"' not in page


def test_it_marks_the_market_that_one_is_in(client):
    two_markets()
    page = client.get("/de/").content.decode()
    assert '<a href="/de/" lang="de-DE" hreflang="de-DE" aria-current="true">Deutschland</a>' in page


def test_search_engines_are_sent_to_no_gate(client):
    two_markets(gate="account", gate_title="Anmeldung", gate_text="Bitte melden Sie sich an.")
    assert 'rel="alternate"' not in client.get("/us/").content.decode()


def test_one_market_needs_no_switch(client):
    make_market()
    assert "market-switch" not in client.get("/us/").content.decode()


def test_the_surroundings_cost_one_query(client, django_assert_num_queries):
    two_markets()
    with django_assert_num_queries(1):
        client.get("/us/gate/")
