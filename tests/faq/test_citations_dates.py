"""CSL dates in AMA form."""

import pytest

from faq.citations import dates

DATES = [
    ([[2025, 4, 8]], "April 8, 2025"),
    ([["2025", "04", "08"]], "April 8, 2025"),
    ([[2023, 5]], "May 2023"),
    ([[2023]], "2023"),
    ([[2023, 5, 11], [2023, 5, 13]], "May 11-13, 2023"),
    ([[2023, 5, 11], [2023, 5, 11]], "May 11, 2023"),
    ([[2024, 7, 30], [2024, 8, 2]], "July 30-August 2, 2024"),
    ([[2024, 12, 30], [2025, 1, 2]], "December 30, 2024-January 2, 2025"),
    ([[2023, 5], [2023, 6]], "May-June 2023"),
    ([[2024, 12], [2025, 1]], "December 2024-January 2025"),
    ([[2023], [2024]], "2023-2024"),
    ([[2023, 5, 11], [2023]], "May 11, 2023-2023"),
    ([[2023, 2, 30]], "February 2023"),
    ([[2023, 13, 1]], "2023"),
    ([[2023, 5, 11], [0]], "May 11, 2023"),
    ([["May"]], ""),
    ([None, 3, []], ""),
    ("2023", ""),
]


@pytest.mark.parametrize(("parts", "expected"), DATES)
def test_it_writes_date_parts(parts, expected):
    assert dates.written({"date-parts": parts}) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"raw": "2023-05-11"}, "May 11, 2023"),
        ({"raw": "2023-05-11/2023-05-13"}, "May 11-13, 2023"),
        ({"literal": "Spring 2023"}, "Spring 2023"),
        ({}, ""),
        (None, ""),
        ([[2023]], ""),
    ],
)
def test_it_writes_other_forms_of_date(value, expected):
    assert dates.written(value) == expected


@pytest.mark.parametrize(
    ("text", "entered"),
    [
        ("2025", "2025"),
        ("2025-3", "2025-03"),
        ("2025/03/27/", "2025-03-27"),
        ("2025 Mar 27", "2025-03-27"),
        ("2025 Mar-Apr", "2025-03/2025-04"),
        ("27. March 2025", "2025-03-27"),
        ("Mar. 2025", "2025-03"),
        ("May 11–13, 2023", "2023-05-11/2023-05-13"),
        ("2023-05-30/2023-06-02", "2023-05-30/2023-06-02"),
    ],
)
def test_it_reads_a_date_as_people_write_it(text, entered):
    value = dates.read(text)
    assert dates.entered(value) == entered
    assert dates.read(entered) == value


@pytest.mark.parametrize(
    "text", ["", "soon", "2025-13", "2025-02-30", "Foo 2025", "25", "2025-05-13/2025-05-11", "2025 Mai"]
)
def test_it_reads_no_date_where_there_is_none(text):
    assert dates.read(text) is None
