"""What a search field fetches while somebody types in it."""

import json
import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq import publishing
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.markets import make_gated

pytestmark = pytest.mark.django_db

ADDRESS = "/us/search/suggest/"
HOSTILE = [
    "' & | ! : * <->",
    "stor:* & !corv",
    '"><script>alert(1)</script>',
    "\\",
    "%",
    "_",
    "%s %(x)s {0}",
    "\x00",
    "sto\x00red",
    "🙂",
    "مرحبا بالعالم",
    "\u202estored",
    "store" * 80,
    "x" * 10_000,
    "store " * 5_000,
    "ﷺ" * 400,
    "ß" * 400,
    " ".join(f"unknownword{chr(97 + number % 26) * 9}" for number in range(100)),
    " ".join(["корвадун" * 5] * 8),
    "(((((.*)*)*)*)*)",
    "{{ 7*7 }}",
    "'; DROP TABLE faq_faq; --",
]


@pytest.fixture
def version():
    return make_published(make_faq(make_drug(name="Corvadune", slug="corvadune")), question="How is <b>it</b> stored?")


def suggestions(client, **parameters):
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 200
    return response.json()["suggestions"]


def test_it_tells_text_kind_and_address(client, version):
    assert suggestions(client, q="corv") == [
        {"text": "Corvadune", "kind": "drug", "url": "/us/products/corvadune/"},
        {"text": "Corvadune: How is <b>it</b> stored?", "kind": "question", "url": version.get_absolute_url()},
    ]


def test_it_stays_within_a_drug(client, version):
    make_published(make_faq(make_drug(name="Other")), question="How is it stored elsewhere?")
    assert [found["text"] for found in suggestions(client, q="sto", drug="corvadune")] == [version.question]


@pytest.mark.parametrize("unknown", ["unknown", "a b", "\x00", "x" * 300])
def test_it_passes_over_a_drug_that_it_does_not_know_as_the_page_of_results_does(client, version, unknown):
    make_published(make_faq(make_drug(name="Other")), question="How is it stored elsewhere?")
    assert suggestions(client, q="sto", drug=unknown) == suggestions(client, q="sto")
    page = client.get("/us/search/", {"q": "stored", "drug": unknown}).content.decode()
    assert ">2 answers</h2>" in page
    assert 'name="drug"' not in page


@pytest.mark.parametrize("parameters", [{}, {"q": ""}, {"q": " "}, {"q": "s"}, {"drug": "corvadune"}, {"q": "?"}])
def test_it_suggests_nothing_before_two_letters(client, version, parameters):
    assert suggestions(client, **parameters) == []


def test_it_is_kept_as_briefly_as_pages_are_and_never_listed(client, version):
    response = client.get(ADDRESS, {"q": "corv"})
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == client.get("/us/")["Cache-Control"]
    assert not response.cookies
    again = client.get(ADDRESS, {"q": "corv"}, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_it_forgets_a_withdrawn_answer_at_once(client, version):
    known = client.get(ADDRESS, {"q": "stored"})["ETag"]
    publishing.withdraw(version, by=cast.approver(), reason="Wrong.")
    response = client.get(ADDRESS, {"q": "stored"}, headers={"If-None-Match": known})
    assert (response.status_code, response.json()) == (200, {"suggestions": []})
    assert suggestions(client, q="corv") == suggestions(client, q="sto", drug="corvadune") == []


def test_it_only_reads(client, version):
    assert client.head(ADDRESS, {"q": "corv"}).status_code == 200
    assert client.post(ADDRESS, {"q": "corv"}).status_code == 405


def test_it_stands_behind_the_gate_of_its_market(client):
    market = make_gated("uk")
    make_published(make_faq(make_drug(market, name="Corvadune")))
    response = client.get("/uk/search/suggest/", {"q": "corv"})
    assert "Are you a professional?" in response.content.decode()
    assert "Corvadune" not in response.content.decode()
    client.post("/uk/gate/", {"wanted": "/uk/"})
    passed = client.get("/uk/search/suggest/", {"q": "corv"})
    assert passed.json()["suggestions"][0]["text"] == "Corvadune"
    assert passed["Cache-Control"] == "private, no-cache"


def test_it_speaks_of_its_own_market_only(client, version):
    make_market("de")
    assert client.get("/de/search/suggest/", {"q": "corv"}).json() == {"suggestions": []}
    assert client.get("/de/search/suggest/", {"q": "stored", "drug": "corvadune"}).json() == {"suggestions": []}
    assert client.get("/xx/search/suggest/", {"q": "corv"}).status_code == 404


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_it_answers_whatever_is_typed(client, version, text):
    for drug in ("", "corvadune", text):
        assert len(suggestions(client, q=text, drug=drug)) <= 8


def test_it_asks_the_database_five_times_at_most(client, version):
    suggestions(client, q="warm up")
    with CaptureQueriesContext(connection) as queries:
        suggestions(client, q="corvdune stroed", drug="corvadune")
    # The market, the drug, and three times for suggestions.
    assert len(queries) <= 5


def test_it_logs_nothing_of_what_was_typed(client, version, caplog):
    with caplog.at_level(logging.DEBUG):
        suggestions(client, q="Jane Roe 555-0100")
    noted = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not [record for record in noted if "Roe" in record.getMessage() + json.dumps(record.args, default=str)]
