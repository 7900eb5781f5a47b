"""Tables as grids in which every place is taken exactly once. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from faq.documents.inlines import Node, words
from faq.documents.markup import Element

# Characters in one line of a table at the width of a page, and those that the space between two columns takes.
LINE = 100
PADDING = 3


class Cell(NamedTuple):
    """A cell as the HTML has it."""

    body: list[Node]
    header: bool = False
    across: int = 1
    down: int = 1


class Placed(NamedTuple):
    """A cell with its place, counted from 0, and how far it reaches."""

    x: int
    y: int
    across: int
    down: int
    header: bool
    body: list[Node]


class Grid(NamedTuple):
    """Cells in reading order, and how many rows they fill."""

    cells: list[Placed]
    rows: int


def number(element: Element, name: str) -> int:
    """The attribute `name` as a number of at least 1, such as a colspan; 1 where it is none."""
    value = element.attributes.get(name, "")
    return max(1, int(value)) if value.isascii() and value.isdigit() else 1


def place(rows: Sequence[Sequence[Cell]], first: int = 0) -> Grid:
    """Where the cells of one section come to lie; no cell reaches out of its section or over another one."""
    taken: set[tuple[int, int]] = set()
    cells: list[Placed] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            down = min(cell.down, len(rows) - y)
            across = next((n for n in range(1, cell.across) if (x + n, y) in taken), cell.across)
            taken.update((x + i, y + j) for i in range(across) for j in range(down))
            cells.append(Placed(x, y + first, across, down, cell.header, cell.body))
            x += across
    return Grid(cells, len(rows))


def completed(cells: Iterable[Placed], rows: int) -> tuple[list[Placed], int]:
    """`cells` with empty ones where none lies, and the number of columns.

    Columns in which no cell begins are no columns: colspan="99" over a table of three makes three.
    """
    cells = list(cells)
    starts = sorted({cell.x for cell in cells})
    column = {x: number for number, x in enumerate(starts)}
    kept = [
        cell._replace(x=column[cell.x], across=sum(cell.x <= x < cell.x + cell.across for x in starts))
        for cell in cells
    ]
    taken = {(cell.x + i, cell.y + j) for cell in kept for i in range(cell.across) for j in range(cell.down)}
    empty = [(x, y) for y in range(rows) for x in range(len(starts)) if (x, y) not in taken]
    kept.extend(Placed(x, y, 1, 1, False, []) for x, y in empty)
    return sorted(kept, key=lambda cell: (cell.y, cell.x)), len(starts)


class Measure(NamedTuple):
    """What a column holds, in characters: its longest word, and its longest line as far as it counts."""

    word: int
    line: int


def measures(cells: Iterable[Placed], columns: int) -> list[Measure]:
    """The measures of each column, from the cells that lie in it alone."""
    longest, fullest = [1] * columns, [1] * columns
    for cell in cells:
        for line in _lines(cell.body) if cell.across == 1 else ():
            longest[cell.x] = max([longest[cell.x], *(len(word) for word in line.split())])
            fullest[cell.x] = max(fullest[cell.x], len(line))
    return [Measure(word + PADDING, _share(line) + PADDING) for word, line in zip(longest, fullest, strict=True)]


def widths(measures: Sequence[Measure]) -> list[float]:
    """The columns' shares of the width: room for the longest word first, the rest by how much there is to say."""
    spare = LINE - sum(measure.word for measure in measures)
    wishes = [measure.line - measure.word for measure in measures]
    if spare <= 0 or not sum(wishes):
        return [float(measure.word) for measure in measures]
    parts = zip(measures, wishes, strict=True)
    return [round(measure.word + spare * wish / sum(wishes), 1) for measure, wish in parts]


def is_crowded(measures: Sequence[Measure]) -> bool:
    """Whether the words of the columns do not fit beside each other in type of the usual size."""
    return sum(measure.word for measure in measures) > LINE


def _share(line: int) -> int:
    return line if line <= 24 else min(70, 24 + (line - 24) // 4)


def _lines(body: Iterable[Node]) -> Iterable[str]:
    for block in body:
        if "text" in block:
            yield words(block["text"])
        for item in block.get("items", []):
            yield from _lines(item)
        yield from _lines(block.get("body", []) if block["kind"] == "quote" else [])
