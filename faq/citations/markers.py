"""Writes sanitised HTML with what its markers stand for (see `finding`). Pure."""

from collections.abc import Callable, Mapping
from html import escape, unescape
from html.parser import HTMLParser

from django.utils.text import slugify
from django.utils.translation import gettext

from faq.citations import footnotes, numbering
from faq.citations.finding import KINDS, Attributes, find, is_company_data, marker

__all__ = ["Writer", "find"]

# Characters that a cell holds on one line on every screen: "0.47 (0.16 to 1.38)".
SHORT = 20

FigureWriter = Callable[[str, str], str]


class Writer(HTMLParser):
    """Writes sanitised HTML with its markers replaced; one writer serves the parts of one answer in reading order.

    `numbers` and `places` give each reference's and each figure's number. `write_figure(key, citations)` gives a
    figure's HTML. `cited_at` collects, per reference key, the ids of the places that cite it.
    """

    def __init__(
        self, numbers: Mapping[str, int], places: Mapping[str, int], write_figure: FigureWriter | None
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.numbers, self.places, self.write_figure = numbers, places, write_figure
        self.titles: Mapping[str, str] = {}
        self.sources: Mapping[str, list[str]] = {}
        self.cited_at: dict[str, list[str]] = {}
        self._out: list[str] = []
        self._cites: list[str] = []
        self._gap = ""
        self._is_company_data = False
        self._skipping: list[str] = []
        self._ids: set[str] = set()
        self._groups = self._tables = 0
        self._in_head = self._in_foot = self._in_data = False
        self._row: list[int] = []
        # Where in the output the open tables and cells begin; of a table also what the ids in it begin with.
        self._open: list[tuple[int, str]] = []
        self._heading: int | None = None
        self._prefix = "cite"
        self._values = gettext("Values")

    def nested(self, number: int) -> "Writer":
        """A writer for the tables inside figure `number`: the same numbers, its own places named after the figure."""
        writer = Writer(self.numbers, self.places, None)
        writer.titles, writer.cited_at, writer._prefix = self.titles, self.cited_at, f"cite-figure-{number}"
        writer._values = gettext("Values of figure %(number)d") % {"number": number}
        return writer

    def write(self, markup: str) -> str:
        """The final HTML of `markup`."""
        self._out = []
        self.feed(markup)
        self.close()
        self._flush()
        self.reset()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._skipping:
            self._skipping.append(tag)
            return
        found = marker(tag, attrs)
        if found or tag in KINDS:
            self._is_company_data = self._is_company_data or is_company_data(tag, attrs)
            self._mark(tag, found)
            return
        self._flush()
        open_tag = getattr(self, f"_open_{tag}", None)
        self._out.append(open_tag(dict(attrs)) if open_tag else _tag(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag in self._skipping:
                while self._skipping.pop() != tag:
                    pass
            return
        if tag in KINDS:
            return
        self._flush()
        close_tag = getattr(self, f"_close_{tag}", None)
        self._out.append(close_tag() if close_tag else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if self._pending and not data.strip():
            # Dropped if another citation follows, for then the two are one group.
            self._gap += data
            return
        self._flush()
        self._out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _mark(self, tag: str, found: tuple[str, str] | None) -> None:
        # A figure's or a citation's content is never shown; a span without a key only loses its tags.
        if found or tag != "span":
            self._skipping.append(tag)
        if not found:
            self._gap = "" if self._is_company_data else self._gap
            return
        kind, key = found
        if kind == "ref":
            self._cites.append(key)
            self._gap = ""
            return
        self._flush()
        if kind == "xref":
            self._out.append(self._cross_reference(key))
        elif self.write_figure:
            self._out.append(self.write_figure(key, self._group(self.sources.get(key, []))))

    @property
    def _pending(self) -> bool:
        """Whether marks of a source wait for those that may follow, which make one group with them."""
        return bool(self._cites) or self._is_company_data

    def _flush(self) -> None:
        if self._pending:
            self._out.append(self._group(self._cites) + self._company_data() + self._gap)
            self._cites, self._gap, self._is_company_data = [], "", False

    def _company_data(self) -> str:
        if not self._is_company_data:
            return ""
        # The space goes where the note goes, for whoever takes the words without it.
        space = "" if not self._cites and self._out and self._out[-1][-1:].isspace() else " "
        note = gettext("(company data)")
        return f'<small class="company-data">{space}{note}</small>'

    def _group(self, keys: list[str]) -> str:
        if not keys:
            return ""
        self._groups += 1
        place = f"{self._prefix}-{self._groups}"
        for key in dict.fromkeys(keys):
            self.cited_at.setdefault(key, []).append(place)
        spans = numbering.collapse(self.numbers[key] for key in keys)
        return f'<sup class="cite" id="{place}">{",".join(_span(span) for span in spans)}</sup>'

    def _cross_reference(self, key: str) -> str:
        label = gettext("Figure %(number)d") % {"number": self.places[key]}
        title = escape(self.titles.get(key, ""))
        return (
            f'<a class="xref" href="#figure-{self.places[key]}" title="{title}">{label}'
            f'<span class="visually-hidden">: {title}</span></a>'
        )

    def _open_h2(self, _attrs: Mapping[str, str | None]) -> str:
        self._heading = len(self._out)
        return "<h2>"

    def _close_h2(self) -> str:
        if self._heading is not None:
            words = "".join(part for part in self._out[self._heading :] if not part.startswith("<"))
            self._out[self._heading] = f'<h2 id="{self._id(words)}">'
            self._heading = None
        return "</h2>"

    def _id(self, words: str) -> str:
        stem = f"section-{slugify(words)[:60] or 'text'}"
        candidate, count = stem, 1
        while candidate in self._ids:
            count += 1
            candidate = f"{stem}-{count}"
        self._ids.add(candidate)
        return candidate

    def _open_table(self, attrs: Mapping[str, str | None]) -> str:
        self._tables += 1
        self._in_data = self._in_foot = False
        self._open.append((len(self._out), f"{self._prefix.replace('cite', 'table', 1)}-{self._tables}"))
        name = f"table-{self._tables}" if self.write_figure else "values"
        label = gettext("Table %(number)d") % {"number": self._tables} if self.write_figure else self._values
        return (
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(label)}" data-table="{name}">'
            + _tag("table", attrs)
        )

    def _close_table(self) -> str:
        # Of a table inside another one: what follows belongs to cells of the outer one.
        self._in_data = True
        start, name = self._open.pop()
        self._out[start:] = [footnotes.linked("".join(self._out[start:]), name)]
        return "</table></div>"

    def _open_caption(self, _attrs: Mapping[str, str | None]) -> str:
        if not self.write_figure:
            return "<caption>"
        label = gettext("Table %(number)d") % {"number": self._tables}
        return f'<caption><span class="label">{escape(label)}.</span> '

    def _open_thead(self, _attrs: Mapping[str, str | None]) -> str:
        self._in_head = True
        return "<thead>"

    def _close_thead(self) -> str:
        self._in_head, self._in_data = False, True
        return "</thead>"

    def _open_tfoot(self, _attrs: Mapping[str, str | None]) -> str:
        self._in_foot = True
        return "<tfoot>"

    def _close_tfoot(self) -> str:
        self._in_foot = False
        return "</tfoot>"

    def _open_tr(self, attrs: Mapping[str, str | None]) -> str:
        self._row = []
        return _tag("tr", attrs)

    def _close_tr(self) -> str:
        # Header cells alone, above all data, name columns even where nobody wrote a <thead>.
        for place in () if self._in_data else self._row:
            self._out[place] = self._out[place].replace('scope="row"', 'scope="col"')
        return "</tr>"

    def _open_td(self, attrs: Mapping[str, str | None]) -> str:
        self._in_data = True
        self._open.append((len(self._out), ""))
        return _tag("td", attrs)

    def _close_td(self) -> str:
        start, _ = self._open.pop()
        words = unescape("".join(part for part in self._out[start:] if not part.startswith("<"))).strip()
        if self._in_foot and "colspan" in self._out[start]:
            # As wide as the screen, however wide the table: style needs a box for that.
            self._out[start] += '<div class="table-note">'
            return "</div></td>"
        if 0 < len(words) <= SHORT:
            self._out[start] = self._out[start].replace("<td", '<td class="short"', 1)
        return "</td>"

    def _open_th(self, attrs: Mapping[str, str | None]) -> str:
        if attrs.get("scope"):
            return _tag("th", attrs)
        self._row.append(len(self._out))
        return _tag("th", {**attrs, "scope": "col" if self._in_head else "row"})

    def _open_a(self, attrs: Mapping[str, str | None]) -> str:
        href = attrs.get("href") or ""
        # Where it leads stays in the data; the page routes it through the leaving notice as it is served.
        outside = href.startswith(("https://", "http://"))
        return _tag("a", {"class": "external", "href": href} if outside else attrs)


def _span(span: numbering.Span) -> str:
    ends = [span.first] if span.first == span.last else [span.first, span.last]
    label = gettext("Reference")
    return "-".join(f'<a href="#ref-{number}" aria-label="{label} {number}">{number}</a>' for number in ends)


def _tag(tag: str, attributes: Mapping[str, str | None]) -> str:
    written = "".join(f' {name}="{escape(value or "")}"' for name, value in attributes.items())
    return f"<{tag}{written}>"
