"""Reads the files of a folder as rows, and collects what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.db import models

from faq.portable import documents, places, what
from faq.portable.documents import Unreadable
from faq.portable.folder import Folder, Problem
from faq.portable.values import nothing, stored
from portal.lib.portable import Table


@dataclass
class Row:
    """One row as a file tells of it."""

    table: Table
    path: str
    # Where in the file it stands, such as "names.2."
    place: str = ""
    # Columns, and what the rows are called that it names.
    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    inside: dict[str, list["Row"]] = field(default_factory=dict)
    # What stands in the file, texts that lie apart included: to compare it with what a database holds.
    told: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """The value of a field, or what the row that it leads to is called."""
        return self.keys[name] if name in self.keys else self.values.get(name)

    @property
    def key(self) -> Any:
        """What other rows call this one; several values where two databases know it by those."""
        found = tuple(self.get(name) for name in self.table.key)
        return found[0] if len(found) == 1 else found

    @property
    def everything(self) -> Iterator["Row"]:
        """This row and all that lie inside of it."""
        yield self
        for rows in self.inside.values():
            for row in rows:
                yield from row.everything


class Reader:
    """Reads rows of a folder; `problems` grows, and `claimed` says which files belonged to a row."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.claimed: set[str] = set()

    def complain(self, row: Row, name: str, sentence: str) -> None:
        """Remembers what is wrong with a field of a row."""
        self.problems.append(Problem(row.path, f"{row.place}{name}", sentence))

    def paths(self, table: Table) -> list[str]:
        """The files that hold rows of `table`."""
        return sorted(path for path in self.folder.files if places.pattern(table).fullmatch(path))

    def rows(self, table: Table, path: str) -> list[Row]:
        """The rows that the file at `path` holds; the one, where each has its own."""
        told = self._yaml(path)
        if "{" not in table.file and table.model != what.MARKET:
            return self._list(table, path, "", told)
        row = self._row(table, path, "", told)
        if row is not None:
            self._compare_with_path(row)
        return [row] if row else []

    def _compare_with_path(self, row: Row) -> None:
        found = places.pattern(row.table).fullmatch(row.path)
        for name, said in found.groupdict().items() if found else ():
            if name == row.table.parent:
                row.keys[name] = said
            elif (f"{row.get(name):04}" if isinstance(row.get(name), int) else str(row.get(name))) != said:
                self.complain(row, name, f"{row.get(name)!r} stands in the folder or file called {said!r}")

    def _yaml(self, path: str) -> Any:
        return self._loaded(path, documents.load)

    def _loaded(self, path: str, load: Any) -> Any:
        self.claimed.add(path)
        try:
            return load(self.folder.read(path))
        except Unreadable as error:
            self.problems.append(Problem(path, "", str(error)))
            return None

    def _list(self, table: Table, path: str, place: str, told: Any) -> list[Row]:
        if not isinstance(told, list):
            if told is not None:
                self.problems.append(Problem(path, place.rstrip("."), "is no list"))
            return []
        lines = [{what.fields(table)[0].name: one} for one in told] if table.flat else told
        rows = [self._row(table, path, f"{place}{number}.", line) for number, line in enumerate(lines, start=1)]
        return [row for row in rows if row]

    def _row(self, table: Table, path: str, place: str, told: Any) -> Row | None:
        if not isinstance(told, dict):
            if told is not None:
                self.problems.append(Problem(path, place.rstrip("."), "is no object with fields"))
            return None
        row = Row(table, path, place, told=told)
        self._refuse_unknown(row)
        self._read_apart(row)
        for one in what.fields(table):
            self._field(row, one)
        for inside in what.children(table):
            row.inside[inside.name] = self._inside(row, inside)
        return row

    def _refuse_unknown(self, row: Row) -> None:
        known = {one.name for one in what.fields(row.table)} | {other.name for other in what.children(row.table)}
        apart = set(row.table.apart) | {other.name for other in what.children(row.table) if other.beside}
        for name in row.told:
            if name not in known:
                self.complain(row, name, "no such field")
            elif name in apart:
                self.complain(row, name, "belongs in a file of its own")

    def _read_apart(self, row: Row) -> None:
        for name in row.table.apart:
            try:
                path = str(PurePosixPath(row.path).parent / places.apart_name(row.table, name, row.told))
            except places.Unplaceable as error:
                self.complain(row, name, str(error))
                continue
            load = documents.load_json if path.endswith(".json") else documents.unfold
            found = self._loaded(path, load) if path in self.folder.files else None
            if found is not None:
                row.told[name] = found

    def _field(self, row: Row, one: "models.Field[Any, Any]") -> None:
        value = row.told.get(one.name, nothing(one))
        try:
            if not one.is_relation:
                row.values[one.name] = stored(one, value)
                return
            row.keys[one.name] = value
            if one.many_to_many and not (isinstance(value, list) and all(isinstance(key, str) for key in value)):
                raise Unreadable("is no list of names")
            if not one.many_to_many and not (isinstance(value, str) or (value is None and one.null)):
                raise Unreadable("is missing" if value is None else f"{str(value)[:80]!r} is no name")
        except Unreadable as error:
            (row.keys if one.is_relation else row.values)[one.name] = None
            self.complain(row, one.name, str(error))

    def _inside(self, row: Row, table: Table) -> list[Row]:
        if not table.beside:
            return self._list(table, row.path, f"{row.place}{table.name}.", row.told.get(table.name, []))
        path = str(PurePosixPath(row.path).parent / table.beside)
        return self._list(table, path, "", self._yaml(path)) if path in self.folder.files else []
