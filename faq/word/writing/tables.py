"""HTML tables as WordprocessingML: repeated heads, spans, names of rows. Pure."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from faq.documents.markup import Element
from faq.documents.tables import Cell, Grid, Placed, completed, measures, number, place, widths

Write = Callable[[Element, str], str]


class _Section(NamedTuple):
    rows: list[list[Element]]
    is_head: bool


class _Grid(NamedTuple):
    cells: list[Placed]
    sources: dict[tuple[int, int], Element]
    sizes: list[int]
    heads: int
    begins: set[int]


def table(element: Element, write: Write, width: int) -> str:
    """The table of `element`, `width` twentieths of a point wide; `write` gives the paragraphs of a cell in a style."""
    sections = _sections(element)
    placed: list[tuple[Placed, Element]] = []
    begins: set[int] = set()
    first = 0
    for section in sections:
        grid = _placed(section.rows, first)
        placed += zip(grid.cells, [cell for row in section.rows for cell in row], strict=True)
        begins.add(first)
        first += grid.rows
    heads = sum(len(section.rows) for section in sections if section.is_head)
    kept, columns = completed([cell for cell, _ in placed], first)
    column = {x: count for count, x in enumerate(sorted({cell.x for cell, _ in placed}))}
    sources = {(column[cell.x], cell.y): source for cell, source in placed}
    shares = widths(measures(kept, columns))
    sizes = [round(width * share / sum(shares)) for share in shares]
    laid = _Grid(kept, sources, sizes, heads, begins)
    rows = "".join(_row(laid, y, write) for y in range(first))
    grid_columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    properties = (
        f'<w:tblPr><w:tblStyle w:val="AnswerTable"/><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
        ' w:noVBand="1"/></w:tblPr>'
    )
    return f"<w:tbl>{properties}<w:tblGrid>{grid_columns}</w:tblGrid>{rows}</w:tbl>"


def foot(element: Element) -> list[Element]:
    """The notes in the foot of a table; none where its rows have several cells and are rows like others."""
    rows = [row for part in element.elements() if part.tag == "tfoot" for row in part.elements()]
    return [row.elements()[0] for row in rows] if all(len(row.elements()) == 1 for row in rows) else []


def _sections(element: Element) -> list[_Section]:
    notes = foot(element)
    parts = [
        part for part in element.elements() if part.tag in {"thead", "tbody"} or (part.tag == "tfoot" and not notes)
    ]
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    parts.sort(key=lambda part: order[part.tag])
    found = [_Section(_rows(part), part.tag == "thead") for part in parts]
    loose = _rows(element)
    if loose:
        found.append(_Section(loose, False))
    return [section for section in found if section.rows]


def _rows(element: Element) -> list[list[Element]]:
    rows = [row for row in element.elements() if row.tag == "tr"]
    cells = [[cell for cell in row.elements() if cell.tag in {"td", "th"}] for row in rows]
    return [row for row in cells if row]


def _placed(rows: Sequence[Sequence[Element]], first: int) -> Grid:
    spelled = [[_cell(cell) for cell in row] for row in rows]
    return place(spelled, first)


def _cell(element: Element) -> Cell:
    body = [{"kind": "paragraph", "text": [" ".join(element.text().split())]}]
    return Cell(body, element.tag == "th", number(element, "colspan"), number(element, "rowspan"))


def _row(grid: _Grid, y: int, write: Write) -> str:
    here = sorted((cell for cell in grid.cells if cell.y <= y < cell.y + cell.down), key=lambda cell: cell.x)
    repeated = "<w:tblHeader/>" if y < grid.heads else ""
    written = "".join(_written(cell, y, grid, write) for cell in here)
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{written}</w:tr>"


def _written(cell: Placed, y: int, grid: _Grid, write: Write) -> str:
    in_head, source = y < grid.heads, grid.sources.get((cell.x, cell.y))
    width = sum(grid.sizes[cell.x : cell.x + cell.across])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    if cell.down > 1:
        properties += '<w:vMerge w:val="restart"/>' if y == cell.y else "<w:vMerge/>"
    properties += '<w:shd w:val="clear" w:color="auto" w:fill="E5F1F2"/>' if in_head else ""
    style = "TableHead" if in_head else _style(cell, source, grid)
    inside = write(source, style) if source is not None and y == cell.y else ""
    empty = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or empty}</w:tc>"


def _style(cell: Placed, source: Element | None, grid: _Grid) -> str:
    """The style of a cell of the body; of a head also what it names, by which it is known again."""
    if not cell.header:
        return "TableText"
    if source is not None and source.attributes.get("scope") == "rowgroup":
        return "TableGroup"
    return "TablePart" if cell.x == 0 and cell.y in grid.begins and cell.y > grid.heads else "TableHead"
