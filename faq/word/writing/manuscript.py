"""What a Word file of an answer is written from. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Drawn(NamedTuple):
    """A figure: its words, the numbers of its sources, and its picture as Word shows it.

    `vector` is the drawing that `picture` was made from, for Words that can show it; sizes are in pixels.
    """

    key: str
    title: str
    description: str
    abbreviations: str
    note: str
    values_table: str
    sources: Sequence[int]
    picture: bytes
    suffix: str
    width: int
    height: int
    vector: bytes = b""


class Words(NamedTuple):
    """What the file says by itself, in the language of the market; a {number} stands in table, figure and xref."""

    short_answer: str
    references: str
    resources: str
    table: str
    figure: str
    xref: str
    description: str
    abbreviations: str
    note: str
    values: str
    company: str
    page: str


class Manuscript(NamedTuple):
    """All that decides the bytes of a file.

    `facts` are (label, value) below the title; `standing` heads every page, in red where it `warns`; `references` are
    HTML in the order of their numbers; `resources` are (HTML, note); `page` in `words` holds {page} and {pages}.
    """

    question: str
    language: str
    letter: bool
    facts: Sequence[tuple[str, str]]
    notices: Sequence[str]
    standing: str
    warns: bool
    running: str
    digest: str
    short_answer: str
    body: str
    figures: Mapping[str, Drawn]
    places: Mapping[str, int]
    numbers: Mapping[str, int]
    references: Sequence[str]
    resources: Sequence[tuple[str, str]]
    words: Words
    base: str = ""
