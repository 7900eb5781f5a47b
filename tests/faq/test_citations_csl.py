"""What is read from CSL-JSON, and what is reported as wrong with it."""

import pytest

from faq.citations import csl

GOOD = {
    "type": "article-journal",
    "title": "A trial",
    "author": [{"family": "Roe", "given": "Ann"}, {"literal": "Test Group"}],
    "issued": {"date-parts": [["2025", 4, 8]]},
    "DOI": "https://doi.org/10.1056/NEJMoa2410858",
    "PMID": 39660834,
    "URL": "https://a.test/",
}

PROBLEMS = [
    ({"type": ""}, "type is missing."),
    ({"type": ["book"]}, "type is missing."),
    (
        {"type": "song"},
        "type 'song' is not supported; use one of article-journal, book, chapter, document, "
        "paper-conference, report, speech, webpage.",
    ),
    ({"title": "<i></i> "}, "title is missing."),
    ({"author": "Roe"}, "author is not a list of names."),
    ({"author": [{"literal": "A"}, {"given": "Ann"}]}, "author 2 has neither family nor literal."),
    ({"author": ["Roe"]}, "author 1 has neither family nor literal."),
    ({"editor": {}}, "editor is not a list of names."),
    ({"issued": "2025"}, "issued is not an object with date-parts."),
    ({"issued": {}}, "issued has no date-parts."),
    ({"issued": {"date-parts": []}}, "issued must have one or two lists in its date-parts."),
    (
        {"issued": {"date-parts": [["May"]]}},
        "issued has date-parts that are not year, month and day as numbers.",
    ),
    (
        {"issued": {"date-parts": [[True]]}},
        "issued has date-parts that are not year, month and day as numbers.",
    ),
    ({"issued": {"date-parts": [[2025, 2, 30]]}}, "issued is not a real date: 2025-2-30."),
    ({"accessed": {"date-parts": [[25, 2, 3]]}}, "accessed is not a real date: 25-2-3."),
    ({"event-date": {"date-parts": [[2025, 2, 3], [2025, 2, 1]]}}, "event-date ends before it begins."),
    ({"DOI": "NEJMoa2410858"}, "DOI does not look like 10.1000/example."),
    ({"DOI": ["10.1000/1"]}, "DOI does not look like 10.1000/example."),
    ({"PMID": "PMC123"}, "PMID is not a number of at most eight digits."),
    ({"number": "NCT0497530"}, "number is not NCT and eight digits."),
    ({"container-title": "ClinicalTrials.gov"}, "a ClinicalTrials.gov entry needs its NCT number."),
    ({"URL": "www.a.test"}, "URL does not begin with http:// or https:// and a host."),
    ({"URL": "javascript:alert(1)"}, "URL does not begin with http:// or https:// and a host."),
    ({"URL": "https://a.test/a b"}, "URL does not begin with http:// or https:// and a host."),
]

DOIS = [
    ("10.1056/NEJMoa2410858", "10.1056/NEJMoa2410858"),
    ("https://doi.org/10.1056/NEJMoa2410858", "10.1056/NEJMoa2410858"),
    ("https://dx.doi.org/10.1158/0008-5472.CAN-24-2608", "10.1158/0008-5472.CAN-24-2608"),
    ("doi: 10.1000/1", "10.1000/1"),
    ("DOI:10.1000/1.", "10.1000/1"),
    ("https://doi.org/10.1000/a%3Cb", "10.1000/a<b"),
    ("10.1000/a%3Cb", "10.1000/a%3Cb"),
    ("10.1000", ""),
    ("10.1000/a b", ""),
    ("", ""),
    (None, ""),
]

TRIALS = [
    ({"number": "NCT04975308"}, "NCT04975308"),
    ({"number": "nct04975308"}, "NCT04975308"),
    ({"URL": "https://clinicaltrials.gov/ct2/show/NCT04975308?tab=1"}, "NCT04975308"),
    ({"number": "NCT1", "URL": "https://clinicaltrials.gov/study/NCT04975308"}, "NCT04975308"),
    ({"number": "NCT049753081"}, ""),
    ({"number": 4975308}, ""),
    ({}, ""),
]

YEARS = [
    ({"issued": {"date-parts": [[2025, 4]]}}, 2025),
    ({"event-date": {"date-parts": [[2023, 5, 11], [2023, 5, 13]]}}, 2023),
    ({"issued": {"raw": "2024-01-02"}}, 2024),
    ({"issued": {"literal": "spring"}}, None),
    ({"issued": {"date-parts": [[99999999999]]}}, None),
    ({}, None),
]


def test_it_finds_nothing_wrong_with_a_good_item():
    assert csl.problems(GOOD) == []


@pytest.mark.parametrize(("fields", "problem"), PROBLEMS)
def test_it_names_each_problem(fields, problem):
    assert csl.problems(GOOD | fields) == [problem]


@pytest.mark.parametrize("item", [None, "text", 3, ["a"]])
def test_it_refuses_what_is_not_an_object(item):
    assert csl.problems(item) == ["The reference is not a JSON object."]


def test_it_names_all_problems_at_once():
    assert len(csl.problems({"PMID": "x", "URL": "y", "issued": 1})) == 5


def test_it_lets_data_on_file_go_without_a_title():
    assert csl.problems({"type": "document", "genre": "Data on file"}) == []


@pytest.mark.parametrize(("stored", "expected"), DOIS)
def test_it_reads_a_doi_in_any_form(stored, expected):
    assert csl.doi({"DOI": stored}) == expected


def test_it_reads_the_doi_from_a_resolver_address():
    assert csl.doi({"URL": "https://doi.org/10.1056/NEJMoa2410858"}) == "10.1056/NEJMoa2410858"


@pytest.mark.parametrize(("item", "expected"), TRIALS)
def test_it_finds_the_trial_number(item, expected):
    assert csl.registry_number(item) == expected


@pytest.mark.parametrize(("item", "expected"), YEARS)
def test_it_reads_the_year(item, expected):
    assert csl.year(item) == expected


@pytest.mark.parametrize(
    ("stored", "expected"), [(39660834, "39660834"), ("12", "12"), ("1/2", ""), (True, ""), (0, "")]
)
def test_it_reads_a_pubmed_number(stored, expected):
    assert csl.pmid({"PMID": stored}) == expected


def test_it_gives_a_title_without_markup():
    assert csl.title({"title": "<i>ESR1</i> & 10<sup>6</sup>\n <b>cells</b>"}) == "ESR1 & 10⁶ cells"


@pytest.mark.parametrize("read", [csl.title, csl.doi, csl.pmid, csl.registry_number, csl.url])
def test_it_reads_nothing_from_what_is_not_an_object(read):
    assert read(None) == read([]) == read("text") == ""
