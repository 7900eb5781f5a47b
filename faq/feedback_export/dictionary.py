"""The data dictionary: what every column of a file means, and what the file holds; made of the table that writes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from faq.feedback_export.columns import Column
from faq.feedback_export.kinds import Kind
from portal.lib.spreadsheet import csv_lines

NAMES = ("part", "name", "type", "meaning")
WIDTHS = (10, 22, 12, 120)
TYPES = {
    "text": "Text. In CSV and Excel an apostrophe stands before what a spreadsheet would compute; JSON Lines is exact.",
    "number": "Whole number.",
    "yes or no": "yes or no; in JSON Lines true or false.",
    "list": "Any number of values, with “; ” between them; in JSON Lines an array.",
    "time": "ISO 8601 with the offset of the market's time zone.",
    "date": "ISO 8601, year-month-day; in Excel a date.",
}
_ROW = {
    "votes": "One row is one vote. The digests that recognise a visitor are in no export.",
    "remarks": "One row is one remark, with all that its vote says.",
}
_CSV = "UTF-8 with a byte order mark, separated by commas. Excel that expects semicolons: Data, From Text/CSV."


def meaning(column: Column) -> str:
    """What a column means, with the values that it may hold."""
    values = column.values()
    told = "; ".join(f"{value} = {label}" for value, label in values.items())
    return f"{column.meaning} Values: {told}." if told else column.meaning


def lines(kind: Kind, facts: Mapping[str, object] | None = None) -> Iterator[Sequence[object]]:
    """The dictionary as rows of `NAMES`; `facts` tell of one file, how many rows it has for example."""
    yield "file", "rows", "", _ROW[kind.key]
    yield "file", "CSV", "", _CSV
    for name, value in (facts or {}).items():
        yield "file", name, "", _told(value)
    for name, told in TYPES.items():
        yield "type", name, "", told
    for column in kind.columns:
        yield "column", column.name, column.type, meaning(column)


def csv_file(kind: Kind, facts: Mapping[str, object] | None = None) -> bytes:
    """The dictionary as a file of its own, which goes with CSV and JSON Lines."""
    return "".join(csv_lines(_headed(lines(kind, facts)))).encode()


def _headed(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield NAMES
    yield from rows


def _told(value: object) -> object:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {told}" for name, told in value.items()) or "nothing"
    return value
