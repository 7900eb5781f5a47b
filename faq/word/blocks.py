"""Walks through the body of a Word file and makes blocks of it: paragraphs and tables. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from faq.word import xml
from faq.word.numbering import Item, Numbering
from faq.word.pieces import Piece, plain
from faq.word.runs import Runs
from faq.word.styles import Styles, numbering

_HELD = {"w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag", "mc:Choice"}
_FAKE_BULLETS = "•◦▪●■○"


@dataclass
class Paragraph:
    """One paragraph: its pieces, its style, and what the style makes of it."""

    pieces: list[Piece]
    style: str = ""
    styles: list[str] = field(default_factory=list)
    heading: int | None = None
    item: Item | None = None
    bookmarks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says on one line, labels included."""
        return " ".join(plain(self.pieces).split())

    def has(self, *names: str) -> bool:
        """Whether its style, or one that this is based on, bears one of `names`."""
        return bool(set(self.styles) & set(names))


@dataclass
class Cell:
    """A cell with its blocks; `down` is 0 for one that goes on with the cell above it."""

    blocks: list["Block"]
    across: int = 1
    down: int = 1

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in it, those of nested tables included."""
        return list(paragraphs(self.blocks))


@dataclass
class Table:
    """Rows of cells, how many of the first are repeated heads, and whether its first column names the rows."""

    rows: list[list[Cell]]
    heads: int = 0
    first_column: bool = False
    style: str = ""


Block = Paragraph | Table


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph of `blocks` in order, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.blocks)


class Body:
    """Reads the blocks of a body, a cell or a note."""

    def __init__(self, styles: Styles, numbers: Numbering, runs: Runs) -> None:
        self.styles, self.numbers, self.runs = styles, numbers, runs
        self._marked: list[str] = []

    def blocks(self, parent: Element) -> list[Block]:
        """The blocks below `parent`."""
        found: list[Block] = []
        for element in parent:
            if element.tag == "w:p":
                found.append(self._paragraph(element))
            elif element.tag == "w:tbl":
                found.append(self._table(element))
            elif element.tag in {"w:sdt", "mc:AlternateContent"} or element.tag in _HELD:
                found.extend(self.blocks(_content(element)))
            elif element.tag == "w:bookmarkStart":
                self._marked.append(element.get("w:name", ""))
            elif element.tag in {"m:oMath", "m:oMathPara"}:
                found.append(self._paragraph(_holding(element)))
        return found

    def _paragraph(self, element: Element) -> Paragraph:
        properties = xml.child(element, "w:pPr")
        style = xml.value(properties, "w:pStyle") or self.styles.default
        # The place that the report names is the paragraph itself until a heading is known.
        self.runs.report.place = " ".join(" ".join(xml.texts(element, "w:t")).split())[:120]
        pieces = self.runs.paragraph(element)
        name = self.styles.name(style)
        number, level = numbering(properties)
        styled = self.styles.numbering(style)
        number, level = number if number is not None else styled[0], level if level is not None else styled[1]
        heading = self.styles.outline(style)
        outline = xml.value(properties, "w:outlineLvl")
        if heading is None and outline is not None:
            heading = xml.number(outline, 9) + 1 if xml.number(outline, 9) < 9 else None
        item = None
        if heading is None and (plain(pieces).strip() or any(piece.kind == "picture" for piece in pieces)):
            item = self.numbers.item(number, level, name) or self._typed(pieces)
        bookmarks, self._marked = [*self._marked, *self.runs.bookmarks], []
        return Paragraph(pieces, name, self.styles.names(style), heading, item, bookmarks)

    def _typed(self, pieces: list[Piece]) -> Item | None:
        """A list that somebody made by typing bullets."""
        first = next((piece for piece in pieces if piece.kind == "text" and piece.text.strip()), None)
        words = first.text.lstrip() if first else ""
        if first is None or len(words) < 2 or words[0] not in _FAKE_BULLETS or not words[1].isspace():
            return None
        place = pieces.index(first)
        pieces[place] = Piece(words[1:].lstrip(), first.bold, first.italic, first.shift, first.href, first.anchor)
        return Item(0, False)

    def _table(self, element: Element) -> Table:
        properties = xml.child(element, "w:tblPr")
        look = None if properties is None else xml.child(properties, "w:tblLook")
        rows = [self._row(row) for row in _rows(element)]
        heads = 0
        for row in _rows(element):
            if not xml.is_on(xml.child(row, "w:trPr"), "w:tblHeader"):
                break
            heads += 1
        style = self.styles.name(xml.value(properties, "w:tblStyle") or "")
        return Table(_spanned(rows), min(heads, len(rows)), _first_column(look), style)

    def _row(self, row: Element) -> list[Cell]:
        properties = xml.child(row, "w:trPr")
        before = xml.number(xml.value(properties, "w:gridBefore"))
        found = [Cell([], before)] if before > 0 else []
        for element in _cells(row):
            inner = xml.child(element, "w:tcPr")
            across = max(1, xml.number(xml.value(inner, "w:gridSpan"), 1))
            merge = None if inner is None else xml.child(inner, "w:vMerge")
            goes_on = merge is not None and merge.get("w:val", "continue") == "continue"
            if inner is not None and xml.value(inner, "w:hMerge") == "continue" and found:
                found[-1].across += across
                self.blocks(element)
                continue
            found.append(Cell(self.blocks(element), across, 0 if goes_on else 1))
        return found


def _content(element: Element) -> Element:
    if element.tag == "w:sdt":
        content = xml.child(element, "w:sdtContent")
        return element if content is None else content
    if element.tag == "mc:AlternateContent":
        return next((part for part in element if part.tag == "mc:Choice"), element)
    return element


def _holding(element: Element) -> Element:
    holder = Element("w:p")
    holder.append(element)
    return holder


def _rows(element: Element) -> Iterator[Element]:
    for part in element:
        if part.tag == "w:tr" and xml.child(part, "w:trPr", "w:del") is None:
            yield part
        elif part.tag in {"w:sdt", *_HELD}:
            yield from _rows(_content(part))


def _cells(row: Element) -> Iterator[Element]:
    for part in row:
        if part.tag == "w:tc":
            yield part
        elif part.tag in {"w:sdt", *_HELD}:
            yield from _cells(_content(part))


def _first_column(look: Element | None) -> bool:
    if look is None:
        return False
    named = look.get("w:firstColumn")
    if named is not None:
        return named in {"1", "true", "on"}
    try:
        # Older files say it in bits (ECMA-376, 17.4.56).
        return bool(int(look.get("w:val", "0"), 16) & 0x80)
    except ValueError:
        return False


def _spanned(rows: list[list[Cell]]) -> list[list[Cell]]:
    """`rows` in which each cell that others below go on with reaches over them, and these are gone."""
    above: dict[int, Cell] = {}
    kept: list[list[Cell]] = []
    for row in rows:
        here: dict[int, Cell] = {}
        stay, column = [], 0
        for cell in row:
            upper = above.get(column)
            if cell.down == 0 and upper is not None and upper.across == cell.across:
                upper.down += 1
                upper.blocks.extend(block for block in cell.blocks if not isinstance(block, Paragraph) or block.text)
                here[column] = upper
            else:
                cell.down = 1
                stay.append(cell)
                here[column] = cell
            column += cell.across
        above = here
        kept.append(stay)
    return kept
