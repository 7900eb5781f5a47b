"""Finds words in a template that no translation can reach."""

import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

# Attributes that people hear, see or are shown by a script.
SPOKEN = {"alt", "title", "label", "placeholder", "summary", "aria-label", "aria-description", "aria-roledescription"}
SILENT = {"script", "style", "svg"}
# Names that are the same in every language.
ALLOWED = {"PDF", "ORCID", "DOI"}
# What a template tag or variable becomes, so that the words around it stay apart.
_HOLE = "\x00"
_WORD = re.compile(r"[^\W\d_]{2,}")


def unmarked(source: str) -> list[str]:
    """The texts of a template, or of its spoken attributes, that hold words outside every tag of translation."""
    reader = _Reader()
    reader.feed(_bare(source))
    reader.close()
    return reader.said


def spoken_texts(markup: str) -> list[str]:
    """All that a page says: its texts and its spoken attributes, white space as one space."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.said


def _bare(source: str) -> str:
    """`source` without its tags, variables and comments, and without what stands between blocktranslate's tags."""
    kept, inside = [], ""
    for token in Lexer(source).tokenize():
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents.split() else ""
        if inside:
            inside = "" if word == f"end{inside}" else inside
        elif word in {"blocktranslate", "blocktrans", "comment"}:
            inside = word
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        elif token.token_type != TokenType.COMMENT:
            kept.append(_HOLE)
    return "".join(kept)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent.append(tag)
        named = {name: value or "" for name, value in attrs}
        for name, value in named.items():
            if name in SPOKEN or _is_description(name, named) or (name.startswith("data-") and " " in value):
                self._hear(value)
        if tag == "input" and named.get("type") in {"submit", "button"}:
            self._hear(named.get("value", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._hear(data)

    def _hear(self, words: str) -> None:
        if set(_WORD.findall(words)) - ALLOWED:
            self.said.append(" ".join(words.replace(_HOLE, " … ").split()))


def _is_description(name: str, attributes: dict[str, str]) -> bool:
    about = attributes.get("name") or attributes.get("property") or ""
    return name == "content" and (about == "description" or about in {"og:title", "og:description", "og:image:alt"})
