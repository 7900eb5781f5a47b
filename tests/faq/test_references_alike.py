"""Likely duplicates, and free keys."""

import pytest

from faq import adding
from tests.factories import make_reference

pytestmark = pytest.mark.django_db
ITEM = {
    "type": "article-journal",
    "title": "Imlunestrant with or without abemaciclib in advanced breast cancer",
    "author": [{"family": "Jhavéri", "given": "K"}],
    "issued": {"date-parts": [[2025]]},
}


@pytest.mark.parametrize(
    ("held", "new", "why"),
    [
        ({"DOI": "10.1000/A"}, {"DOI": "https://doi.org/10.1000/a", "title": "Else"}, "the same DOI"),
        ({"PMID": "123"}, {"PMID": "123", "title": "Else"}, "the same PMID"),
        ({"number": "NCT00000001"}, {"number": "NCT00000001", "title": "Else"}, "the same trial number"),
        ({}, {"title": ITEM["title"].upper() + "."}, "nearly the same title"),
        ({"title": ITEM["title"] + ": results of EMBER"}, {}, "nearly the same title"),
        ({"issued": {"date-parts": [[2024, 12, 11]]}}, {"DOI": "10.1000/a"}, "nearly the same title"),
        ({"DOI": "10.1000/a"}, {"DOI": "10.1000/b"}, None),
        ({"number": "NCT00000001", "DOI": "10.1000/a"}, {"number": "NCT00000001", "DOI": "10.1000/b"}, None),
        ({"issued": {"date-parts": [[2020]]}}, {}, None),
        ({"author": [{"family": "Doe"}]}, {}, None),
        ({"title": "Elacestrant in advanced breast cancer"}, {}, None),
    ],
)
def test_two_may_be_the_same(held, new, why):
    make_reference()
    reference = make_reference("held", **{**ITEM, **held})
    (found,) = adding.alike([{**ITEM, **new}])
    assert [like.reference for like in found] == ([reference] if why else [])
    assert all(why in like.why for like in found)


def test_nothing_is_its_own_duplicate():
    held = make_reference("held", **ITEM)
    assert adding.alike([held.csl], apart_from=held) == [[]]


def test_many_are_looked_up_in_one_query(django_assert_num_queries):
    make_reference("held", **ITEM)
    with django_assert_num_queries(1):
        assert len(adding.alike([ITEM, {**ITEM, "title": "x"}] * 100)) == 200


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "jhaveri-2025-2"),
        ({"author": [{"literal": "EMBER-3 Study Group"}]}, "ember-3-study-group-2025"),
        ({"author": [], "number": "NCT04975308"}, "nct04975308-2025"),
        ({"author": [], "issued": None}, "imlunestrant-with-or-without"),
        ({"author": [{"family": "王"}], "title": "王", "issued": None}, "source"),
    ],
)
def test_a_key_says_who_and_when_and_is_free(changes, key):
    make_reference("jhaveri-2025")
    assert adding.free_keys([{**ITEM, **changes}]) == [key]


def test_no_two_entries_get_one_key():
    assert adding.free_keys([ITEM, ITEM]) == ["jhaveri-2025", "jhaveri-2025-2"]
