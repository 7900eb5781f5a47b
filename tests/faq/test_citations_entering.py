"""A reference in the fields of a form, and back."""

import pytest

from faq.citations import entering

ITEM = {
    "id": "x",
    "type": "article-journal",
    "title": "On <i>things</i>",
    "author": [{"family": "Berg", "non-dropping-particle": "van der", "given": "Jan", "orcid": "0"}, {"literal": "G"}],
    "issued": {"date-parts": [[2023, 5, 11], [2023, 5, 13]], "season": 1},
    "volume": 12,
    "number": "NCT04975308",
    "custom": {"kept": [1]},
}


def test_nothing_changes_where_nobody_touches_anything():
    assert entering.entered(ITEM, {}) == (ITEM, {})


def test_it_shows_each_field_as_text():
    shown = entering.shown(ITEM)
    told = {name: text for name, text in shown.items() if text}
    assert told == {
        "type": "article-journal",
        "title": "On <i>things</i>",
        "authors": "van der Berg, Jan\nG",
        "issued": "2023-05-11/2023-05-13",
        "volume": "12",
        "nct": "NCT04975308",
    }


def test_what_the_form_does_not_know_stays():
    item, wrong = entering.entered(ITEM, {"title": "New", "authors": "New, A\r\nvan der Berg, Jan\r\n"})
    assert wrong == {}
    assert item == {**ITEM, "title": "New", "author": [{"family": "New", "given": "A"}, ITEM["author"][0]]}


@pytest.mark.parametrize(
    ("field", "text", "name", "value"),
    [
        ("doi", " https://doi.org/10.1056/NEJMoa2410858 ", "DOI", "10.1056/NEJMoa2410858"),
        ("doi", "doi:10.1056/x", "DOI", "10.1056/x"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/39660834/", "PMID", "39660834"),
        ("pmid", "PMID: 39660834", "PMID", "39660834"),
        ("nct", "https://clinicaltrials.gov/study/nct04188548?x", "number", "NCT04188548"),
        ("issued", "27 March 2025", "issued", {"date-parts": [[2025, 3, 27]]}),
        ("url", "https://example.org/a", "URL", "https://example.org/a"),
    ],
)
def test_it_takes_what_people_paste(field, text, name, value):
    item, wrong = entering.entered({"type": "book"}, {field: text})
    assert (item, wrong) == ({"type": "book", name: value}, {})


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("doi", "10.1/x"),
        ("doi", "11.1056/x"),
        ("pmid", "123456789"),
        ("pmid", "PMC12"),
        ("nct", "NCT123"),
        ("issued", "soon"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_it_refuses_what_does_not_look_right_and_changes_nothing(field, text):
    item, wrong = entering.entered(ITEM, {field: text})
    assert item == ITEM
    assert list(wrong) == [field]


def test_an_emptied_field_is_gone():
    item, _ = entering.entered(ITEM, {"volume": "", "issued": " ", "authors": "\n"})
    assert not {"volume", "issued", "author"} & set(item)


@pytest.mark.parametrize(
    ("texts", "number"),
    [({"nct": ""}, None), ({"number": "A-1", "nct": ""}, "A-1"), ({"number": ""}, "NCT04975308")],
)
def test_the_one_number_of_csl_is_a_trial_or_another(texts, number):
    item, wrong = entering.entered(ITEM, texts)
    assert (item.get("number"), wrong) == (number, {})


def test_there_is_no_room_for_two_numbers():
    assert list(entering.entered({}, {"number": "A-1", "nct": "NCT04975308"})[1]) == ["nct"]
