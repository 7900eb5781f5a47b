"""Reads rows as the documents that stand for them, many rows with few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from faq.portable import what
from faq.portable.values import plain, says_nothing
from portal.lib.portable import Table

Document = dict[str, Any]
# As many keys as one query names.
_MANY = 5000


class Gatherer:
    """Documents of rows; remembers which rows of others they name, for those have to travel too."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[Any, Any]] = defaultdict(dict)

    def named(self, model: str) -> dict[Any, Any]:
        """The rows of `model` that documents have named so far: what they are called by their primary keys."""
        return self._keys[model]

    def name(self, table: Table, **which: Any) -> None:
        """Lets the rows of `table` that fit travel, although no row names them."""
        self._called(table.model, what.model(table)._default_manager.filter(**which).values_list("pk", flat=True))

    def documents(self, table: Table, rows: Sequence[models.Model]) -> list[Document]:
        """What stands for each of `rows`."""
        found = [self._columns(table, rows, field) for field in what.fields(table)]
        documents: list[Document] = [{} for _ in rows]
        for field, values in zip(what.fields(table), found, strict=True):
            for document, value in zip(documents, values, strict=True):
                if not says_nothing(field, value):
                    document[field.name] = value
        for inside in what.children(table):
            for document, lines in zip(documents, self._inside(inside, rows), strict=True):
                if lines:
                    document[inside.name] = lines
        return documents

    def _columns(self, table: Table, rows: Sequence[models.Model], field: "models.Field[Any, Any]") -> list[Any]:
        if field.many_to_many:
            return self._many(table, rows, field)
        values = [getattr(row, field.attname) for row in rows]
        if not field.is_relation:
            return [plain(value) for value in values]
        keys = self._called(what.target(table, field.name), values)
        return [None if value is None else keys[value] for value in values]

    def _called(self, label: str, keys: Iterable[Any]) -> dict[Any, Any]:
        """What the rows with these primary keys are called."""
        known = self._keys[label]
        asked = sorted({key for key in keys if key is not None} - known.keys())
        table = what.table_of(label)
        if asked and table is None:
            raise LookupError(f"{label} is named by what travels, but does not travel itself")
        for start in range(0, len(asked), _MANY):
            rows = what.model(table)._default_manager.filter(pk__in=asked[start : start + _MANY])  # type: ignore[arg-type]
            known.update({pk: called(parts) for pk, *parts in rows.values_list("pk", *table.key)})  # type: ignore[union-attr]
        return known

    def _many(self, table: Table, rows: Sequence[models.Model], field: Any) -> list[Any]:
        through, here, there = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
        pairs = list(
            through._default_manager.filter(**{f"{here}__in": [row.pk for row in rows]}).values_list(here, there)
        )
        keys = self._called(what.target(table, field.name), [other for _, other in pairs])
        found: dict[Any, list[Any]] = defaultdict(list)
        for pk, other in pairs:
            found[pk].append(keys[other])
        return [sorted(found[row.pk]) for row in rows]

    def _inside(self, table: Table, parents: Sequence[models.Model]) -> list[list[Any]]:
        rows = what.model(table)._default_manager.filter(**{f"{table.parent}__in": parents}).order_by("pk")
        mine = list(rows)
        parent = what.model(table)._meta.get_field(table.parent).attname  # type: ignore[union-attr]
        found: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
        for row, document in zip(mine, self.documents(table, mine), strict=True):
            found[getattr(row, parent)].append((row, document))
        return [[_line(table, document) for _, document in _sorted(table, found[one.pk])] for one in parents]


def called(parts: Sequence[Any]) -> Any:
    """How a row is named elsewhere: by its key, or by the two of a version."""
    return parts[0] if len(parts) == 1 else f"{parts[0]} v{parts[1]}"


def _line(table: Table, document: Document) -> Any:
    return next(iter(document.values()), "") if table.flat else document


def _sorted(table: Table, pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Compared here and not by the database, whose order of letters depends on where it runs."""
    return sorted(pairs, key=lambda pair: [_comparable(pair[1].get(name)) for name in table.order])


def _comparable(value: Any) -> tuple[bool, Any]:
    return (value is not None, "" if value is None else value)


def in_order(table: Table, documents: Iterable[Document]) -> list[Document]:
    """Documents of a list in the order in which a file has them."""
    return [document for _, document in _sorted(table, [(None, document) for document in documents])]
