"""How rows become the bytes of a file: CSV and XLSX for people and their spreadsheets, JSON Lines for programs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from faq.feedback_export import dictionary
from faq.feedback_export.kinds import Kind
from portal.lib.spreadsheet import Sheet, csv_lines, write_workbook

Rows = Iterable[Sequence[object]]
Take = Callable[[bytes], Any]
# Told once all rows are written: only then the file's own figures are known.
Facts = Callable[[], Mapping[str, object]]
# So many letters are handed on at once.
PIECE = 1 << 16


class Format(NamedTuple):
    """One kind of file; `write` hands its bytes to a function, piece by piece."""

    key: str
    label: str
    media_type: str
    write: Callable[[Kind, Rows, Facts, Take], None]
    # Whether the data dictionary stands in the file itself.
    has_dictionary: bool = False


def _write_csv(kind: Kind, rows: Rows, _facts: Facts, take: Take) -> None:
    def lines() -> Iterator[Sequence[object]]:
        yield kind.names
        for row in rows:
            yield [_plain(value) for value in row]

    _hand_on(csv_lines(lines()), take)


def _write_json_lines(kind: Kind, rows: Rows, _facts: Facts, take: Take) -> None:
    names = kind.names
    told = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_day) + "\n" for row in rows)
    _hand_on(told, take)


def _write_xlsx(kind: Kind, rows: Rows, facts: Facts, take: Take) -> None:
    def sheets() -> Iterator[Sheet]:
        told = ([_plain(value, dates=True) for value in row] for row in rows)
        yield Sheet(kind.key.capitalize(), kind.names, told, [column.width for column in kind.columns])
        yield Sheet("Data dictionary", dictionary.NAMES, dictionary.lines(kind, facts()), dictionary.WIDTHS)

    write_workbook(sheets(), take)


def _plain(value: Any, *, dates: bool = False) -> object:
    """A value as a cell holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, date) and not dates:
        return value.isoformat()
    return value


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"No JSON for {value!r}.")


def _hand_on(texts: Iterable[str], take: Take) -> None:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= PIECE:
            take("".join(held).encode())
            held, size = [], 0
    take("".join(held).encode())


FORMATS = {
    made.key: made
    for made in (
        Format("csv", "CSV", "text/csv; charset=utf-8", _write_csv),
        Format(
            "xlsx",
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _write_xlsx,
            has_dictionary=True,
        ),
        Format("jsonl", "JSON Lines", "application/jsonl; charset=utf-8", _write_json_lines),
    )
}
