"""Writes tables as HTML of the allow-list: heads, spans, row names, and the notes below as a foot. Pure."""

import re
from collections.abc import Callable

from faq.word import names
from faq.word.blocks import Block, Cell, Paragraph, Table
from faq.word.pieces import Piece, html, joined, plain, trimmed, unbold
from faq.word.report import Report

_LETTER = re.compile(r"[a-z](?:,\s?[a-z])*")
_SIGN = re.compile(r"[*†‡§¶#‖]+")
_EXPLAINED = re.compile(
    r"(?:abbreviations?|abkürzungen|notes?|hinweis|source|quelle|key)\b.{0,3}:|\S{1,12} ?= ?\S", re.IGNORECASE
)
_NOTE_STYLES = (names.TABLE_NOTE, "table footnote", "table notes", "tablefootnote", "table legend", "legend")
Write = Callable[[list[Block]], str]


def is_note(paragraph: Paragraph) -> bool:
    """Whether a paragraph that follows a table is one of its notes: by its style, a raised letter, or explanations."""
    if paragraph.has(*_NOTE_STYLES):
        return True
    if paragraph.heading is not None or paragraph.item is not None or paragraph.has(*names.FIGURE_PARTS, names.VALUES):
        return False
    first = next((piece for piece in trimmed(joined(paragraph.pieces)) if piece.text.strip()), None)
    if first is None:
        return False
    raised = first.kind == "text" and first.shift == "sup"
    called = bool(raised and _LETTER.fullmatch(first.text.strip())) or bool(_SIGN.match(first.text.strip()))
    return called or (len(paragraph.text) < 600 and bool(_EXPLAINED.match(paragraph.text)))


def notes(paragraph: Paragraph) -> list[str]:
    """The notes that one paragraph holds; authors often end each with a line break."""
    found: list[list[Piece]] = [[]]
    pieces = joined(paragraph.pieces)
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.kind == "break" and after is not None and after.shift == "sup":
            found.append([])
        else:
            found[-1].append(piece)
    return [words for words in map(html, found) if words]


def columns(table: Table) -> int:
    """How many columns a table has."""
    return max((_width(row, place, table.rows) for place, row in enumerate(table.rows)), default=0)


def _width(row: list[Cell], place: int, rows: list[list[Cell]]) -> int:
    reaching = sum(
        cell.across for above, cells in enumerate(rows[:place]) for cell in cells if above + cell.down > place
    )
    return sum(cell.across for cell in row) + reaching


class Writer:
    """Writes the tables of one file; `write` gives the HTML of the blocks in a cell."""

    def __init__(self, write: Write, report: Report) -> None:
        self.write, self.report = write, report

    def table(self, table: Table, caption: str, foot: list[str]) -> str:
        """The HTML of `table` under `caption`, with `foot` as notes below it."""
        rows, width = [row for row in table.rows if row], columns(table)
        while rows and self._is_foot(rows[-1], width) and len(rows) > 1:
            foot = [self.write(list(rows.pop()[0].blocks)), *foot]
        heads = self._heads(table, rows)
        named = any(cell.paragraphs and cell.paragraphs[0].has(names.TABLE_HEAD) for row in rows for cell in row)
        written = [f"<caption>{caption}</caption>"] if caption else []
        if heads:
            written.append(f"<thead>{''.join(self._head(row) for row in rows[:heads])}</thead>")
        written += self._bodies(table, rows[heads:], width, named)
        span = f' colspan="{width}"' if width > 1 else ""
        if foot:
            written.append("<tfoot>" + "".join(f"<tr><td{span}>{note}</td></tr>" for note in foot) + "</tfoot>")
        return f"<table>{''.join(written)}</table>"

    def _is_foot(self, row: list[Cell], width: int) -> bool:
        blocks = row[0].blocks
        whole = len(row) == 1 and row[0].across >= width > 1 and len(blocks) == 1
        return whole and isinstance(blocks[0], Paragraph) and is_note(blocks[0])

    def _heads(self, table: Table, rows: list[list[Cell]]) -> int:
        heads = min(table.heads, len(rows))
        if not heads:
            while heads < len(rows) - 1 and _is_bold(rows[heads]):
                heads += 1
            told = _words(rows[0]) if rows else ""
            if heads:
                self.report.taken("Bold rows were taken for the heads of the columns", told)
            elif len(rows) > 1:
                self.report.look("A table has no heading row: mark its first row as one if it is", told)
        reach = max((place + cell.down for place in range(heads) for cell in rows[place]), default=heads)
        return min(max(heads, reach if heads else 0), len(rows))

    def _head(self, row: list[Cell]) -> str:
        return f"<tr>{''.join(self._cell(cell, 'colgroup' if cell.across > 1 else 'col') for cell in row)}</tr>"

    def _bodies(self, table: Table, rows: list[list[Cell]], width: int, named: bool) -> list[str]:
        bodies: list[list[str]] = []
        reaching = 0
        for row in rows:
            own = [self._own_scope(cell) for cell in row]
            guessed = [self._scope(table, row, place, width, reaching) for place in range(len(row))]
            scopes = own if named else guessed
            if not bodies or "rowgroup" in scopes or (named and _has(row[0], names.TABLE_PART)):
                bodies.append([])
            written = "".join(self._cell(cell, scope) for cell, scope in zip(row, scopes, strict=True))
            bodies[-1].append(f"<tr>{written}</tr>")
            reaching = max(reaching - 1, row[0].down - 1 if sum(cell.across for cell in row) >= width else 0)
        return [f"<tbody>{''.join(body)}</tbody>" for body in bodies]

    def _own_scope(self, cell: Cell) -> str:
        """What a cell of an exported table names, as its style tells: "" for data."""
        return "rowgroup" if _has(cell, names.TABLE_GROUP) else "row" if _has(cell, names.TABLE_HEAD) else ""

    def _scope(self, table: Table, row: list[Cell], place: int, width: int, reaching: int) -> str:
        """What a cell of any other table names: its first column the rows, a bold line across it those that follow."""
        cell = row[place]
        if len(row) == 1 and cell.across >= width > 1 and _is_bold(row):
            return "rowgroup"
        if place or reaching or not table.first_column or not _words([cell]):
            return ""
        return "rowgroup" if cell.down > 1 else "row"

    def _cell(self, cell: Cell, scope: str) -> str:
        tag = "th" if scope else "td"
        if scope:
            for paragraph in cell.paragraphs:
                paragraph.pieces = unbold(paragraph.pieces)
        spans = "".join(
            f' {name}="{number}"' for name, number in (("colspan", cell.across), ("rowspan", cell.down)) if number > 1
        )
        named = f' scope="{scope}"' if scope else ""
        return f"<{tag}{named}{spans}>{self.write(list(cell.blocks))}</{tag}>"


def _has(cell: Cell, style: str) -> bool:
    said = cell.paragraphs
    return bool(said) and said[0].has(style)


def _is_bold(row: list[Cell]) -> bool:
    said = [paragraph for cell in row for paragraph in cell.paragraphs if paragraph.text]
    return bool(said) and all(unbold(paragraph.pieces) != paragraph.pieces for paragraph in said)


def _words(row: list[Cell]) -> str:
    return " · ".join(plain(paragraph.pieces) for cell in row for paragraph in cell.paragraphs if paragraph.text)
