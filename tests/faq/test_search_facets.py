"""Results are counted and narrowed by drug, category, topic and label status."""

from faq.search.facets import count, narrowed
from faq.search.results import Facet, Narrowing
from tests.faq.ranking import make_candidate

ONE = make_candidate(1, filed=((7, "Dosing"), (8, "Safety")))
TWO = make_candidate(2, filed=((8, "Safety"),), label_status="off-label")
OTHER = make_candidate(3, drug_slug="weslumira", drug_name="Weslumira", category_slug="sugar", category_name="Sugar")
FOUND = [ONE, TWO, OTHER]


def test_it_counts_what_each_value_leaves():
    facets = count(FOUND, Narrowing())
    assert facets.drugs == [Facet("corvadune", "Corvadune", 2, False), Facet("weslumira", "Weslumira", 1, False)]
    assert [(facet.label, facet.answers) for facet in facets.categories] == [("Blood", 2), ("Sugar", 1)]
    assert [(facet.value, facet.answers) for facet in facets.topics] == [("8", 2), ("7", 1)]
    assert [(facet.value, facet.answers) for facet in facets.statuses] == [("on-label", 2), ("off-label", 1)]


def test_it_narrows():
    assert narrowed(FOUND, Narrowing()) == FOUND
    assert narrowed(FOUND, Narrowing(drug="weslumira")) == [OTHER]
    assert narrowed(FOUND, Narrowing(topic=8)) == [ONE, TWO]
    assert narrowed(FOUND, Narrowing(topic=8, status="off-label")) == [TWO]
    assert narrowed(FOUND, Narrowing(category="none")) == []


def test_what_is_chosen_of_one_kind_narrows_the_others():
    facets = count(FOUND, Narrowing(drug="corvadune"))
    assert [facet.answers for facet in facets.drugs] == [2, 1]
    assert facets.drugs[0].is_chosen
    assert [facet.label for facet in facets.categories] == ["Blood"]
