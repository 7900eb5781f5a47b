"""Where a document lies in the folder, and what lies in files beside it. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from faq.portable import documents, what
from portal.lib.portable import Table

MANIFEST, ATTRIBUTES = "manifest.json", ".gitattributes"
# No version control system may change a byte, for the digests would not fit any more.
ATTRIBUTE_LINES = b"* -text\n"
_PART = re.compile(r"(?!\.\.?(?:/|\Z))[A-Za-z0-9_.-]{1,160}")
_FIELD = re.compile(r"\\{(\w+)(:04)?\\}")


class Unplaceable(ValueError):
    """A name that no file can have on every system."""


def path_of(table: Table, **names: Any) -> str:
    """The path of the file for the row with these `names`. Raises Unplaceable."""
    for name in names.values():
        if not _PART.fullmatch(str(name)):
            raise Unplaceable(f"{table.model}: no file can be called {str(name)[:80]!r}")
    return table.file.format(**names)


@cache
def pattern(table: Table) -> re.Pattern[str]:
    """What fits the paths of the files of `table`, with a group for each name in it."""
    made = _FIELD.sub(lambda match: f"(?P<{match[1]}>{_PART.pattern})", re.escape(table.file))
    return re.compile(made)


def split(table: Table, path: str, document: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files that hold `document`, whose own is at `path`; texts that lie apart are taken out of it."""
    folder = PurePosixPath(path).parent
    yield from _apart(table, folder, document)
    for inside in what.children(table):
        lines = document.get(inside.name, [])
        for line in lines if inside.apart else ():
            yield from _apart(inside, folder, line)
        if inside.beside and lines:
            yield str(folder / inside.beside), documents.dump(document.pop(inside.name))
    yield path, documents.dump(document)


def _apart(table: Table, folder: PurePosixPath, document: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for name in table.apart:
        if name in document:
            path = str(folder / apart_name(table, name, document))
            value = document.pop(name)
            yield path, documents.dump_json(value) if path.endswith(".json") else documents.fold(value)


def apart_name(table: Table, name: str, document: dict[str, Any]) -> str:
    """The name of the file that holds one text of `document`, counted from its own folder. Raises Unplaceable."""
    for part in _FIELD.findall(re.escape(table.apart[name])):
        if not _PART.fullmatch(str(document.get(part[0]))):
            raise Unplaceable(f"{table.model}: no file can be called {str(document.get(part[0]))[:80]!r}")
    return table.apart[name].format(**document)


def is_path(path: str) -> bool:
    """Whether files of a market may be called so: no way out of the folder, no hidden files but the one of ours."""
    parts = path.split("/")
    return path == ATTRIBUTES or all(_PART.fullmatch(part) and not part.startswith(".") for part in parts)
