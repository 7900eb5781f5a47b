"""Puts together what belongs to one figure or table: captions, words and notes in paragraphs of their own. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from faq.word import names, tables
from faq.word.blocks import Block, Paragraph, Table
from faq.word.pictures import Image
from faq.word.pieces import Piece, joined, plain, trimmed, unbold, without

_OWN_KEY = re.compile(r"answer-figure:([a-z0-9][a-z0-9-]{0,79})")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_LONGEST_CAPTION = 400


@dataclass
class Figure:
    """A picture with the paragraphs around it that speak of it."""

    image: Image
    key: str = ""
    caption: Paragraph | None = None
    parts: dict[str, Paragraph] = field(default_factory=dict)
    values_caption: Paragraph | None = None
    values: Table | None = None
    values_notes: list[Paragraph] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)


@dataclass
class Captioned:
    """A table with its caption and its notes."""

    table: Table
    caption: Paragraph | None = None
    notes: list[Paragraph] = field(default_factory=list)


Part = Paragraph | Captioned | Figure


def label(paragraph: Paragraph, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The "Table 1." or "Figure 1." with which a caption begins; None for a paragraph that is no such caption."""
    match = pattern.match(plain(paragraph.pieces).lstrip())
    if match is None or len(paragraph.text) > _LONGEST_CAPTION or paragraph.heading is not None:
        return None
    # "Table 1 shows …" is a sentence; a caption has a mark or a break after its number, or the style of one.
    marked = match[0].rstrip()[-1:] in ".:)-–—" or not paragraph.text[len(match[0].rstrip()) :]
    return match if marked or paragraph.has(*names.CAPTION_STYLES) else None


def is_caption(block: Block | None, pattern: re.Pattern[str]) -> bool:
    """Whether `block` is a caption of the kind that `pattern` begins."""
    if not isinstance(block, Paragraph) or not block.text:
        return False
    if label(block, pattern):
        return True
    other = names.FIGURE_LABEL if pattern is names.TABLE_LABEL else names.TABLE_LABEL
    return block.has(*names.CAPTION_STYLES) and not label(block, other)


def caption(paragraph: Paragraph | None, pattern: re.Pattern[str]) -> tuple[list[Piece], int | None]:
    """What a caption says without its label, and the number in that."""
    if paragraph is None:
        return [], None
    match = label(paragraph, pattern)
    pieces = trimmed(joined(paragraph.pieces))
    kept = without(pieces, len(match[0])) if match else pieces
    return unbold(kept), int(match[1]) if match else None


def line(pieces: Iterable[Piece]) -> str:
    """`pieces` as one line of plain text in which a raised 9 stays ⁹; citations and labels are left out."""
    words = [_shifted(piece) for piece in pieces if piece.kind in {"text", "break", "mark"}]
    return unicodedata.normalize("NFC", " ".join("".join(words).split()))


def _shifted(piece: Piece) -> str:
    if piece.kind == "break":
        return " "
    table: dict[int, Any] = {"sup": _RAISED, "sub": _LOWERED}.get(piece.shift, {})
    return piece.text.translate(table)


def slug(title: str) -> str:
    """A key made of a title, at most 60 characters; "" where no letter of it is left."""
    plain_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain_title)[:60].strip("-")


def own_key(image: Image) -> str:
    """The key that an exported figure carries in its name; "" for any other picture."""
    match = _OWN_KEY.fullmatch(image.name)
    return match[1] if match else ""


class Parts:
    """Goes through blocks once and gathers captions, notes and a figure's words with what they belong to."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks, self.place = blocks, 0
        self.found: list[Part] = []
        self.inner: list[Image] = []

    def gathered(self) -> list[Part]:
        """The parts in order."""
        while self.place < len(self.blocks):
            block = self.blocks[self.place]
            self.place += 1
            if isinstance(block, Table):
                self._table(block)
            elif any(piece.kind == "picture" for piece in block.pieces):
                self._figures(block)
            else:
                self.found.append(block)
        return self.found

    def _next(self) -> Block | None:
        while self.place < len(self.blocks):
            block = self.blocks[self.place]
            if isinstance(block, Table) or block.text or any(piece.kind == "picture" for piece in block.pieces):
                return block
            # What leads to an empty line leads to what follows.
            if self.place + 1 < len(self.blocks) and isinstance(after := self.blocks[self.place + 1], Paragraph):
                after.bookmarks = [*block.bookmarks, *after.bookmarks]
            self.place += 1
        return None

    def _taken_caption(self, pattern: re.Pattern[str]) -> Paragraph | None:
        """The caption above, if the part just found is one."""
        above = self.found[-1] if self.found else None
        if isinstance(above, Paragraph) and is_caption(above, pattern):
            self.found.pop()
            return above
        return None

    def _table(self, table: Table) -> None:
        part = Captioned(table, self._taken_caption(names.TABLE_LABEL))
        self._pictures_inside(table)
        while part.caption is None and isinstance(below := self._next(), Paragraph) and label(below, names.TABLE_LABEL):
            part.caption = below
            self.place += 1
        part.notes = self._notes()
        self.found.append(part)
        self.found.extend(Figure(image) for image in self.inner)
        self.inner = []

    def _notes(self) -> list[Paragraph]:
        from_here: list[Paragraph] = []
        while isinstance(below := self._next(), Paragraph) and tables.is_note(below):
            from_here.append(below)
            self.place += 1
        return from_here

    def _pictures_inside(self, table: Table) -> None:
        for row in table.rows:
            for cell in row:
                for paragraph in cell.paragraphs:
                    self.inner += [piece.held for piece in paragraph.pieces if piece.kind == "picture"]
                    paragraph.pieces = [piece for piece in paragraph.pieces if piece.kind != "picture"]

    def _figures(self, paragraph: Paragraph) -> None:
        images: list[Image] = [piece.held for piece in paragraph.pieces if piece.kind == "picture"]
        words = [piece for piece in paragraph.pieces if piece.kind != "picture"]
        rest = Paragraph(
            words, paragraph.style, paragraph.styles, paragraph.heading, paragraph.item, paragraph.bookmarks
        )
        above = None if rest.text else self._taken_caption(names.FIGURE_LABEL)
        if rest.text and is_caption(rest, names.FIGURE_LABEL):
            above = rest
        elif rest.text:
            self.found.append(rest)
        figures = [Figure(image, bookmarks=list(paragraph.bookmarks)) for image in images]
        figures[0].caption = above
        self.found.extend(figures)
        last = figures[-1]
        if (
            last.caption is None
            and is_caption(below := self._next(), names.FIGURE_LABEL)
            and isinstance(below, Paragraph)
        ):
            last.caption = below
            self.place += 1
        for figure in figures:
            figure.bookmarks += figure.caption.bookmarks if figure.caption else []
        self._words_of(last)

    def _words_of(self, figure: Figure) -> None:
        """Takes the paragraphs that an export writes below a figure."""
        while isinstance(block := self._next(), Paragraph):
            name = next((part for style, part in names.FIGURE_PARTS.items() if block.has(style)), None)
            if name:
                figure.parts[name] = block
                self.place += 1
            elif block.has(names.VALUES):
                figure.values_caption = block
                self.place += 1
                if isinstance(table := self._next(), Table):
                    figure.values = table
                    self.place += 1
                    figure.values_notes = self._notes()
            else:
                return
