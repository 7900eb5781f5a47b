"""Author and editor names in AMA style."""

import pytest

from faq.citations import names

GROUP = {"literal": "Test Study Group"}


def make_people(count: int) -> list[dict[str, str]]:
    return [{"family": family, "given": "Jo"} for family in "ABCDEFGHIJ"[:count]]


LISTS = [
    ([], ""),
    (None, ""),
    (make_people(1), "A J"),
    (make_people(6), "A J, B J, C J, D J, E J, F J"),
    (make_people(7), "A J, B J, C J, et al"),
    ([GROUP], "Test Study Group"),
    ([GROUP, {"literal": "Second Group"}], "Test Study Group; Second Group"),
    ([*make_people(2), GROUP], "A J, B J; Test Study Group"),
    ([*make_people(6), GROUP], "A J, B J, C J, D J, E J, F J; Test Study Group"),
    ([*make_people(7), GROUP], "A J, B J, C J, et al; Test Study Group"),
    ([GROUP, *make_people(1)], "A J; Test Study Group"),
    ("Health Agency", "Health Agency"),
]

PERSONS = [
    ({"family": "Roe", "given": "Jean-Luc"}, "Roe JL"),
    ({"family": "Roe", "given": "J.-L."}, "Roe JL"),
    ({"family": "Roe", "given": "Ann B."}, "Roe AB"),
    ({"family": "Roe", "given": "A.B."}, "Roe AB"),
    ({"family": "Roe", "given": "KL"}, "Roe KL"),
    ({"family": "ROE", "given": "KOMAL"}, "ROE K"),
    ({"family": "Roe", "given": "émile"}, "Roe É"),
    ({"family": "Roe", "given": "Robert (Bob)"}, "Roe R"),
    ({"family": "Roe-Doe", "given": "Ann"}, "Roe-Doe A"),
    ({"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, "van der Berg J"),
    ({"family": "Humboldt", "given": "A", "dropping-particle": "von"}, "von Humboldt A"),
    (
        {"family": "Torre", "given": "P", "dropping-particle": "de", "non-dropping-particle": "la"},
        "de la Torre P",
    ),
    ({"family": "Artagnan", "given": "C", "non-dropping-particle": "d'"}, "d'Artagnan C"),
    ({"family": "Roe", "given": "John", "suffix": "Jr."}, "Roe J Jr"),
    ({"family": "Roe", "given": "John", "suffix": "III"}, "Roe J III"),
    ({"family": "Roe"}, "Roe"),
    ({"given": "Hildegard"}, "Hildegard"),
    ({"family": "Roe", "given": 7, "suffix": None}, "Roe"),
    ({"family": "Roe", "given": "..."}, "Roe"),
]


@pytest.mark.parametrize(("value", "expected"), LISTS)
def test_it_lists_names(value, expected):
    assert names.written(value) == expected


@pytest.mark.parametrize(("person", "expected"), PERSONS)
def test_it_writes_one_person(person, expected):
    assert names.written([person]) == expected


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Jhaveri, Komal L", {"family": "Jhaveri", "given": "Komal L"}),
        ("King, Martin Luther, Jr", {"family": "King", "given": "Martin Luther", "suffix": "Jr"}),
        ("Plato,", {"family": "Plato"}),
        ("EMBER-3 Study Group", {"literal": "EMBER-3 Study Group"}),
    ],
)
def test_it_reads_a_line_and_writes_it_again(line, name):
    assert names.read(line) == name
    assert names.entered([name]) == [line]


def test_a_line_that_stays_keeps_what_it_cannot_say():
    value = [{"family": "Berg", "non-dropping-particle": "van der", "given": "Jan", "orcid": "0"}, {"literal": "Group"}]
    (line, group) = names.entered(value)
    assert names.merged([group, "New, A", line], value) == [value[1], {"family": "New", "given": "A"}, value[0]]
