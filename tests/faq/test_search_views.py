"""The page of search results: what it shows, what it notes, and who may keep it."""

import pytest

from faq import publishing
from faq.search import log
from faq.search.models import SearchEvent
from portal.lib import ratelimit
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.resulting import give, make_results, page

pytestmark = pytest.mark.django_db

HOSTILE = [
    "' & | ! : * <->",
    '"><script>alert(1)</script>',
    "\\",
    "%",
    "\x00",
    "a\x00b",
    "🙂",
    "مرحبا",
    "\u202eabc",
    "x" * 10_000,
    "store " * 5_000,
    "{{ 7*7 }}",
    "'; DROP TABLE faq_faq; --",
]
TYPING = {"x-fragment": "results"}


@pytest.fixture
def asked(monkeypatch):
    """What was noted as asked."""
    noted = []
    monkeypatch.setattr(
        log, "asked", lambda text, market, drug, **found: noted.append((text, market.code, drug, *found.values()))
    )
    return noted


def test_it_asks_for_a_question_first(client):
    make_market()
    said = page(client)
    assert "Type a question in your own words" in said
    assert "noindex" not in said


def test_it_lists_what_was_found(client):
    version = make_published(make_faq(make_drug(name="Corvadune"), label_status="off-label"))
    said = page(client, q="stored")
    assert ">1 answer</h2>" in said
    assert f'href="{version.get_absolute_url()}" data-hit="{version.faq.number}">How is it <mark>stored</mark>?' in said
    assert f'<a href="{version.faq.drug.get_absolute_url()}">Corvadune</a>' in said
    assert "Store it below 25 °C." in said.replace("<mark>", "").replace("</mark>", "")
    assert '<span class="tag">Off-label</span>' in said
    assert f'<span class="code">{version.faq.content_id}</span>' in said
    assert "Reviewed March 2, 2026" in said
    assert 'value="stored"' in said


def test_it_shows_the_safety_notice_whatever_is_asked(client):
    make_published()
    for text in ("how to store", "my patient got a rash after Corvadune", "adverse event report", "zzxqw", ""):
        assert "To report an adverse event, call" in page(client, q=text), text


def test_it_leads_with_the_question_to_the_team(client):
    make_published()
    assert 'href="/us/contact/?question=how%20to%20store%20%26%20keep"' in page(client, q="how to store & keep")


def test_it_searches_in_one_drug_and_offers_all(client):
    one, other = make_drug(name="Alphacet"), make_drug(name="Betamin")
    make_published(make_faq(one), question="Storage of one?")
    make_published(make_faq(other), question="Storage of the other?")
    said = page(client, q="storage", drug=one.slug)
    assert ">1 answer about Alphacet</h2>" in said
    assert "of the other?" not in said
    assert f'<option value="{one.slug}" selected>Alphacet</option>' in said
    assert '<a href="?q=storage&amp;all=1">Search in all medicines</a>' in said


def test_it_searches_everywhere_for_a_drug_that_it_does_not_know(client):
    make_published()
    for slug in ("nonsense", "\x00", "a b", "' OR 1=1 --", "x" * 9000, "<script>alert(1)</script>"):
        said = page(client, q="stored", drug=slug)
        assert ">1 answer</h2>" in said, slug
        assert "<script>alert" not in said


def test_it_does_not_search_a_drug_of_another_market(client):
    foreign = make_drug(make_market("de"), name="Fremdium")
    make_published(make_faq(foreign), question="How is Fremdium stored?")
    make_published(question="How is it stored here?")
    said = page(client, q="stored", drug=foreign.slug)
    assert "Fremdium" not in said
    assert "here?" in said


def test_it_finds_no_withdrawn_answer(client):
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    assert "No answer was found" in page(client, q="stored")


def test_it_survives_hostile_input_and_escapes_it(client):
    make_published(question="How do I store it?")
    for text in HOSTILE:
        rest = dict.fromkeys(("page", "drug", "only", "category", "topic", "status", "all", "exact"), text)
        response = client.get("/us/search/", {"q": text, **rest})
        assert response.status_code == 200, text
        assert "<script>alert" not in response.content.decode()
        assert "\x00" not in response.content.decode()


def test_it_takes_any_page(client):
    make_published()
    for number in ("0", "-1", "x", "", "1e3", "²", "٣", "9" * 400):
        assert ">1 answer</h2>" in page(client, q="stored", page=number), number


def test_it_gives_a_script_the_results_alone(client):
    make_published()
    response = client.get("/us/search/", {"q": "stored"}, headers=TYPING)
    said = response.content.decode()
    assert "1 answer" in said
    assert "<html" not in said
    assert "To report an adverse event" not in said
    assert (response["X-Fragment"], response["Cache-Control"]) == ("results", "no-store")
    assert said.strip() in page(client, q="stored")


def test_only_a_page_that_nobody_asked_anything_is_kept_by_proxies(client):
    make_published()
    empty, results = client.get("/us/search/"), client.get("/us/search/?q=stored")
    assert "s-maxage" in empty["Cache-Control"]
    assert results["Cache-Control"] == "private, no-cache"
    for response in (empty, results, client.get("/us/search/?q=stored", headers=TYPING)):
        assert "X-Fragment" in response["Vary"]
        assert "cookie" not in response["Vary"].lower()
        assert not response.cookies


def test_it_notes_what_was_asked_and_found(client, asked):
    drug = make_published().faq.drug
    page(client, q="  stored ", drug=drug.slug)
    page(client, q="xylophone")
    assert asked == [("stored", "us", drug, 1, True), ("xylophone", "us", None, 0, False)]


@pytest.mark.parametrize(
    "again",
    [{"page": 2}, {"only": "x"}, {"category": "x"}, {"topic": 1}, {"status": "off-label"}, {"all": 1}, {"q": ""}],
)
def test_it_notes_no_further_look_at_the_same_results(client, asked, again):
    make_published()
    page(client, **{"q": "stored", **again})
    assert asked == []


@pytest.mark.parametrize("headers", [TYPING, {"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}])
def test_it_notes_nothing_that_nobody_asked_for(client, asked, headers):
    make_published()
    assert client.get("/us/search/", {"q": "stored"}, headers=headers).status_code == 200
    assert client.head("/us/search/", {"q": "stored"}).status_code == 200
    assert asked == []


def test_it_notes_nothing_of_who_asks_all_the_time_and_answers_all_the_same(client, asked, monkeypatch):
    make_published()
    monkeypatch.setattr(ratelimit, "search_log", lambda _request: False)
    assert ">1 answer</h2>" in page(client, q="stored")
    assert asked == []


def test_it_keeps_what_it_notes(client):
    make_published()
    page(client, q="stored")
    event = SearchEvent.objects.get()
    assert (event.text, event.results, event.answered) == ("stored", 1, True)


def test_what_merely_comes_near_is_noted_as_no_answer(client, asked, monkeypatch):
    give(monkeypatch, make_results(make_published(), is_sure=False))
    page(client, q="stored")
    assert asked == [("stored", "us", None, 1, False)]
