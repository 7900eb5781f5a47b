"""CSL-JSON, which Zotero and most services for DOIs write."""

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from faq.citations import csl
from faq.citations.formats.entries import Entry, Item, broken, entry

BEGINS = re.compile(r"\A\s*[\[{]")
_LISTED = re.compile(r'\s*\{\s*"items"\s*:\s*\[')
_BEGINNING = re.compile(r'\{\s*"(?:type|id|title|citation-key)"\s*:')
# How much of what could not be read is shown with the problem.
_SHOWN = 2_000

# Types of CSL that are laid out as one that the AMA form knows.
_KIN = {
    **dict.fromkeys(("article", "article-magazine", "article-newspaper", "review"), "article-journal"),
    **dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "chapter"),
    **dict.fromkeys(("post", "post-weblog", "dataset", "software"), "webpage"),
    **dict.fromkeys(("legislation", "manuscript", "pamphlet", "personal_communication", "regulation"), "document"),
    **dict.fromkeys(("standard", "thesis"), "report"),
}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


_decoder = json.JSONDecoder(parse_constant=_refuse)


def read(text: str) -> Iterator[Entry]:
    """The items of a CSL-JSON file: one object, a list of them, or a list under "items".

    Each is read by itself, so that one that is broken takes no other along.
    """
    listed = _LISTED.match(text)
    place = text.find("{", listed.end() if listed else 0)
    if place < 0:
        yield broken(1, text[:_SHOWN], "Holds no bibliographic item.")
    line, counted, lost = 1, 0, False
    while place >= 0:
        line, counted = line + text.count("\n", counted, place), place
        try:
            item, end = _decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            where = max(getattr(error, "pos", place), place + 1)
            said = f"{getattr(error, 'msg', 'nested too deep')}, line {line + text.count(chr(10), place, where)}"
            end, lost = _after(text, where), True
            yield broken(line, text[place : min(end, place + _SHOWN)], f"Is no JSON: {said}.")
        else:
            # After an error an object may be a part of an item.
            if not lost or "type" in item or "title" in item:
                yield _entry(line, item, text[place:end])
        place = text.find("{", end)


def _after(text: str, start: int) -> int:
    """Where to look for the next item: at an object that begins like one, which a name or a date does not."""
    match = _BEGINNING.search(text, start)
    return match.start() if match else len(text)


def _entry(line: int, item: Item, source: str) -> Entry:
    kind = csl.field(item, "type")
    remarks = [f"Type {kind!r} is laid out as {csl.KINDS[_KIN[kind]].lower()!r}."] if kind in _KIN else []
    return entry(line, source, {**item, "type": _KIN.get(kind, item.get("type", ""))}, remarks)
