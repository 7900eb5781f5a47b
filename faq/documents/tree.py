"""Blocks of rendered HTML as plain values that a typesetter can walk. Pure.

Kinds: paragraph, heading, list, numbered, quote, table, figure. Text is always a run (see `inlines`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from faq.documents import inlines, markup, tables
from faq.documents.inlines import Inline, Node
from faq.documents.markup import Element

_LISTS = {"ul", "ol"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_HOLDERS = {"div", "section", "details", "aside", "article", "li", "td", "th", "figcaption"}
_BLOCKS = {*_LISTS, *_HEADINGS, *_HOLDERS, "p", "summary", "blockquote", "table", "figure"}
# Private use, not assigned, half of a pair.
_UNCLEAR = {"Co", "Cn", "Cs"}
_IMAGE = re.compile(r"/media/([0-9a-f]{64})\.(svg|png|jpg|webp)")


def blocks(html: str, base: str, *, level: int = 2) -> list[Node]:
    """The blocks of rendered `html`. The highest headings get `level`, and none skips one, whatever the HTML does."""
    return _Builder(base, level).holding(markup.parse(html))


def line(html: str, base: str) -> list[Inline]:
    """Rendered `html` of one sentence or a few as a single run."""
    return inlines.run(markup.parse(html).children, base)


def entries(html: str, base: str) -> list[Node]:
    """The items of the numbered list in `html`, each with its id, its number and its text."""
    items = [item for item in markup.parse(html).find("li") if not item.is_for_screens]
    return [
        {
            "id": item.id,
            "number": item.attributes.get("value") or str(place),
            "text": inlines.run(item.children, base),
        }
        for place, item in enumerate(items, start=1)
    ]


def joined(document: Node) -> Node:
    """`document` with each id on one value only and without jumps to an id that it does not hold."""
    ids: set[str] = set()
    for node in _walk(document):
        if node.get("id") in ids:
            node["id"] = ""
        elif node.get("id"):
            ids.add(node["id"])
    for node in _walk(document):
        if node.get("kind") == "jump" and node["to"] not in ids:
            node["kind"] = "plain"
    return document


def drawable(value: Any) -> Any:
    """`value` with every text in it made fit for a typeface: breaks become spaces, control characters go, and signs
    that mean something in one typeface only, such as Word's bullets, are spelled as their number in Unicode."""
    if isinstance(value, dict):
        return {name: drawable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [drawable(part) for part in value]
    return "".join(map(_drawable, value)) if isinstance(value, str) else value


def _drawable(char: str) -> str:
    if char.isspace() and char.isascii():
        return " "
    category = unicodedata.category(char)
    return f"[U+{ord(char):04X}]" if category in _UNCLEAR else "" if category == "Cc" else char


def figures(document: Node) -> Iterator[Node]:
    """The figures that `document` shows."""
    return (node for node in _walk(document) if node.get("kind") == "figure")


def _walk(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _walk(part)


class _Builder:
    def __init__(self, base: str, level: int) -> None:
        self.base, self.level = base, level
        self._headings: list[int] = []
        self._depth = 0

    def holding(self, holder: Element) -> list[Node]:
        """The blocks inside `holder`; loose text between them becomes paragraphs."""
        found: list[Node] = []
        loose: list[Element | str] = []
        for child in holder.children:
            if isinstance(child, str) or not _is_block(child):
                loose.append(child)
                continue
            found.extend(self._paragraph(loose))
            loose = []
            if not child.is_for_screens:
                found.extend(self._block(child))
        return found + self._paragraph(loose)

    def _nested(self, holder: Element) -> list[Node]:
        self._depth += 1
        found = self.holding(holder)
        self._depth -= 1
        return found

    def _block(self, element: Element) -> list[Node]:
        if element.tag in _HEADINGS:
            return self._heading(element)
        if element.tag in _LISTS:
            return self._list(element)
        if element.tag == "table":
            return self._table(element)
        if element.tag == "figure":
            return [self._figure(element)]
        if element.tag == "blockquote":
            return [{"kind": "quote", "body": self._nested(element)}]
        if element.tag == "summary":
            return self._strong(element)
        return self.holding(element)

    def _paragraph(self, children: Iterable[Element | str]) -> list[Node]:
        text = inlines.run(children, self.base)
        return [{"kind": "paragraph", "text": text}] if text else []

    def _strong(self, element: Element) -> list[Node]:
        text = inlines.run(element.children, self.base)
        return [{"kind": "paragraph", "text": [{"kind": "strong", "text": text}]}] if text else []

    def _heading(self, element: Element) -> list[Node]:
        # Inside a list, a quotation or a cell a heading would tear the outline of the document apart.
        if self._depth:
            return self._strong(element)
        text = inlines.run(element.children, self.base)
        if not text:
            return []
        own = _HEADINGS[element.tag]
        self._headings = [*(above for above in self._headings if above < own), own]
        return [{"kind": "heading", "level": self.level + len(self._headings) - 1, "id": element.id, "text": text}]

    def _list(self, element: Element) -> list[Node]:
        items = [self._nested(item) for item in element.elements() if item.tag == "li"]
        items = [item for item in items if item]
        if not items:
            return []
        if element.tag == "ul":
            return [{"kind": "list", "items": items}]
        return [{"kind": "numbered", "start": tables.number(element, "start"), "items": items}]

    def _figure(self, element: Element) -> Node:
        captions, pictures = list(element.find("figcaption")), list(element.find("img"))
        described = [part for part in element.find("p", "div") if part.id.endswith("-description")]
        rest = Element("div", {}, [child for child in element.children if child not in captions])
        return {
            "kind": "figure",
            "id": element.id,
            "title": inlines.run(captions[0].children, self.base) if captions else [],
            "image": _image(pictures[0]) if pictures else None,
            "alt": _description(described[0]) if described else "",
            "words": self._nested(rest),
        }

    def _table(self, element: Element) -> list[Node]:
        head = self._rows(element, "thead")
        groups = [self._rows(group) for group in element.elements() if group.tag == "tbody"]
        loose = [row for row in element.elements() if row.tag == "tr"]
        groups.append([self._cells(row) for row in loose])
        foot = self._rows(element, "tfoot")
        notes = [cell.body for row in foot for cell in row] if all(len(row) == 1 for row in foot) else []
        if not notes:
            groups.append(foot)
        captions = [part for part in element.elements() if part.tag == "caption"]
        caption = inlines.run(captions[0].children, self.base) if captions else []
        return _table(head, [group for group in groups if group], notes, caption)

    def _rows(self, element: Element, section: str = "") -> list[list[tables.Cell]]:
        parts = [part for part in element.elements() if part.tag == section] if section else [element]
        rows = [row for part in parts for row in part.elements() if row.tag == "tr"]
        return [cells for cells in (self._cells(row) for row in rows) if cells]

    def _cells(self, row: Element) -> list[tables.Cell]:
        return [
            tables.Cell(
                self._nested(cell), cell.tag == "th", tables.number(cell, "colspan"), tables.number(cell, "rowspan")
            )
            for cell in row.elements()
            if cell.tag in {"td", "th"}
        ]


def _is_block(element: Element) -> bool:
    return element.tag in _BLOCKS or any(True for _ in element.find(*_BLOCKS))


def _image(picture: Element) -> Node | None:
    source = _IMAGE.fullmatch(picture.attributes.get("src", ""))
    if not source:
        return None
    width, height = tables.number(picture, "width"), tables.number(picture, "height")
    return {"sha256": source[1], "format": source[2], "ratio": width / height}


def _description(element: Element) -> str:
    """The words of a figure's description without the label in front of them."""
    parts = element.children
    if parts and isinstance(parts[0], Element) and parts[0].tag == "strong":
        parts = parts[1:]
    return inlines.words(inlines.run(parts, ""))


def _table(
    head: list[list[tables.Cell]], groups: list[list[list[tables.Cell]]], notes: list[list[Node]], caption: list[Inline]
) -> list[Node]:
    if not head and groups and all(cell.header for cell in groups[0][0]):
        head, groups = groups[0][:1], [rows for rows in (groups[0][1:], *groups[1:]) if rows]
    placed = tables.place(head)
    cells, rows, starts = list(placed.cells), placed.rows, []
    for group in groups:
        starts.append(rows)
        placed = tables.place(group, rows)
        cells, rows = cells + placed.cells, rows + placed.rows
    cells, columns = tables.completed(cells, rows)
    if not cells:
        return []
    measures = tables.measures(cells, columns)
    return [
        {
            "kind": "table",
            "caption": caption,
            "columns": tables.widths(measures),
            "crowded": tables.is_crowded(measures),
            "head": len(head),
            "groups": starts[1:],
            "cells": [cell._asdict() for cell in cells],
            "notes": notes,
        }
    ]
