"""Rows for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

# What a spreadsheet takes for the beginning of a formula, also after blanks; the last four are full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(value: object) -> object:
    """`value` such that a spreadsheet shows it and computes nothing; numbers stay numbers."""
    if isinstance(value, str) and (value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)):
        return f"'{value}"
    return value


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """`rows` as lines of a CSV file, one at a time; the first begins with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> Any:
        return text
