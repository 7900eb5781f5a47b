"""What the page's script tells of a search: believed in nothing that can be counted here."""

from types import SimpleNamespace

import pytest

from faq import publishing
from faq.search import engine
from faq.search.models import SearchEvent, SearchGap
from portal.lib import ratelimit
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.portal.test_gate import attested, gated

pytestmark = pytest.mark.django_db


def send(client, q="How is it stored?", headers=None, **fields):
    return client.post("/us/search/used/", {"q": q, **fields}, headers=headers)


def noted():
    return [(event.kind, event.drug, event.results, event.faq) for event in SearchEvent.objects.order_by("kind")]


@pytest.fixture
def found(monkeypatch):
    """What every search finds: so many answers."""
    results = SimpleNamespace(total=4, is_answered=True)
    monkeypatch.setattr(engine, "search", lambda *_args, **_kwargs: results)
    return results


def test_it_notes_a_search_whose_results_were_shown_while_typing(client, found):
    drug = make_published().faq.drug
    response = send(client, live="1", drug=drug.slug, results="900", total="900")
    assert (response.status_code, response.content) == (204, b"")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert noted() == [("asked", drug, 4, None)]


def test_it_finds_out_itself_that_there_was_no_answer(client, found):
    make_market()
    found.total, found.is_answered = 0, False
    send(client, live="1", answered="1")
    assert noted() == [("asked", None, 0, None)]
    assert SearchGap.objects.get().text == "How is it stored?"


def test_it_notes_which_answer_was_opened(client, found):
    faq = make_published().faq
    send(client, opened=faq.number)
    assert noted() == [("opened", None, None, faq)]


def test_it_searches_nothing_that_the_results_page_has_noted_already(client, monkeypatch):
    faq = make_published().faq
    monkeypatch.setattr(engine, "search", None)
    for live in ("", "0", "yes"):
        assert send(client, opened=faq.number, live=live).status_code == 204


@pytest.mark.parametrize("opened", ["", "0", "-1", "1.5", "²", "٣", "9" * 30, "\x00", "x", "1 OR 1=1"])
def test_it_notes_no_answer_that_is_none(client, opened):
    make_published()
    assert send(client, opened=opened).status_code == 204
    assert not SearchEvent.objects.exists()


def test_it_notes_no_answer_that_visitors_cannot_read(client):
    draft, gone, abroad = make_draft(), make_published(), make_published(make_faq(make_drug(make_market("de"))))
    publishing.withdraw(gone, by=cast.approver(), reason="Outdated.")
    for version in (draft, gone, abroad):
        send(client, opened=version.faq.number)
    assert not SearchEvent.objects.exists()


@pytest.mark.parametrize("drug", ["nothing", "a b", "\x00", "x" * 500])
def test_it_takes_an_unknown_drug_for_none(client, found, drug):
    make_market()
    send(client, live="1", drug=drug)
    assert noted() == [("asked", None, 4, None)]


@pytest.mark.parametrize("text", ["", " ", "\x00", "Mr Smith dose", "call 212-555-0142"])
def test_it_notes_nothing_empty_or_personal(client, found, text):
    faq = make_published().faq
    assert send(client, text, live="1", opened=faq.number).status_code == 204
    assert not SearchEvent.objects.exists()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_it_refuses_what_another_site_sends(client, headers):
    faq = make_published().faq
    assert send(client, opened=faq.number, headers=headers).status_code == 403
    assert not SearchEvent.objects.exists()


def test_it_is_sent_and_never_fetched(client):
    make_market()
    assert client.get("/us/search/used/").status_code == 405
    assert client.post("/xx/search/used/", {"q": "stored"}).status_code == 404


def test_it_notes_no_more_than_so_many(client, monkeypatch):
    faq = make_published().faq
    monkeypatch.setattr(ratelimit, "search_log", lambda _request: False)
    assert send(client, opened=faq.number).status_code == 204
    assert not SearchEvent.objects.exists()


@pytest.mark.parametrize("policy", ["attest", "account"])
def test_it_hears_nothing_from_before_a_gate(client, found, policy):
    gated(policy)
    faq = make_published().faq
    send(client, live="1", opened=faq.number)
    assert not SearchEvent.objects.exists()


def test_it_hears_whoever_passed_the_gate(client, found):
    gated()
    make_published()
    attested(client)
    assert send(client, live="1").status_code == 204
    assert noted() == [("asked", None, 4, None)]
