"""How a page of results is narrowed, and turned."""

import re

import pytest

from faq.search.results import Facet, Facets, Narrowing
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.resulting import NO_FACETS, give, make_results, page

pytestmark = pytest.mark.django_db

STATUSES = [Facet("on-label", "On-label", 3, False), Facet("off-label", "Off-label", 2, False)]


def links(said):
    """Where each link of the choices leads, by its words without their count."""
    found = re.findall(r'<li><a href="([^"]*)"[^>]*><span>([^<]*)</span>', said)
    return {words: address.replace("&amp;", "&") for address, words in found}


@pytest.fixture
def show(client, monkeypatch):
    """The page that shows five results with these facets; further words are parameters of its address."""

    def show(facets=NO_FACETS, total=5, parameters=None, **changes):
        version = make_published()
        give(monkeypatch, make_results(version, total=total, facets=facets, **changes))
        return page(client, q="dose", **(parameters or {}))

    return show


def test_it_offers_every_kind_with_counts(show):
    kinds = (
        [Facet("one", "Alphacet", 4, False)],
        [Facet("heart", "Cardiology", 3, False)],
        [Facet("7", "Dosing", 1, False)],
    )
    said = show(Facets(*kinds, STATUSES))
    assert links(said) == {
        "Alphacet": "?q=dose&only=one",
        "Cardiology": "?q=dose&category=heart",
        "Dosing": "?q=dose&topic=7",
        "On-label": "?q=dose&status=on-label",
        "Off-label": "?q=dose&status=off-label",
    }
    assert '<span>Alphacet</span> <span class="narrow__count">4</span>' in said
    for title in ("Medicine", "Therapeutic area", "Topic", "Label status"):
        assert f"<h3>{title}</h3>" in said


def test_it_offers_nothing_that_leaves_all(show):
    said = show(Facets([Facet("one", "Alphacet", 5, False)], [], [], []))
    assert "Narrow the results" not in said


def test_it_says_what_is_chosen_and_offers_to_drop_it(show):
    facets = Facets([], [], [], [STATUSES[0], STATUSES[1]._replace(is_chosen=True)])
    said = show(facets, total=2, parameters={"status": "off-label", "exact": "1"})
    assert 'href="?q=dose&amp;exact=1&amp;status=off-label" aria-current="true"' in said
    assert said.count('aria-current="true"') == 1
    assert '<a class="chip" href="?q=dose&amp;exact=1"><span class="visually-hidden">Without </span>Off-label' in said
    assert links(said)["On-label"] == "?q=dose&exact=1&status=on-label"


def test_it_offers_few_of_many_values_and_what_is_chosen_among_them(show):
    topics = [Facet(str(number), f"Topic {number}", 1, number == 30) for number in range(1, 40)]
    said = show(Facets([], [], topics, []), total=1, parameters={"topic": 30})
    assert [*links(said)] == [*(f"Topic {number}" for number in range(1, 9)), "Topic 30"]


def test_it_says_so_where_nothing_has_all_that_was_chosen(client, monkeypatch):
    make_market()
    give(monkeypatch, make_results(facets=Facets([], [], [], [Facet("off-label", "Off-label", 2, True)])))
    said = page(client, q="dose", status="off-label", category="none")
    assert "No answer has all that you chose." in said
    assert '<a href="?q=dose">Show all results</a>' in said
    assert '<a class="chip" href="?q=dose&amp;category=none">' in said


def test_it_asks_the_engine_for_what_was_chosen(client, monkeypatch):
    drug = make_published().faq.drug
    calls = give(monkeypatch, make_results())
    chosen = {"only": "a", "category": "b", "topic": 3, "status": "on-label"}
    page(client, q="dose", drug=drug.slug, page=2, exact=1, all=1, **chosen)
    assert calls == [
        {
            "text": "dose",
            "drug": drug,
            "page": 2,
            "narrowing": Narrowing("a", "b", 3, "on-label"),
            "exact": True,
            "everywhere": True,
        }
    ]


def test_it_turns_the_page_and_keeps_everything(show):
    said = show(page=2, pages=3, total=25, parameters={"page": 2, "topic": 3, "drug": "none", "exact": "1"})
    assert "Page 2 of 3" in said
    assert 'rel="prev" href="?q=dose&amp;drug=none&amp;exact=1&amp;topic=3"' in said
    assert 'rel="next" href="?q=dose&amp;drug=none&amp;exact=1&amp;topic=3&amp;page=3"' in said


def test_it_groups_by_drug_in_the_order_of_the_best(client, monkeypatch):
    one, other = make_drug(name="Alphacet"), make_drug(name="Betamin")
    versions = [make_published(make_faq(drug), question=f"{drug} {n}?") for n, drug in enumerate([other, one, other])]
    give(monkeypatch, make_results(*versions))
    said = page(client, q="dose")
    assert re.findall(r'<h3 class="hits__drug"[^>]*><a[^>]*>(\w+)', said) == ["Betamin", "Alphacet"]
    assert re.findall(r'data-hit="\d+">(\w+ \d)', said) == ["Betamin 0", "Betamin 2", "Alphacet 1"]


def test_it_narrows_what_was_really_found(client):
    drug = make_drug(name="Alphacet")
    make_published(make_faq(drug, topics=("Storage",)), question="How is Alphacet stored?")
    make_published(make_faq(drug, label_status="off-label"), question="How is Alphacet stored at sea?")
    said = page(client, q="stored")
    assert links(said) == {
        "Storage": links(said)["Storage"],
        "On-label": "?q=stored&status=on-label",
        "Off-label": "?q=stored&status=off-label",
    }
    for words in ("Storage", "On-label"):
        left = client.get("/us/search/" + links(said)[words]).content.decode()
        assert ">1 answer</h2>" in left
        assert "at sea" not in left


def test_it_asks_the_database_few_times(client, django_assert_max_num_queries):
    drug = make_drug()
    for _ in range(4):
        make_published(make_faq(drug))
    with django_assert_max_num_queries(9):
        assert ">4 answers about" in page(client, q="stored", drug=drug.slug, page=2)
