"""Sanitised markup as the blocks that readers see: headings, paragraphs, items, rows. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from faq.comparing.tokens import CELL, Token, read
from faq.documents import markup
from faq.documents.markup import Element

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
_ROOMS = {"div", "section", "ul", "ol", "blockquote", "table", "thead", "tbody", "tfoot"}


class Block(NamedTuple):
    """One block with its words. `kind` is heading, paragraph, item, row, caption or figure.

    `level` is that of a heading, and how deep an item lies; `section` is the heading above.
    """

    kind: str
    tokens: tuple[Token, ...]
    level: int = 0
    section: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What has to agree for two blocks to say the same."""
        return self.kind, self.level, *(token.key for token in self.tokens)

    @property
    def words(self) -> str:
        """What it says, as plain text."""
        return words(self.tokens)


def words(tokens: Sequence[Token]) -> str:
    """Tokens as plain text, with what markers stand for left out."""
    said = "".join((" " if token.spaced else "") + token.text for token in tokens if token.kind in {"", "sup", "sub"})
    return said.strip()


def read_blocks(html: str) -> list[Block]:
    """The blocks of sanitised `html`, in reading order."""
    found: list[Block] = []
    section = ""
    for block in _walk(markup.parse(html), 0):
        if block.kind == "heading":
            section = block.words
        found.append(block._replace(section=section))
    return found


def _walk(element: Element, depth: int) -> Iterator[Block]:
    loose: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or not _is_block(child):
            loose.append(child)
            continue
        yield from _paragraph(loose, depth)
        loose = []
        yield from _block(child, depth)
    yield from _paragraph(loose, depth)


def _is_block(element: Element) -> bool:
    return element.tag in {"p", "li", "tr", "caption", "figure"} | _ROOMS | set(HEADINGS)


def _paragraph(children: Sequence[Element | str], depth: int) -> Iterator[Block]:
    tokens = read(children)
    if tokens:
        yield Block("item" if depth else "paragraph", tokens, depth)


def _block(element: Element, depth: int) -> Iterator[Block]:
    if element.tag in HEADINGS:
        yield from _some("heading", element, HEADINGS[element.tag])
    elif element.tag == "tr":
        yield from _row(element)
    elif element.tag == "caption":
        yield from _some("caption", element, 0)
    elif element.tag == "figure":
        yield Block("figure", read([element]))
    elif element.tag == "li":
        yield from _walk(element, depth)
    else:
        yield from _walk(element, depth + (element.tag in {"ul", "ol"}))


def _some(kind: str, element: Element, level: int) -> Iterator[Block]:
    tokens = read(element.children)
    if tokens:
        yield Block(kind, tokens, level)


def _row(element: Element) -> Iterator[Block]:
    cells = [read(cell.children) for cell in element.elements() if cell.tag in {"td", "th"}]
    tokens: list[Token] = []
    for place, cell in enumerate(cells):
        tokens.extend([CELL, *cell] if place else cell)
    if any(cells):
        yield Block("row", tuple(tokens))
