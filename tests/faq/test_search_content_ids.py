"""A content ID in the place of a question."""

import pytest

from faq import publishing
from faq.search import content_ids
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.resulting import page

pytestmark = pytest.mark.django_db

ID = "US_cFAQ_PRA001_RENAL"


@pytest.fixture
def faq():
    return make_published(make_faq(content_id=ID)).faq


@pytest.mark.parametrize("text", [ID, ID.lower(), ID.upper(), f" {ID} ", f"“{ID}”", f"{ID}.", "US_cFAQ_PRA0", "us_c"])
def test_it_leads_straight_to_the_answer(client, faq, text):
    response = client.get("/us/search/", {"q": text})
    assert (response.status_code, response["Location"]) == (302, f"/us/answers/{ID}/")
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("text", ["US", "PRA001", "RENAL", f"what is {ID}", f"{ID}_MORE", "_", "____", "%_%_", "us-c"])
def test_other_texts_are_questions(faq, text):
    assert content_ids.find(text, faq.market) is None


def test_an_id_without_underscores_counts_only_whole(faq):
    named = make_published(make_faq(faq.drug, content_id="MI-00412")).faq
    assert content_ids.find("mi-00412", faq.market) == named
    assert content_ids.find("mi-004", faq.market) is None


def test_a_beginning_of_several_leads_nowhere_and_a_whole_id_does(faq):
    others = [make_published(make_faq(faq.drug, content_id=f"{ID}{number}")).faq for number in range(2)]
    assert content_ids.find(ID[:-1], faq.market) is None
    assert content_ids.find(ID, faq.market) == faq
    assert content_ids.find(f"{ID}1", faq.market) == others[1]


def test_a_withdrawn_answer_says_so_at_its_own_address(client, faq):
    publishing.withdraw(faq.versions.get(), by=cast.approver(), reason="Outdated.")
    response = client.get("/us/search/", {"q": ID}, follow=True)
    assert response.status_code == 410


def test_the_beginning_of_its_id_tells_nobody_of_a_withdrawn_answer(faq):
    publishing.withdraw(faq.versions.get(), by=cast.approver(), reason="Outdated.")
    assert content_ids.find(ID[:-1], faq.market) is None
    assert content_ids.find(ID, faq.market) == content_ids.find(ID.lower(), faq.market) == faq


def test_nobody_learns_of_what_was_never_published_or_is_another_markets():
    market = make_market()
    make_draft(make_faq(content_id="US_SECRET_1"))
    make_published(make_faq(make_drug(make_market("de")), content_id="DE_OTHER_1"))
    assert content_ids.find("US_SECRET_1", market) is None
    assert content_ids.find("DE_OTHER_1", market) is None


def test_while_somebody_types_it_is_a_link(client, faq):
    response = client.get("/us/search/", {"q": ID.lower()}, headers={"x-fragment": "results"})
    assert f'href="/us/answers/{ID}/">Open {ID}</a>' in response.content.decode()


def test_it_is_no_search_that_is_noted(client, faq, monkeypatch):
    monkeypatch.setattr("faq.search.log.asked", None)
    assert page(client, q=ID) == ""
