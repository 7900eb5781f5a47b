"""A vote tells of the search that led to the answer, where the page's script knew it."""

import pytest

from faq.models import Feedback
from faq.search.models import SearchEvent
from tests.factories import make_drug, make_market, make_published
from tests.faq.feedbacking import vote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("answer", "kind"), [("yes", "satisfied"), ("no", "unsatisfied")])
def test_it_notes_whether_the_answer_satisfied_who_had_searched(client, answer, kind):
    version = make_published()
    drug = version.faq.drug
    vote(client, version, answer, searched="How is it stored?", searched_in=drug.slug)
    event = SearchEvent.objects.get()
    assert (event.kind, event.text, event.drug, event.faq) == (kind, "How is it stored?", drug, version.faq)


@pytest.mark.parametrize("searched", ["", " ", "\x00", "Mr Smith dose", "call 212-555-0142"])
def test_it_takes_the_vote_alone_where_there_was_no_search_to_note(client, searched):
    vote(client, make_published(), searched=searched)
    assert Feedback.objects.exists()
    assert not SearchEvent.objects.exists()


@pytest.mark.parametrize("slug", ["nothing", "a b", "\x00", "x" * 500])
def test_it_takes_an_unknown_drug_for_none(client, slug):
    vote(client, make_published(), searched="stored", searched_in=slug)
    assert SearchEvent.objects.get().drug is None


def test_it_knows_no_drug_of_another_market(client):
    version, abroad = make_published(), make_drug(make_market("de"))
    vote(client, version, searched="stored", searched_in=abroad.slug)
    assert SearchEvent.objects.get().drug is None


def test_it_notes_nothing_of_a_vote_that_was_refused(client):
    version = make_published()
    vote(client, version, "maybe", searched="stored")
    vote(client, version, searched="stored", headers={"sec-fetch-site": "cross-site"})
    assert not SearchEvent.objects.exists()


def test_the_page_says_where_searches_of_its_market_come_from(client):
    page = client.get(make_published().get_absolute_url()).content.decode()
    assert 'data-feedback="/us/search/"' in page
