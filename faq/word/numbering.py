"""Which list a paragraph is an item of, at which level, and the number that Word prints before it. Pure."""

import re
from collections import defaultdict
from typing import NamedTuple
from xml.etree.ElementTree import Element

from faq.word import xml

_LISTED = re.compile(r"(?:list (bullet|number|continue)|(aufzählungszeichen|listennummer|listenfortsetzung)) ?(\d?)")
_BULLETS = {"bullet", "none", "aufzählungszeichen"}
DEEPEST = 8


class Item(NamedTuple):
    """A paragraph's place in a list: its level from 0, whether it is numbered, and by what number and format."""

    level: int
    ordered: bool
    number: int = 1
    format: str = "decimal"
    # Goes on with the item before it, as a paragraph of its own.
    continues: bool = False
    prefix: str = ""


class _Level(NamedTuple):
    format: str
    start: int
    text: str


class Numbering:
    """The lists of one file; `item` is asked once for each paragraph, in order, for it counts."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if element.tag == "w:abstractNum":
                levels = {xml.number(part.get("w:ilvl")): _level(part) for part in element if part.tag == "w:lvl"}
                self._abstract[element.get("w:abstractNumId", "")] = levels
            elif element.tag == "w:num":
                self._lists[element.get("w:numId", "")] = (
                    xml.value(element, "w:abstractNumId") or "",
                    _overrides(element),
                )

    def item(self, number: str | None, level: int | None, style: str) -> Item | None:
        """The item that a paragraph of list `number` at `level` is, in the style called `style`; None for no item."""
        listed = _LISTED.match(style)
        if number == "0" or (number is None and listed is None):
            return None
        depth = min(DEEPEST, max(0, level or 0))
        if listed and listed[3] and not level:
            # "List Bullet 2" is a list of its own at level 0, which only looks nested.
            depth = int(listed[3]) - 1
        if number not in self._lists:
            return _by_style(listed, depth) if listed else None
        abstract, overrides = self._lists[number]
        at = max(0, level or 0)
        found = self._abstract.get(abstract, {}).get(at, _Level("bullet", 1, ""))
        if found.format in _BULLETS:
            return Item(depth, False, format=found.format)
        return Item(depth, True, self._count(number, abstract, at, found, overrides), found.format, prefix=found.text)

    def _count(self, number: str, abstract: str, level: int, found: _Level, overrides: dict[int, int]) -> int:
        counts = self._counts[abstract]
        if level in overrides and (number, level) not in self._started:
            counts[level] = overrides[level] - 1
        self._started.add((number, level))
        counts[level] = counts.get(level, found.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return counts[level]


def _by_style(listed: re.Match[str], depth: int) -> Item:
    kind = listed[1] or listed[2]
    if kind in {"continue", "listenfortsetzung"}:
        return Item(depth, False, continues=True)
    return Item(depth, kind in {"number", "listennummer"})


def _level(element: Element) -> _Level:
    start = xml.number(xml.value(element, "w:start"), 1)
    return _Level(xml.value(element, "w:numFmt") or "decimal", start, xml.value(element, "w:lvlText") or "")


def _overrides(element: Element) -> dict[int, int]:
    found = {}
    for part in element:
        start = xml.value(part, "w:startOverride")
        if part.tag == "w:lvlOverride" and start is not None:
            found[xml.number(part.get("w:ilvl"))] = xml.number(start, 1)
    return found
