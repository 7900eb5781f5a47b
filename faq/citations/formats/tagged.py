"""The lines of formats that begin each field with a tag: RIS, and PubMed's own."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Record(NamedTuple):
    """The fields of one entry in their order, and where it stands; no fields where it never began."""

    line: int
    source: str
    fields: list[tuple[str, str]]

    def all(self, *tags: str) -> list[str]:
        """The values of these tags that say something, in the order of the file."""
        return [value for tag, value in self.fields if tag in tags and value]

    def one(self, *tags: str) -> str:
        """The first value of the first of `tags` that has one."""
        return next((found[0] for tag in tags if (found := self.all(tag))), "")


def records(text: str, field: re.Pattern[str], opening: str, closing: str = "") -> Iterator[Record]:
    """The entries of `text`, each from its `opening` tag to its `closing` one or the next opening.

    `field` matches a line that begins a field, with the tag and the value as its groups; any other line goes on with
    the field before it. Lines that stand before any entry are a record without fields.
    """
    start, lines = 0, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        match = field.match(line)
        if lines and match and match[1] == opening:
            yield _record(start, lines, field, opening)
            lines = []
        if lines or line.strip():
            start = start if lines else number
            lines.append(line)
        if closing and match and match[1] == closing:
            yield _record(start, lines, field, opening)
            lines = []
    if lines:
        yield _record(start, lines, field, opening)


def _record(start: int, lines: list[str], field: re.Pattern[str], opening: str) -> Record:
    first = field.match(lines[0])
    parts: list[tuple[str, list[str]]] = []
    for line in lines if first and first[1] == opening else []:
        match = field.match(line)
        if match:
            parts.append((match[1], [match[2].strip()]))
        elif line.strip():
            parts[-1][1].append(line.strip())
    return Record(start, "\n".join(lines).strip(), [(tag, " ".join(said)) for tag, said in parts])
