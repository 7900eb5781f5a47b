"""Rows for spreadsheets, as CSV or as a workbook; one row in memory at a time, however many there are."""

import csv
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, NamedTuple

from xlsxwriter import Workbook

# What a spreadsheet takes for the beginning of a formula; the last four are full-width forms.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# Also after blanks, and after signs that take up no room.
_FORMULA = re.compile(rf"[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[{_SIGNS}]")
# Where the list separator is a semicolon or a tab, Excel begins a new cell there and at the end of a line, for it
# does not see the quotes of a file that is separated by commas.
_LATER_FORMULA = re.compile(rf"([;\t\r\n][\s\"]*)(?=[{_SIGNS}])")
# Whether anything in a line of CSV, with a comma before it, may begin a formula: in a cell of its own, or in what
# another separator makes of it. Begins with plain letters to look for, as otherwise it takes ten times as long.
_DOUBTFUL = re.compile(rf"[,;\t\r\n](?:[\s\"\u200b-\u200f\u2060\ufeff]*[{_SIGNS}]|\"?[\t\r\n])")
# The last row of a sheet; the first holds the names.
LAST_ROW = 1_048_575
PREFIX = "portal-workbook-"
# Seconds after which nobody writes a workbook any more.
OLD = 86_400
# Of a line of CSV.
_END = "\r\n"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Sheet(NamedTuple):
    """One table of a workbook; it goes on in a further sheet where it has more rows than a sheet takes."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    # In characters, by the order of the columns.
    widths: Sequence[int] = ()


def safe(value: object) -> object:
    """`value` such that a spreadsheet shows it and computes nothing; numbers stay numbers."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """`rows` as lines of a CSV file, one at a time; the first begins with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        cells = list(row)
        line: str = writer.writerow(cells)
        # One look at the whole line: most hold nothing of the kind, and a million have many cells.
        is_doubtful = _DOUBTFUL.search(f",{line.removesuffix(_END)}")
        yield writer.writerow([_in_line(value) for value in cells]) if is_doubtful else line


def _in_line(value: object) -> object:
    return _LATER_FORMULA.sub(r"\1'", str(safe(value))) if isinstance(value, str) else value


def write_workbook(sheets: Iterable[Sheet], take: Callable[[bytes], Any], *, last_row: int = LAST_ROW) -> None:
    """Hands the bytes of an .xlsx file with `sheets` to `take`, piece by piece.

    The file lies in a temporary folder while it is written, which is gone afterwards whatever happens. A sheet whose
    rows are asked for may count them: those of the next one are asked for when it is written.
    """
    _sweep()
    with TemporaryDirectory(prefix=PREFIX) as folder:
        path = Path(folder) / "book.xlsx"
        with Workbook(path, {**_OPTIONS, "tmpdir": folder}) as book:
            bold = book.add_format({"bold": True})
            for sheet in sheets:
                _write_sheet(book, bold, sheet, last_row)
        with path.open("rb") as made:
            shutil.copyfileobj(made, _Taker(take), 1 << 16)


def _sweep() -> None:
    """Deletes what processes left behind that were killed while they wrote."""
    for left in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - OLD:
                shutil.rmtree(left)


def _write_sheet(book: Any, bold: Any, sheet: Sheet, last_row: int) -> None:
    number, place, page = 1, 0, _begin_page(book, bold, sheet, sheet.name)
    for row in sheet.rows:
        if place == last_row:
            _end_page(page, sheet, place)
            number, place = number + 1, 0
            page = _begin_page(book, bold, sheet, f"{sheet.name} {number}")
        place += 1
        for column, value in enumerate(row):
            _write_cell(page, place, column, value)
    _end_page(page, sheet, place)


def _write_cell(page: Any, row: int, column: int, value: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(row, column, safe(value))
    elif isinstance(value, date):
        page.write_datetime(row, column, value)
    else:
        page.write_number(row, column, value)


def _begin_page(book: Any, bold: Any, sheet: Sheet, name: str) -> Any:
    page = book.add_worksheet(name)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    page.write_row(0, 0, sheet.columns, bold)
    return page


def _end_page(page: Any, sheet: Sheet, rows: int) -> None:
    page.autofilter(0, 0, rows, len(sheet.columns) - 1)


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> Any:
        return text


class _Taker:
    """A file that hands on what is written."""

    def __init__(self, take: Callable[[bytes], Any]) -> None:
        self.write = take
