"""Writes an outline as the wording of an answer: HTML of the allow-list, figures, and what was noticed. Pure."""

import re
from dataclasses import replace
from html import escape
from typing import Any

from faq.word import figures, lists, names
from faq.word.blocks import Block, Paragraph, paragraphs
from faq.word.citing import Citations, Citing
from faq.word.figures import Captioned, Figure, Part
from faq.word.numbering import Item
from faq.word.outline import Outline
from faq.word.pictures import Image
from faq.word.pieces import Piece, html, plain, unbold
from faq.word.report import Report, shortened
from faq.word.tables import Writer, notes

_MACHINE = ("automatically generated", "automatisch generiert", "ai-generated", "ki-generiert")
_QUOTES = ("quote", "intense quote", "zitat", "intensives zitat")
# "1.", "2)" and the like, at any level; not "Step 1:" and not "1.2".
_PLAIN_COUNT = re.compile(r"\(?(?:%\d)?[.)]?")
_LETTERED = {"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}


class Answer:
    """The wording that an outline becomes; made by `write`."""

    def __init__(self, outline: Outline, report: Report) -> None:
        self.outline, self.report = outline, report
        self.citations = Citations()
        self.tables = Writer(self._cell, report)
        self.figures: list[dict[str, Any]] = []
        self.images: list[Image] = []
        self.counts = {"headings": 0, "paragraphs": 0, "list items": 0, "tables": 0, "figures": 0, "citations": 0}
        self.short_answer = self.body = ""
        # What each paragraph of the file said, and the words that were written for it.
        self.arrived: list[tuple[str, str]] = []
        self._items: list[tuple[Item, str]] = []

    def write(self) -> None:
        """Writes short answer, body and figures."""
        self.citations.listed(self.outline.entries)
        citing = Citing(self.citations, self.report, self.outline.places)
        citing.resolve([*self.outline.short, *paragraphs(self.outline.body)])
        self._tell_unlisted(citing.unlisted)
        parts = figures.Parts(self.outline.body).gathered()
        self._cross_refer(parts)
        self.short_answer = "".join(f"<p>{self._html(paragraph)}</p>" for paragraph in self.outline.short)
        self.body = self._parts(parts)
        self.counts["citations"] = len(self.citations.groups)
        self.counts["paragraphs"] += len(self.outline.short)

    def _html(self, paragraph: Paragraph, pieces: list[Piece] | None = None) -> str:
        written = paragraph.pieces if pieces is None else pieces
        self._arrives(paragraph, written)
        return html(written)

    def _arrives(self, paragraph: Paragraph, pieces: list[Piece]) -> None:
        written = [piece for piece in pieces if piece.kind not in {"label", "xref", "picture", "company"}]
        self.arrived.append((paragraph.text, plain(written)))

    def _line(self, paragraph: Paragraph, pieces: list[Piece] | None = None) -> str:
        """A paragraph as plain text, for what has no markup: titles and descriptions of figures."""
        words = figures.line(paragraph.pieces if pieces is None else pieces)
        self.arrived.append((paragraph.text, words))
        return words

    def _tell_unlisted(self, unlisted: list[str]) -> None:
        if unlisted and not self.citations.entries:
            what = "Raised numbers stay as they are, for the file has no list of references"
            self.report.look(what, "; ".join(unlisted), where="")
            return
        for words in unlisted:
            self.report.look("A number that the list of references does not have stays as it is", words)

    def _cross_refer(self, parts: list[Part]) -> None:
        """Names the figures, and makes marks of what refers to them anywhere in the text."""
        found = [part for part in parts if isinstance(part, Figure)]
        keys: set[str] = set()
        places: dict[str, str] = {}
        for number, figure in enumerate(found, start=1):
            title, _ = figures.caption(figure.caption, names.FIGURE_LABEL)
            figure.key = _free(
                figures.own_key(figure.image) or figures.slug(figures.line(title)) or f"figure-{number}", keys
            )
            keys.add(figure.key)
            places.update(dict.fromkeys(figure.bookmarks, figure.key))
        values = [part.values for part in found if part.values]
        inside = paragraphs([*self.outline.body, *values])
        for paragraph in (*self.outline.short, *inside):
            paragraph.pieces = self._referring(paragraph.pieces, places)

    def _referring(self, pieces: list[Piece], places: dict[str, str]) -> list[Piece]:
        kept: list[Piece] = []
        for piece in pieces:
            key = places.get(piece.anchor) if piece.kind == "text" else None
            before = kept[-1] if kept else None
            if key and before is not None and before.kind == "xref" and before.anchor == piece.anchor:
                kept[-1] = replace(before, text=before.text + piece.text)
            else:
                kept.append(replace(piece, kind="xref", held=key) if key else piece)
        return kept

    def _parts(self, parts: list[Part]) -> str:
        written: list[str] = []
        for part in parts:
            if isinstance(part, Paragraph) and part.item is not None:
                self._item(part)
                continue
            if isinstance(part, Paragraph) and not html(part.pieces):
                # An empty line between two items of one list does not end it.
                self._arrives(part, [])
                continue
            written += [self._ended_list(), self._part(part)]
        written.append(self._ended_list())
        return "".join(written).replace("</blockquote><blockquote>", "")

    def _item(self, paragraph: Paragraph) -> None:
        item = paragraph.item
        markup = self._html(paragraph)
        if item is None or not markup:
            return
        self.report.place = paragraph.text
        if item.format in _LETTERED:
            self.report.look("A list with letters or Roman figures became one with numbers: check what refers to it")
        elif item.ordered and not _PLAIN_COUNT.fullmatch(item.prefix):
            self.report.look(f"A list numbered in the form “{item.prefix}” became a plain one: check what refers to it")
        self._items.append((item, markup))
        self.counts["list items"] += 1

    def _ended_list(self) -> str:
        written, self._items = lists.nested(self._items), []
        return written

    def _part(self, part: Part) -> str:
        if isinstance(part, Captioned):
            return self._table(part)
        if isinstance(part, Figure):
            return self._figure(part)
        if part.heading is not None:
            self.report.place = part.text
            self.counts["headings"] += 1
            return f"<h{part.heading}>{self._html(part, unbold(part.pieces))}</h{part.heading}>"
        self.counts["paragraphs"] += 1
        written = f"<p>{self._html(part)}</p>"
        return f"<blockquote>{written}</blockquote>" if part.has(*_QUOTES) else written

    def _cell(self, blocks: list[Block]) -> str:
        """The HTML of a cell: a single paragraph stands in it without a tag of its own."""
        said = [block for block in blocks if not isinstance(block, Paragraph) or html(block.pieces)]
        if len(said) == 1 and isinstance(said[0], Paragraph) and said[0].item is None:
            return self._html(said[0])
        if any(not isinstance(block, Paragraph) for block in said):
            self.report.look("A table stands inside another table")
        outer, self._items = self._items, []
        counts = dict(self.counts)
        for block in said:
            if isinstance(block, Paragraph):
                block.heading = None
        written = self._parts([block if isinstance(block, Paragraph) else Captioned(block) for block in said])
        self._items, self.counts = outer, counts
        return written

    def _table(self, part: Captioned) -> str:
        if len(part.table.rows) == 1 and len(part.table.rows[0]) == 1:
            self.report.look("A box (a table of one cell) became plain text")
            return self._boxed(part.table.rows[0][0].blocks)
        self.counts["tables"] += 1
        caption, number = figures.caption(part.caption, names.TABLE_LABEL)
        self.report.place = figures.line(caption) or self.report.place
        self._tell_label("table", number, self.counts["tables"], figures.line(caption))
        if part.caption is None:
            self.report.look("A table has no caption: write one")
        foot = [note for paragraph in part.notes for note in self._notes(paragraph)]
        heading = self._html(part.caption, caption) if part.caption else ""
        return self.tables.table(part.table, heading, foot)

    def _notes(self, paragraph: Paragraph) -> list[str]:
        self._arrives(paragraph, paragraph.pieces)
        return notes(paragraph)

    def _boxed(self, blocks: list[Block]) -> str:
        outer, self._items = self._items, []
        written = self._parts([block if isinstance(block, Paragraph) else Captioned(block) for block in blocks])
        self._items = outer
        return written

    def _tell_label(self, kind: str, said: int | None, place: int, words: str) -> None:
        if said is not None and said != place:
            what = f"The file calls this {kind} number {said}; here it is number {place}: check what the text refers to"
            self.report.look(what, words)

    def _figure(self, figure: Figure) -> str:
        self.counts["figures"] += 1
        number = self.counts["figures"]
        caption, said = figures.caption(figure.caption, names.FIGURE_LABEL)
        title = self._line(figure.caption, caption) if figure.caption else ""
        self.report.place = title or self.report.place
        self._tell_label("figure", said, number, title)
        alt = "" if figures.own_key(figure.image) else figure.image.alt
        told = {name: self._line(part) for name, part in figure.parts.items()}
        if alt and any(sign in alt.lower() for sign in _MACHINE):
            self.report.look("A picture's description was written by a machine: write your own", alt)
        if not title:
            self.report.look(f"Figure {number} has no caption: write its title", alt)
        if not (told.get("description") or alt):
            self.report.look(f"Figure {number} has no description for readers who cannot see it: write one", title)
        self.images.append(figure.image)
        self.figures.append(
            {
                "key": figure.key,
                "is_own": bool(figures.own_key(figure.image)),
                "title": shortened(title or alt, 300),
                "description": told.get("description") or alt,
                "abbreviations": told.get("abbreviations", ""),
                "note": told.get("note", ""),
                "values_table": self._values(figure),
                "sources": [piece.held for piece in caption if piece.kind == "cite"],
            }
        )
        return f'<figure data-figure="{escape(figure.key)}"></figure>'

    def _values(self, figure: Figure) -> str:
        if figure.values is None:
            return ""
        caption = self._html(figure.values_caption) if figure.values_caption else ""
        foot = [note for paragraph in figure.values_notes for note in self._notes(paragraph)]
        return self.tables.table(figure.values, caption, foot)


def _free(key: str, taken: set[str]) -> str:
    candidate, count = key, 1
    while candidate in taken:
        count += 1
        candidate = f"{key}-{count}"
    return candidate
