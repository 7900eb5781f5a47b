"""Finds where a file's text cites the entries of its list of references. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from faq.word import references
from faq.word.blocks import Paragraph
from faq.word.pieces import Piece, html, joined, plain
from faq.word.references import Entry, Group
from faq.word.report import Report

# Stands in place of the bookmark that a citation leads to, so that neighbours are alike.
_CITED = "#cited"
_MIXED = re.compile(r"[a-z],?\s?\d|\d,\s?[a-z]")


@dataclass
class Citations:
    """The entries of a file, and the places that cite them."""

    entries: list[Entry] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def listed(self, entries: Iterable[Entry]) -> None:
        """Takes the entries of the list of references."""
        self.entries.extend(entries)

    def place(self, entry: Entry) -> int:
        """Where an entry that a field or a note holds stands among all entries; the same source has one place."""
        identity = str(entry.csl.get("DOI") or entry.csl.get("title") or entry.text) if entry.csl else entry.text
        if identity not in self._places:
            self._places[identity] = len(self.entries)
            self.entries.append(entry)
        return self._places[identity]

    def group(self, shown: list[Piece], entries: Iterable[int]) -> Piece:
        """The piece that stands for a place which cites."""
        self.groups.append(Group(html(shown), list(dict.fromkeys(entries))))
        return Piece(plain(shown), kind="cite", held=len(self.groups) - 1)

    def numbered(self, numbers: Iterable[int]) -> list[int] | None:
        """Where the entries with these numbers stand; None as soon as one number is in no list or in it twice."""
        places = []
        for number in numbers:
            found = [place for place, entry in enumerate(self.entries) if entry.number == number]
            if len(found) != 1:
                return None
            places.append(found[0])
        return places


class Citing:
    """Turns what cites into pieces that say so, paragraph by paragraph; `places` are bookmarks in the list."""

    def __init__(self, citations: Citations, report: Report, places: Collection[str]) -> None:
        self.citations, self.report, self.places = citations, report, places
        self.unlisted: list[str] = []
        # Whether raised numbers of this file lead to its list by links.
        self.links = False

    def resolve(self, paragraphs: list[Paragraph]) -> None:
        """Marks all citations in `paragraphs`; square brackets count only where no raised number cites."""
        pieces = (piece for paragraph in paragraphs for piece in paragraph.pieces)
        self.links = any(piece.shift == "sup" and piece.anchor in self.places for piece in pieces)
        has_list = any(entry.number is not None for entry in self.citations.entries)
        for paragraph in paragraphs:
            paragraph.pieces = self._raised(paragraph)
        cites = any(piece.kind == "cite" for paragraph in paragraphs for piece in paragraph.pieces)
        for paragraph in paragraphs if has_list and not cites else ():
            paragraph.pieces = [part for piece in paragraph.pieces for part in self._bracketed(piece)]

    def _raised(self, paragraph: Paragraph) -> list[Piece]:
        pieces = joined(self._linked(paragraph.pieces))
        found: list[Piece] = []
        for place, piece in enumerate(pieces):
            if piece.kind == "sources":
                found.append(self._sources(piece))
            elif piece.kind == "text" and piece.shift == "sup":
                found.extend(self._raised_numbers(piece, plain(found), plain(pieces[place + 1 :])))
            else:
                found.append(piece)
        return found

    def _linked(self, pieces: Iterable[Piece]) -> list[Piece]:
        """`pieces` in which what leads to the list says so alike; the signs between raised numbers go with them."""
        kept: list[Piece] = []
        for piece in pieces:
            cites = piece.kind == "text" and piece.anchor in self.places
            between = piece.shift == "sup" and not piece.text.strip(" ,;-–—") and kept and kept[-1].anchor == _CITED
            if (cites or between) and piece.shift == "sup":
                piece = replace(piece, anchor=_CITED, href="")
            kept.append(replace(piece, anchor="") if cites and piece.shift != "sup" else piece)
        return kept

    def _sources(self, piece: Piece) -> Piece:
        entries: tuple[Entry, ...] = piece.held
        return self.citations.group([replace(piece, kind="text", held=None)], map(self.citations.place, entries))

    def _raised_numbers(self, piece: Piece, before: str, after: str) -> list[Piece]:
        numbers, where = references.numbers(piece.text), f"{before[-40:]}^{piece.text.strip()}"
        if numbers is None:
            if self.citations.entries and _MIXED.search(piece.text):
                self.report.look("Raised letters and numbers stand together; if the numbers cite, cite by hand", where)
            return [piece]
        places = self.citations.numbered(numbers)
        if piece.anchor != _CITED and references.is_power(before, piece.text, after):
            if places and before[-1:].isdigit() and not before.endswith("10"):
                self.report.look("A raised number after a number was left as a power; is it a citation?", where)
            return [piece]
        if places and self.links and piece.anchor != _CITED:
            self.report.look("A raised number without the link that the others have was taken for a citation", where)
        if places is None:
            self.unlisted.append(where)
            return [piece]
        blanks = piece.text[len(piece.text.rstrip()) :]
        return [self.citations.group([piece], places), *([Piece(blanks)] if blanks else [])]

    def _bracketed(self, piece: Piece) -> list[Piece]:
        if piece.kind != "text" or "[" not in piece.text:
            return [piece]
        parts, end = [], 0
        for start, stop, numbers in references.bracketed(piece.text):
            places = self.citations.numbered(numbers)
            if places is None:
                self.unlisted.append(piece.text[max(0, start - 40) : stop])
                continue
            shown = replace(piece, text=piece.text[start:stop])
            parts += [replace(piece, text=piece.text[end:start]), self.citations.group([shown], places)]
            end = stop
        return [*parts, replace(piece, text=piece.text[end:])]
