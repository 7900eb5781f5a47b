"""Reads HTML that rendering made into elements. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "img", "hr", "wbr", "input", "col", "source"}
# What serves the screen only: controls, words that a sighted reader never sees, the way back from a reference.
_SCREEN_TAGS = {"button", "dialog", "template", "script", "style", "svg"}
_SCREEN_CLASSES = {"visually-hidden", "back-links"}


@dataclass
class Element:
    """An element with its attributes and what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def is_for_screens(self) -> bool:
        """Whether a printed document leaves this out."""
        hidden = "hidden" in self.attributes or self.attributes.get("aria-hidden") == "true"
        return hidden or self.tag in _SCREEN_TAGS or bool(self.classes & _SCREEN_CLASSES)

    def elements(self) -> list["Element"]:
        """The child elements, without loose text."""
        return [child for child in self.children if isinstance(child, Element)]

    def find(self, *tags: str) -> Iterator["Element"]:
        """Every element with one of `tags` below this one, in reading order."""
        for child in self.elements():
            if child.tag in tags:
                yield child
            yield from child.find(*tags)

    def text(self) -> str:
        """The words below this element, as they stand."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def parse(markup: str) -> Element:
    """The element that holds all of `markup`; tags that are never closed end where their parent ends."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    return parser.root


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, element in enumerate(self._open) if element.tag == tag and place]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
