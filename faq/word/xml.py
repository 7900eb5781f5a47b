"""Reads the XML parts of an Office file into elements with short names such as w:p. Pure.

A document type is refused before anything of it is read, so there is no entity that could grow or name a file.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

DEEPEST, MOST = 250, 500_000

_OFFICE = "http://schemas.openxmlformats.org/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OFFICE}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OFFICE}package/2006/relationships": "rel",
    f"{_OFFICE}package/2006/content-types": "ct",
    f"{_OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OFFICE}drawingml/2006/picture": "pic",
    f"{_STRICT}drawingml/picture": "pic",
    f"{_OFFICE}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_OFFICE}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_OFFICE}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    f"{_MICROSOFT}word/2010/wordprocessingShape": "wps",
    f"{_MICROSOFT}drawing/2016/SVG/main": "asvg",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


class Refused(ValueError):
    """XML that no word processor writes: with a document type, too deep, too long, or malformed."""


class _Target:
    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.depth = self.count = 0
        self.names: dict[str, str] = {}

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise Refused("It declares a document type, as no word processor does.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > MOST:
            raise Refused("It is nested too deeply or has too many parts.")
        self.builder.start(self.name(tag), {self.name(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(self.name(tag))

    def data(self, text: str) -> None:
        self.builder.data(text)

    def close(self) -> Element:
        return self.builder.close()

    def name(self, name: str) -> str:
        found = self.names.get(name)
        if found is None:
            uri, _, local = name.rpartition("}")
            found = f"{_PREFIXES.get(uri[1:], 'other')}:{local}" if uri else local
            self.names[name] = found
        return found


def parse(content: bytes) -> Element:
    """The root element of `content`. Raises Refused."""
    parser = XMLParser(target=_Target())  # noqa: S314  (the target refuses every document type)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, LookupError, ValueError, AssertionError) as error:
        raise error if isinstance(error, Refused) else Refused("Its XML is damaged.") from error
    return root


def value(element: Element | None, path: str = "", name: str = "w:val") -> str | None:
    """The attribute `name` of the element at `path` below `element`; None where there is none."""
    found = element if not path or element is None else child(element, *path.split("/"))
    return None if found is None else found.get(name)


def child(element: Element, *path: str) -> Element | None:
    """The first element at `path`, one tag for each level."""
    found: Element | None = element
    for tag in path:
        found = next((part for part in found if part.tag == tag), None) if found is not None else None
    return found


def is_on(properties: Element | None, tag: str) -> bool | None:
    """What a switch such as w:b says: on, off, or nothing."""
    switch = None if properties is None else child(properties, tag)
    if switch is None:
        return None
    return switch.get("w:val", "true") not in {"false", "0", "off", "none"}


def number(text: str | None, default: int = 0) -> int:
    """A whole number of at most six digits; `default` for anything else."""
    plain = (text or "").strip()
    return int(plain) if plain.lstrip("-").isascii() and plain.lstrip("-").isdigit() and len(plain) < 7 else default


def texts(element: Element, *tags: str) -> Iterator[str]:
    """What the elements with one of `tags` below `element` say, in order."""
    for part in element.iter():
        if part.tag in tags and part.text:
            yield part.text
