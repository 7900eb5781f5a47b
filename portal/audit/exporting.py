"""Entries as files: CSV for spreadsheets, JSON Lines for programs; a few in memory at a time."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from portal.audit.models import Entry, EntryQuerySet
from portal.lib.spreadsheet import csv_lines

BATCH = 1000
_JSON = ("before", "after")
COLUMNS = [field.attname for field in Entry._meta.concrete_fields]


class Format(NamedTuple):
    """One kind of file."""

    label: str
    media_type: str
    write: Callable[[EntryQuerySet], Iterator[str]]


def rows(entries: EntryQuerySet) -> Iterator[dict[str, Any]]:
    """`entries` from the oldest on, with the very texts that were hashed."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in _JSON}
    plain = [name for name in COLUMNS if name not in _JSON]
    asked = entries.order_by("position").annotate(**texts).values(*plain, *texts)
    last = 0
    while found := list(asked.filter(position__gt=last)[:BATCH]):
        for row in found:
            told = {**row, **{name: row[f"{name}_text"] for name in _JSON}}
            yield {name: told[name] for name in COLUMNS} | {"at": row["at"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        last = found[-1]["position"]


def csv_file(entries: EntryQuerySet) -> Iterator[str]:
    """A line of names, then one for each entry."""

    def lines() -> Iterator[list[Any]]:
        yield COLUMNS
        for row in rows(entries):
            yield list(row.values())

    return csv_lines(lines())


def json_lines(entries: EntryQuerySet) -> Iterator[str]:
    """One JSON object for each entry; `before` and `after` stand in it letter by letter as they were hashed."""
    for row in rows(entries):
        parts = [
            f"{json.dumps(name)}: {value or 'null' if name in _JSON else json.dumps(value, ensure_ascii=False)}"
            for name, value in row.items()
        ]
        yield f"{{{', '.join(parts)}}}\n"


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", csv_file),
    "jsonl": Format("JSON Lines", "application/jsonl; charset=utf-8", json_lines),
}
