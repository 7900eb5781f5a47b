"""Reads whole import files into rows that agree with each other; nothing here asks the database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from faq.imports import files
from faq.imports.rows import BadRow, Options, Row, read


@dataclass
class Reading:
    """What came out of the files: rows to import, rows that cannot be, and how often a row stood there again."""

    rows: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    repeated: int = 0
    _first: dict[tuple[str, ...], Row] = field(default_factory=dict)

    def take(self, data: Mapping[str, Any], where: str, options: Options, folder: Path) -> None:
        """Reads one object; paths of images count from `folder`."""
        try:
            row = read(data, where, options, image_reader(folder))
        except BadRow as bad:
            self.bad.append(bad)
            return
        earlier = self._first.get(("row", row.market, row.content_id))
        if earlier and row.says_the_same_as(earlier):
            self.repeated += 1
            return
        disagreements = self._disagreements(row)
        if disagreements:
            self.bad.append(BadRow(where, disagreements))
            return
        self.rows.append(row)
        for key, _, _ in _claims(row):
            self._first.setdefault(key, row)

    def _disagreements(self, row: Row) -> list[str]:
        found = []
        for key, claim, name in _claims(row):
            earlier = self._first.get(key)
            if earlier and claim(earlier) != claim(row):
                found.append(f"differs from {earlier.where}, which has the same {name}")
        return found


Claim = tuple[tuple[str, ...], Callable[[Row], object], str]


def _claims(row: Row) -> Iterable[Claim]:
    """What a row says that every other row with the same key has to say too: (key, what it says, name of the key)."""
    yield ("row", row.market, row.content_id), lambda other: id(other), f"content ID {row.content_id}"
    number = row.faq.get("number")
    if number:
        yield ("number", row.market, str(number)), lambda other: other.content_id, f"number {number}"
    common_id = row.faq.get("common_id")
    if common_id:
        yield ("common", row.market, common_id), lambda other: other.content_id, f"common ID {common_id}"
    slug = row.drug.get("slug")
    if slug:
        yield ("drug", row.market, slug), lambda other: other.drug, f"drug {slug}"
    for key in row.references:
        yield ("reference", key), lambda other, key=key: other.references[key], f"reference {key}"  # type: ignore[misc]


def image_reader(folder: Path) -> Callable[[str], bytes]:
    """What reads images that lie in `folder` or below, and raises ValueError for every other path."""

    def read_image(path: str) -> bytes:
        whole = (folder / path).resolve()
        if not whole.is_relative_to(folder.resolve()):
            raise ValueError(f"{path!r} does not lie in the folder of the file")
        try:
            return whole.read_bytes()
        except OSError as error:
            raise ValueError(f"{path!r} cannot be read: {error.strerror}") from error

    return read_image


def read_files(names: Iterable[str], options: Options, each: Callable[[], object] = lambda: None) -> Reading:
    """Every row of the named JSON Lines files; `each` is called after each line. Raises files.Unreadable."""
    reading = Reading()
    names = list(names)
    for name in names:
        source = "standard input" if name == files.STANDARD_INPUT else Path(name).name
        folder = Path(name).parent if name != files.STANDARD_INPUT else Path()
        told = replace(options, source=f"{source}, approved before import")
        prefix = f"{name}, " if len(names) > 1 else ""
        for number, line in files.lines(name):
            where = f"{prefix}line {number}"
            try:
                reading.take(files.decode(line), where, told, folder)
            except files.NotAnObject as error:
                reading.bad.append(BadRow(where, [str(error)]))
            each()
    return reading
