"""What the styles of a Word file mean: headings, lists, raised text. Pure."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from faq.word import xml

_SHIFTS = {"superscript": "sup", "subscript": "sub"}


class Emphasis(NamedTuple):
    """How a run differs from the text around it; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    shift: str | None = None
    font: str | None = None
    hidden: bool | None = None


class Style(NamedTuple):
    """One style as the file defines it."""

    name: str
    based_on: str
    is_default: bool
    outline: int | None
    numbering: tuple[str | None, int | None]
    emphasis: Emphasis


class Styles:
    """The styles of one file by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if element.tag == "w:style":
                style = _style(element)
                self._styles[element.get("w:styleId", "")] = style
                if style.is_default and element.get("w:type") == "paragraph":
                    self.default = element.get("w:styleId", "")

    def name(self, style: str) -> str:
        """The name of a style in lower case; Word keeps the names of its own styles in English."""
        found = self._styles.get(style)
        return (found.name if found else style).lower()

    def names(self, style: str) -> list[str]:
        """The names of a style and of those that it is based on."""
        return [found.name.lower() for found in self._chain(style)] or [style.lower()]

    def outline(self, style: str) -> int | None:
        """The level of a heading from 1, by the name or the outline level of a style; None for other text."""
        for found in self._chain(style):
            words = found.name.lower().split()
            if len(words) == 2 and words[0] in {"heading", "überschrift"} and words[1].isdigit():
                return int(words[1])
            if found.outline is not None:
                return found.outline + 1 if found.outline < 9 else None
        return None

    def numbering(self, style: str) -> tuple[str | None, int | None]:
        """The list and the level that a style puts its paragraphs into."""
        number = level = None
        for found in self._chain(style):
            number = found.numbering[0] if number is None else number
            level = found.numbering[1] if level is None else level
        return number, level

    def emphasis(self, style: str) -> Emphasis:
        """What a character style does to its text."""
        merged = Emphasis()
        for found in self._chain(style):
            merged = over(merged, found.emphasis)
        return merged

    def _chain(self, style: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


def over(first: Emphasis, second: Emphasis) -> Emphasis:
    """What `first` says, and `second` where that says nothing."""
    return second._replace(**{name: value for name, value in first._asdict().items() if value is not None})


def emphasis(properties: Element | None) -> Emphasis:
    """What the properties of a run (w:rPr) say of it."""
    if properties is None:
        return Emphasis()
    raised = xml.value(properties, "w:vertAlign")
    moved = xml.number(xml.value(properties, "w:position"))
    shift = _SHIFTS.get(raised or "", "" if raised else None)
    if shift is None and abs(moved) >= 4:
        # Raised by half points, as older documents do it.
        shift = "sup" if moved > 0 else "sub"
    fonts = xml.child(properties, "w:rFonts")
    font = None if fonts is None else fonts.get("w:ascii") or fonts.get("w:hAnsi")
    bold, italic = xml.is_on(properties, "w:b"), xml.is_on(properties, "w:i")
    return Emphasis(bold, italic, shift, font, xml.is_on(properties, "w:vanish"))


def numbering(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and the level that paragraph properties (w:pPr) name."""
    found = None if properties is None else xml.child(properties, "w:numPr")
    if found is None:
        return None, None
    level = xml.value(found, "w:ilvl")
    return xml.value(found, "w:numId"), None if level is None else xml.number(level)


def _style(element: Element) -> Style:
    properties = xml.child(element, "w:pPr")
    outline = None if properties is None else xml.value(properties, "w:outlineLvl")
    return Style(
        xml.value(element, "w:name") or element.get("w:styleId") or "",
        xml.value(element, "w:basedOn") or "",
        element.get("w:default") in {"1", "true", "on"},
        None if outline is None else xml.number(outline, 9),
        numbering(properties),
        emphasis(xml.child(element, "w:rPr")),
    )
