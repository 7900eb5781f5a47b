"""Texts as the words that readers see change: a number is one word, a citation is its source. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from faq.documents.markup import Element

# A number with its decimals and thousands, a word with its hyphens and apostrophes, or any other single sign.
_TOKEN = re.compile(r"\d+(?:[.,·]\d+)*|[^\W_]+(?:[-‑'’_][^\W_]+)*|\S")
_EMPHASIS = {"strong", "em"}
_SHIFTED = {"sup", "sub"}
# Empty elements that stand for something, with the kind of their token and the attribute that holds their key.
MARKERS = {"cite": ("cite", "data-ref"), "span": ("xref", "data-xref"), "figure": ("figure", "data-figure")}


class Token(NamedTuple):
    """One word, number or sign as it stands in a text.

    `kind` is "" for what is read, "sup" or "sub" for what is raised or lowered, "cite", "xref" or "figure" for a marker
    (then `text` is its key), "source" for where a statement without a reference comes from, and "cell" for what parts
    two cells of a table.
    """

    text: str
    kind: str = ""
    link: str = ""
    emphasis: str = ""
    # Whether a space stands before it, which is no difference by itself.
    spaced: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What has to agree for two tokens to be the same."""
        return self.text, self.kind, self.link


CELL = Token("", "cell", spaced=True)


def split(text: str) -> tuple[Token, ...]:
    """The tokens of plain `text`."""
    return read([text])


def read(children: Iterable[Element | str]) -> tuple[Token, ...]:
    """The tokens of sanitised markup, its markers among them."""
    reader = _Reader()
    reader.read(children, Token(""))
    return tuple(reader.found)


class _Reader:
    def __init__(self) -> None:
        self.found: list[Token] = []
        self._after_space = False

    def read(self, children: Iterable[Element | str], like: Token) -> None:
        for child in children:
            if isinstance(child, str):
                self._words(child, like)
            else:
                self._element(child, like)

    def _words(self, text: str, like: Token) -> None:
        end = 0
        for match in _TOKEN.finditer(text):
            self._after_space |= match.start() > end
            self._add(Token(match[0], like.kind, like.link, like.emphasis, self._after_space and bool(self.found)))
            end = match.end()
        self._after_space |= end < len(text)

    def _element(self, element: Element, like: Token) -> None:
        kind, attribute = MARKERS.get(element.tag, ("", ""))
        spaced = self._after_space and bool(self.found)
        if key := element.attributes.get(attribute, ""):
            self._add(Token(key, kind, spaced=spaced))
        elif source := element.attributes.get("data-source", ""):
            self._add(Token(source, "source", spaced=spaced))
        elif element.tag == "br":
            self._after_space = True
        else:
            self.read(element.children, _styled(element, like))

    def _add(self, token: Token) -> None:
        self.found.append(token)
        self._after_space = False


def _styled(element: Element, like: Token) -> Token:
    if element.tag in _SHIFTED:
        return like._replace(kind=element.tag)
    if element.tag == "a":
        return like._replace(link=element.attributes.get("href", ""))
    if element.tag in _EMPHASIS:
        return like._replace(emphasis=" ".join(sorted({*like.emphasis.split(), element.tag})))
    return like
