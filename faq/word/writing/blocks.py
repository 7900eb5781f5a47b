"""Blocks of HTML as paragraphs and tables of WordprocessingML. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from faq.documents.markup import Element, parse
from faq.documents.tables import number
from faq.word.writing import tables
from faq.word.writing.manuscript import Drawn, Manuscript
from faq.word.writing.pictures import Pictures
from faq.word.writing.runs import Inline, Links, Run, counted, label, written
from faq.word.writing.styles import BULLETS, NUMBERS

_BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table", "figure", "div"}
_HEADINGS = {"h2": "Heading1", "h3": "Heading2", "h4": "Heading3"}
_DEEPEST = 8


class Blocks:
    """Writes the blocks of one file; `starts` collects its numbered lists, `links` its addresses."""

    def __init__(self, manuscript: Manuscript, width: int) -> None:
        self.manuscript, self.width = manuscript, width
        self.links, self.pictures = Links(), Pictures(width)
        self.inline = Inline(manuscript.numbers, manuscript.places, manuscript.words, manuscript.base)
        self.starts: list[tuple[int, int, int]] = []
        self._tables = 0
        self._bookmarks = 0

    def paragraph(self, runs: Sequence[Run], style: str = "", before: str = "", properties: str = "") -> str:
        """One paragraph in a style, after what `before` writes."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        inside = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
        return f"<w:p>{inside}{before}{written(runs, self.links)}</w:p>"

    def bookmark(self, name: str) -> str:
        """A place to which links in the file lead."""
        self._bookmarks += 1
        return f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="{name}"/><w:bookmarkEnd w:id="{self._bookmarks}"/>'

    def numbered(self, level: int, first: int) -> int:
        """A new list that counts from `first`."""
        self.starts.append((NUMBERS + len(self.starts) + 1, level, first))
        return self.starts[-1][0]

    def html(self, markup: str, style: str = "") -> str:
        """The blocks of `markup`, its plain paragraphs in `style`."""
        return self.inside(parse(markup).children, style)

    def inside(self, children: Iterable[Element | str], style: str) -> str:
        """Blocks; loose text between them becomes paragraphs."""
        found: list[str] = []
        for part in _stretches(children):
            if isinstance(part, Element):
                found.append(self._block(part, style))
            elif runs := self.inline.runs(part):
                found.append(self.paragraph(runs, style))
        return "".join(found)

    def _block(self, element: Element, style: str) -> str:
        if element.tag in _HEADINGS:
            return self.paragraph(self.inline.runs(element.children), _HEADINGS[element.tag])
        if element.tag in {"ul", "ol"}:
            return self._list(element, 0, style)
        if element.tag == "blockquote":
            return self.inside(element.children, "Quote")
        if element.tag == "table":
            self._tables += 1
            return self._table(element, "Caption", counted(self.manuscript.words.table, "Table", self._tables))
        if element.tag == "figure":
            return self._figure(element)
        return self.inside(element.children, style)

    def _list(self, element: Element, level: int, style: str) -> str:
        level = min(level, _DEEPEST)
        identity = BULLETS if element.tag == "ul" else self.numbered(level, number(element, "start"))
        mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'
        return "".join(self._item(item, level, mark, style) for item in element.elements() if item.tag == "li")

    def _item(self, item: Element, level: int, mark: str, style: str) -> str:
        found: list[str] = []
        for part in _stretches(item.children):
            if isinstance(part, Element) and part.tag in {"ul", "ol"}:
                found.append(self._list(part, level + 1, style))
            elif isinstance(part, Element) and part.tag not in {"p", "div"}:
                found.append(self._block(part, style))
            else:
                runs = self.inline.runs(part.children if isinstance(part, Element) else part)
                found += self._item_paragraph(runs, level, mark, style, is_first=not found)
        return "".join(found)

    def _item_paragraph(self, runs: list[Run], level: int, mark: str, style: str, *, is_first: bool) -> list[str]:
        if not runs:
            return []
        if is_first:
            return [self.paragraph(runs, style or "ListParagraph", properties=mark)]
        return [self.paragraph(runs, "ListContinue" + (str(min(level, 3) + 1) if level else ""))]

    def _table(self, element: Element, style: str, before: str) -> str:
        captions = [part for part in element.elements() if part.tag == "caption"]
        runs = self.inline.runs(captions[0].children) if captions else []
        heading = self.paragraph(runs, style, before) if runs else ""
        grid = tables.table(element, lambda cell, named: self.inside(cell.children, named), self.width)
        notes = "".join(self.inside(note.children, "TableNote") for note in tables.foot(element))
        # Two tables with nothing between them would become one.
        return heading + grid + notes + self.paragraph([], "TableEnd")

    def _figure(self, element: Element) -> str:
        drawn = self.manuscript.figures.get(element.attributes.get("data-figure", ""))
        place = self.manuscript.places.get(drawn.key) if drawn else None
        if drawn is None or place is None:
            return ""
        words = self.manuscript.words
        picture = self.pictures.drawing(drawn, self._alt(drawn))
        title = [Run(drawn.title), *self.inline.cites(drawn.sources)]
        found = [
            f'<w:p><w:pPr><w:pStyle w:val="FigurePicture"/></w:pPr>{self.bookmark(f"figure_{place}")}{picture}</w:p>',
            self.paragraph(title, "Caption", counted(words.figure, "Figure", place)),
            self._words("FigureDescription", words.description, drawn.description),
        ]
        if drawn.values_table:
            found.append(self._values(drawn))
        found.append(self._words("FigureAbbreviations", words.abbreviations, drawn.abbreviations))
        found.append(self._words("FigureNote", words.note, drawn.note))
        return "".join(found)

    def _alt(self, drawn: Drawn) -> str:
        return f"{drawn.title}. {drawn.description}" if drawn.description else drawn.title

    def _words(self, style: str, named: str, text: str) -> str:
        words = " ".join(text.split())
        return self.paragraph([Run(words)], style, label(f"{named} ")) if words else ""

    def _values(self, drawn: Drawn) -> str:
        found = [part for part in parse(drawn.values_table).elements() if part.tag == "table"]
        named = self.manuscript.words.values
        before = "" if not found or any(part.tag == "caption" for part in found[0].elements()) else label(named)
        heading = self.paragraph([], "FigureValues", before) if before else ""
        return heading + "".join(self._table(element, "FigureValues", "") for element in found)


def _stretches(children: Iterable[Element | str]) -> Iterator[Element | list[Element | str]]:
    """The blocks among `children` one by one, and as lists what stands loose before, between and after them."""
    loose: list[Element | str] = []
    for child in children:
        if isinstance(child, Element) and child.tag in _BLOCKS:
            yield loose
            yield child
            loose = []
        else:
            loose.append(child)
    yield loose
