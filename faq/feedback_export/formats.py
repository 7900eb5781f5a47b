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
        yield from _plain(kind, rows, {**_PLAIN, "date": _day})

    _hand_on(csv_lines(lines()), take)


def _write_json_lines(kind: Kind, rows: Rows, _facts: Facts, take: Take) -> None:
    names, encode = kind.names, json.JSONEncoder(ensure_ascii=False, default=_day).encode
    _hand_on((encode(dict(zip(names, row, strict=True))) + "\n" for row in rows), take)


def _write_xlsx(kind: Kind, rows: Rows, facts: Facts, take: Take) -> None:
    def sheets() -> Iterator[Sheet]:
        widths = [column.width for column in kind.columns]
        yield Sheet(kind.key.capitalize(), kind.names, _plain(kind, rows, _PLAIN), widths)
        yield Sheet("Data dictionary", dictionary.NAMES, dictionary.lines(kind, facts()), dictionary.WIDTHS)

    write_workbook(sheets(), take)


def _yes_no(value: Any) -> str:
    return "yes" if value else "no"


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no date.")


# What a cell holds of the values of a type; other types as they are.
_PLAIN: Mapping[str, Callable[[Any], object]] = {"yes or no": _yes_no, "list": "; ".join}


def _plain(kind: Kind, rows: Rows, plain: Mapping[str, Callable[[Any], object]]) -> Iterator[Sequence[object]]:
    """`rows` with their values as cells hold them."""
    made = [(place, plain[column.type]) for place, column in enumerate(kind.columns) if column.type in plain]
    for row in rows:
        cells = list(row)
        for place, of in made:
            cells[place] = of(cells[place])
        yield cells


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
