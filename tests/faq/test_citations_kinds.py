"""References in AMA style for everything that is not a journal article."""

import pytest

from faq.citations import ama
from tests.faq.test_citations_ama import make_article, make_poster, on, people

WHEN_WHERE = "Test Congress; May 11-13, 2023; Berlin, Germany."
PRESENTATIONS = [
    ({}, f"Roe A. A poster. Poster presented at: {WHEN_WHERE}"),
    ({"genre": "poster presentation"}, f"Roe A. A poster. Poster presented at: {WHEN_WHERE}"),
    ({"genre": "Paper"}, f"Roe A. A poster. Paper presented at: {WHEN_WHERE}"),
    ({"genre": "Abstract", "number": "P1-02"}, f"Roe A. A poster. Abstract P1-02 presented at: {WHEN_WHERE}"),
    ({"genre": "Oral presentation"}, f"Roe A. A poster. Oral presentation at: {WHEN_WHERE}"),
    ({"genre": "", "number": 7}, f"Roe A. A poster. Abstract 7 presented at: {WHEN_WHERE}"),
    ({"genre": ""}, f"Roe A. A poster. Presented at: {WHEN_WHERE}"),
    ({"event-place": ""}, "Roe A. A poster. Poster presented at: Test Congress; May 11-13, 2023."),
    (
        {"event-date": None, "issued": on([2023])},
        "Roe A. A poster. Poster presented at: Test Congress; 2023; Berlin, Germany.",
    ),
    ({"event-title": None}, "Roe A. A poster. Poster presented May 11-13, 2023; Berlin, Germany."),
    ({"type": "paper-conference", "genre": ""}, f"Roe A. A poster. Paper presented at: {WHEN_WHERE}"),
]

OTHER_KINDS = [
    (
        {
            "type": "paper-conference",
            "author": people("Roe, A"),
            "title": "A paper",
            "container-title": "Proceedings of Tests",
            "editor": people("Doe, J"),
            "publisher": "ACM",
            "issued": on([2010]),
            "page": "1-10",
        },
        "Roe A. A paper. In: Doe J, ed. <em>Proceedings of Tests</em>. ACM; 2010:1-10.",
    ),
    (
        make_article(type="paper-conference", page="1014"),
        "Roe A. A trial. <em>J Test</em>. 2025;85(4):1014.",
    ),
    (
        {
            "type": "webpage",
            "author": [{"literal": "Health Agency"}],
            "title": "Travel advice",
            "container-title": "Health Agency",
            "issued": on([2016, 1, 26]),
            "accessed": on([2019, 6, 18]),
            "URL": "https://a.test/",
        },
        "Health Agency. Travel advice. January 26, 2016. Accessed June 18, 2019. https://a.test/",
    ),
    (
        {"type": "webpage", "title": "Advice", "container-title": "Agency", "URL": "https://a.test/"},
        "Advice. Agency. https://a.test/",
    ),
    (
        {"type": "webpage", "title": "A trial", "container-title": "ISRCTN registry", "number": "ISRCTN1"},
        "A trial. ISRCTN registry identifier: ISRCTN1.",
    ),
    (
        {"type": "webpage", "title": "A trial", "URL": "https://www.clinicaltrials.gov/study/nct00000001"},
        "A trial. ClinicalTrials.gov identifier: NCT00000001. https://www.clinicaltrials.gov/study/nct00000001",
    ),
    (
        {
            "type": "book",
            "author": people("Roe, A"),
            "title": "Testing",
            "volume": 2,
            "edition": 3,
            "publisher": "Press",
            "publisher-place": "Boston",
            "issued": on([2017]),
        },
        "Roe A. <em>Testing</em>. Vol 2. 3rd ed. Press; 2017.",
    ),
    (
        {"type": "book", "editor": people("Roe, A", "Doe, J"), "title": "Testing", "edition": "1"},
        "Roe A, Doe J, eds. <em>Testing</em>.",
    ),
    (
        {
            "type": "chapter",
            "author": people("Roe, A"),
            "title": "Tables",
            "container-title": "Testing",
            "edition": "12",
            "publisher": "Press",
            "issued": on([2017]),
            "page": "101-110",
        },
        "Roe A. Tables. In: <em>Testing</em>. 12th ed. Press; 2017:101-110.",
    ),
    (
        {
            "type": "report",
            "author": people("Roe, A"),
            "title": "Risks",
            "collection-title": "Evidence Report No.",
            "collection-number": 218,
            "publisher": "Agency",
            "issued": on([2014]),
            "genre": "Agency publication",
            "number": "14-E005",
        },
        "Roe A. <em>Risks</em>. Evidence Report No. 218. Agency; 2014. Agency publication 14-E005.",
    ),
    (
        {
            "type": "document",
            "genre": "Package insert",
            "title": "Zepbound",
            "publisher": "Eli Lilly and Company",
            "publisher-place": "Indianapolis, IN",
            "issued": on([2024, 11]),
        },
        "Zepbound. Package insert. Eli Lilly and Company; 2024.",
    ),
    (
        {
            "type": "document",
            "genre": "Data on file",
            "author": [{"literal": "Acme Inc."}],
            "issued": on([2025]),
        },
        "Data on file. Acme Inc.; 2025.",
    ),
    (
        {"type": "document", "genre": "Data on file", "title": "Data on file", "publisher": "Acme"},
        "Data on file. Acme.",
    ),
    (
        {
            "type": "document",
            "genre": "Data on file",
            "author": [{"literal": "Acme"}],
            "publisher": "Acme",
            "title": "Stability study",
            "issued": on([2025]),
        },
        "Stability study. Data on file. Acme; 2025.",
    ),
    (
        {
            "type": "document",
            "genre": "Protocol",
            "author": people("Roe, A"),
            "title": "Plan",
            "issued": on([2025]),
        },
        "Roe A. Plan. Protocol. 2025.",
    ),
]


@pytest.mark.parametrize(("fields", "expected"), PRESENTATIONS)
def test_it_writes_presentations(fields, expected):
    assert ama.reference(make_poster(**fields)) == expected


@pytest.mark.parametrize(("item", "expected"), OTHER_KINDS)
def test_it_writes_every_other_kind(item, expected):
    assert ama.reference(item) == expected
