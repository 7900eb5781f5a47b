"""Entries in the words of people: what a table, a column and a value are called, and who a number stands for."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from portal.audit.models import Entry

# What the database calls a change, and what people call it.
ACTIONS = {"insert": "added", "update": "changed", "delete": "deleted"}
NOTHING = "—"
# A list shows the beginning of a long text.
SHORT = 80
# So many letters are shown before what differs.
AHEAD = 16


class Change(NamedTuple):
    """One column of an entry: what it held before, and holds after; None where there was no row."""

    name: str
    before: str | None
    after: str | None


@cache
def models_by_table() -> dict[str, type[models.Model]]:
    """Every model, those of many-to-many tables included, by the name of its table."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if model._meta.managed}


def kind(table: str) -> str:
    """What people call the rows of `table`; of a note, what the note calls them."""
    model = models_by_table().get(table)
    if model is None:
        return capfirst(table.replace("_", " "))
    owner = model._meta.auto_created
    if owner:
        # A table of pairs: called after the two that it brings together.
        names = [field.related_model._meta.verbose_name for field in model._meta.fields if field.related_model]
        return capfirst(" and ".join(str(name) for name in names))
    return capfirst(str(model._meta.verbose_name))


def action(said: str) -> str:
    """What people call an action."""
    return ACTIONS.get(said, said)


def changes(entry: Entry) -> list[Change]:
    """What an entry says changed, column by column in the order of the model, with names for numbers of rows."""
    before, after = entry.before or {}, entry.after or {}
    names = sorted({*before, *after}, key=_order(entry.kind))
    return [
        Change(
            _column(entry.kind, name),
            _value(entry.kind, name, before[name]) if name in before else None,
            _value(entry.kind, name, after[name]) if name in after else None,
        )
        for name in names
    ]


def summary(entry: Entry) -> list[Change]:
    """What the list tells of a change: each column shortened; nothing of rows that came or went whole."""
    if entry.before is None or entry.after is None:
        return []
    told = []
    for found in changes(entry):
        before, after = found.before or NOTHING, found.after or NOTHING
        start = _where(before, after)
        told.append(Change(found.name, shortened(before, start), shortened(after, start)))
    return told


def shortened(text: str, start: int = 0) -> str:
    """A long text from `start` on, as much of it as a list shows."""
    shown = f"…{text[start:].lstrip()}" if start else text
    return shown if len(shown) <= SHORT else f"{shown[: SHORT - 1].rstrip()}…"


def _where(before: str, after: str) -> int:
    """Where to begin so that what differs is seen: some words before it, if it comes late in a long text."""
    if max(len(before), len(after)) <= SHORT:
        return 0
    alike = next((place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), -1)
    alike = min(len(before), len(after)) if alike < 0 else alike
    return 0 if alike <= AHEAD * 2 else before.rfind(" ", 0, alike - AHEAD) + 1


def pointers(entry: Entry) -> list[tuple[str, str]]:
    """Rows of other tables that the entry points to, as (column, what they are called now)."""
    found = []
    for name, value in {**(entry.before or {}), **(entry.after or {})}.items():
        field = _fields(entry.kind).get(name)
        if value is not None and field is not None and field.is_relation:
            row = field.related_model._base_manager.filter(pk=value).first()
            found.append((_column(entry.kind, name), str(row) if row else "no longer there"))
    return found


@cache
def _fields(table: str) -> dict[str, Any]:
    """The fields of the rows of `table` by their columns, in the order of the model."""
    model = models_by_table().get(table)
    return {field.attname: field for field in model._meta.concrete_fields} if model else {}


def _order(table: str) -> Any:
    places = {column: place for place, column in enumerate(_fields(table))}
    return lambda name: (places.get(name, len(places)), name)


def _column(table: str, column: str) -> str:
    field = _fields(table).get(column)
    return capfirst(str(field.verbose_name)) if field is not None else capfirst(column.replace("_", " "))


def _value(table: str, column: str, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    field = _fields(table).get(column)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField) and isinstance(value, str):
        moment = parse_datetime(value)
        return date_format(localtime(moment), "j F Y, H:i:s") if moment else value
    if isinstance(field, models.JSONField) or isinstance(value, dict | list):
        return "\n".join(_lines(value))
    if field is not None and field.is_relation:
        return f"no. {value}"
    return str(value)


def _lines(value: Any, indent: str = "") -> Iterable[str]:
    """JSON as lines that people can compare."""
    if isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, dict | list):
                yield f"{indent}{name}:"
                yield from _lines(part, f"{indent}    ")
            else:
                yield f"{indent}{name}: {part}"
    elif isinstance(value, list):
        for part in value:
            yield from _lines(part, f"{indent}- " if not isinstance(part, dict | list) else f"{indent}  ")
    else:
        yield f"{indent}{value}"
