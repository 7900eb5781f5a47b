"""What every reader of a citation file gives, and the pieces that they share."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from faq.citations import csl

Item = dict[str, Any]

_NCT = re.compile(r"\bNCT\d{8}\b", re.IGNORECASE)
# What no text column holds: control characters other than tab and line breaks, and halves of pairs.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DEEPEST = 12
# Characters of one field; an abstract may have a tenth of that.
_LONGEST = 20_000


class Entry(NamedTuple):
    """One entry of a citation file: where it begins, what it says as CSL-JSON, and what is wrong with it."""

    line: int
    source: str
    item: Item
    problems: list[str]
    # What was understood in a way that a person should look at.
    remarks: list[str]


def entry(line: int, source: str, item: Item, remarks: Iterable[str] = ()) -> Entry:
    """An entry that was understood; its problems are those of its item."""
    whole: Item = storable({name: value for name, value in item.items() if value not in ("", None, [], {})})
    if long := next((name for name, value in whole.items() if isinstance(value, str) and len(value) > _LONGEST), ""):
        return broken(line, source, f"Its {long} has more than {_LONGEST:,} characters.")
    return Entry(line, source.strip(), whole, csl.problems(whole), list(remarks))


def broken(line: int, source: str, problem: str) -> Entry:
    """An entry that could not be read at all."""
    return Entry(line, source.strip(), {}, [problem], [])


def plain(text: str) -> str:
    """`text` with line breaks of one kind and without characters that no column can store."""
    return _UNSTORABLE.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def storable(value: Any, depth: int = 0) -> Any:
    """A JSON value without characters that no column can store; what lies too deep to be bibliographic is dropped."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [storable(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {_UNSTORABLE.sub("", str(name)): storable(part, depth + 1) for name, part in value.items()}
    return value


def trial(texts: Iterable[str]) -> str:
    """The NCT number in `texts`, in capitals; "" where there is none or more than one."""
    found = {match.upper() for text in texts for match in _NCT.findall(text)}
    return found.pop() if len(found) == 1 else ""


def journals(full: str, short: str) -> Item:
    """A journal's name and its abbreviation; the one that is known stands for both."""
    names = {"container-title": full or short}
    return {**names, "container-title-short": short} if short and short != full else names


def pages(first: str, last: str = "") -> str:
    """Pages as they were printed, with a hyphen between first and last."""
    joined = f"{first}-{last}" if first and last and "-" not in first and last != first else first or last
    return re.sub(r"\s*(?:--+|[–—])\s*", "-", joined)
