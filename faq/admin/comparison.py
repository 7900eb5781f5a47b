"""Two versions of a question as a page lays them beside each other."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from faq import previewing
from faq.comparing import contents
from faq.comparing.contents import Comparison, Content, Drawing, Item, Source
from faq.comparing.tokens import Token
from faq.comparing.wording import Piece, Row
from faq.documents import inlines, tree
from faq.models import FaqVersion
from portal.lib.html import sanitise, sanitise_line, text

# As many blocks in a row that did not change are folded up.
FOLDED = 3
SIGNS = {
    "same": ("", ""),
    "restyled": ("~", "Emphasis changed"),
    "changed": ("±", "Changed"),
    "added": ("+", "Added"),
    "removed": ("−", "Removed"),
    "left": ("↷", "Moved away from here"),
    "arrived": ("↶", "Moved here"),
}


class Line(NamedTuple):
    """One row of a comparison in HTML: both sides, and both in one for narrow screens."""

    kind: str
    sign: str
    label: str
    block: str
    old: SafeString
    new: SafeString
    unified: SafeString


class Group(NamedTuple):
    """Lines that are shown, or folded up under a `summary`: nothing changed in them, or they stand elsewhere now."""

    kind: str
    lines: list[Line]
    summary: str = ""


class Side(NamedTuple):
    """What the keys in one version's text stand for."""

    numbers: Mapping[str, int]
    figures: Mapping[str, str]


class PartLines(NamedTuple):
    """A figure, reference or resource, the lines of what changed in it under their labels, and pictures to see."""

    part: contents.Part
    sign: str
    label: str
    details: list[tuple[str, list[Group]]]
    pictures: list[tuple[str, str]]


class Compared(NamedTuple):
    """The versions, what is different, and the words and parts of both as a page shows them, under their titles."""

    old: FaqVersion
    new: FaqVersion
    result: Comparison
    texts: list[tuple[str, list[Group]]]
    parts: list[tuple[str, list[PartLines]]]

    @property
    def summary(self) -> list[tuple[str, int]]:
        """The parts in which something changed, with how often."""
        return [(name, count) for name, count in self.result.changes.items() if count]


def compared(old: FaqVersion, new: FaqVersion, shown: previewing.Shown | None = None) -> Compared:
    """What is different in `new` from `old`; both come with their parts, `shown` where `new` was rendered before."""
    before, after = content(old), content(new, shown)
    result = contents.compare(before, after)
    writer = _Writer(_side(before), _side(after))
    texts = [
        ("Question", [result.question]),
        ("Short answer", result.short_answer),
        ("Body", result.body),
        ("What changed, for readers of the version before", [result.what_changed]),
    ]
    parts = [
        ("Figures", result.drawings),
        ("References", result.sources),
        ("Related resources", result.items),
    ]
    return Compared(
        old,
        new,
        result,
        [(title, writer.groups(rows)) for title, rows in texts],
        [(title, [writer.part(part) for part in found]) for title, found in parts if found],
    )


def content(version: FaqVersion, shown: previewing.Shown | None = None) -> Content:
    """All of one version, as visitors get it; `version` comes with its parts, `shown` where it was rendered before."""
    rendered, cited = shown or previewing.shown(version)
    told = {int(entry["number"]): entry["text"] for entry in tree.entries(rendered.rendered_references, "")}
    return Content(
        question=version.question,
        short_answer=sanitise_line(version.short_answer),
        body=sanitise(version.body),
        what_changed=version.what_changed,
        sources=[
            Source(reference.key, number, inlines.words(told.get(number, [])).strip())
            for number, reference in enumerate(cited, start=1)
        ],
        drawings=[_drawing(figure) for figure in version.figures.all()],
        items=[Item(row.title, row.get_kind_display(), row.url, row.note) for row in version.resources.all()],
        facts=facts(version),
    )


def _drawing(figure: Any) -> Drawing:
    keys = tuple(link.reference.key for link in figure.figuresource_set.all())
    words = figure.description, figure.abbreviations, figure.note, sanitise(figure.values_table)
    return Drawing(figure.key, figure.title, figure.image.get_absolute_url(), *words, keys)


def facts(version: FaqVersion) -> list[tuple[str, str]]:
    """The dates of `version` and who stands behind them, in words for staff."""
    approver = str(version.approver or version.imported_from or "")
    return [
        ("Last review", _day(version.last_reviewed)),
        ("Next review", _day(version.next_review)),
        ("Approved", " by ".join(filter(None, (moment(version.approved_at), approver if version.approved_at else "")))),
        ("Published", moment(version.published_at)),
        ("Superseded", moment(version.superseded_at)),
        ("Withdrawn", moment(version.withdrawn_at)),
        ("Label status", version.faq.get_label_status_display()),
    ]


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def moment(when: datetime | None) -> str:
    """A time of the clock that runs where the page is read."""
    return date_format(timezone.localtime(when), "DATETIME_FORMAT") if when else ""


def _side(content: Content) -> Side:
    numbers = {source.key: source.number for source in content.sources}
    return Side(numbers, {drawing.key: drawing.title for drawing in content.drawings})


def _groups(lines: Iterable[Line]) -> list[Group]:
    """`lines` with long runs folded up in which nothing changed, and with all that moved away."""
    found = [Group(kind, list(run)) for kind, run in groupby(lines, _fold)]
    return [group._replace(summary=_summary(group)) for group in found]


def _fold(line: Line) -> str:
    return line.kind if line.kind in {"same", "left"} else ""


def _summary(group: Group) -> str:
    count = len(group.lines)
    if group.kind == "left":
        blocks = "A paragraph, item or row" if count == 1 else f"{count} paragraphs, items or rows"
        return f"↷ {blocks} moved away from here, beginning: “{text(group.lines[0].old)[:60].strip()}”"
    return f"{count} paragraphs, items or rows that did not change" if group.kind and count >= FOLDED else ""


def _pictures(part: contents.Part) -> list[tuple[str, str]]:
    """The pictures of a figure that has another one now, to be seen beside each other."""
    if not (isinstance(part.old, Drawing) and isinstance(part.new, Drawing)) or part.old.image == part.new.image:
        return []
    return [("Before", part.old.image), ("Now", part.new.image)]


class _Writer:
    """Writes rows as HTML: what is marked with ins and del is also said in words and shown by more than colour."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new

    def groups(self, rows: Iterable[Row]) -> list[Group]:
        return _groups(self.line(row) for row in rows if row.block.tokens or row.is_change)

    def line(self, row: Row) -> Line:
        sign, label = SIGNS[row.kind]
        block = row.block.kind if row.block.kind != "heading" else f"heading-{row.block.level}"
        old = self._tokens(row.old.tokens, self.old) if row.old else SafeString("")
        new = self._tokens(row.new.tokens, self.new) if row.new and row.kind != "left" else SafeString("")
        unified = new or old
        if row.pieces:
            old = self._pieces(piece for piece in row.pieces if piece.kind != "added")
            new = self._pieces(piece for piece in row.pieces if piece.kind != "removed")
            unified = self._pieces(row.pieces)
        elif row.kind in {"added", "removed"}:
            unified = self._changed(row.kind, unified)
            old, new = (unified, new) if row.kind == "removed" else (old, unified)
        return Line(row.kind, sign, label, block, old, new, unified)

    def part(self, part: contents.Part) -> PartLines:
        details = [(label, self.groups(rows)) for label, rows in part.rows]
        return PartLines(part, *SIGNS[part.kind], details, _pictures(part))

    def _pieces(self, pieces: Iterable[Piece]) -> SafeString:
        written = []
        for piece in pieces:
            words = self._tokens(piece.tokens, self.old if piece.kind == "removed" else self.new)
            gap = " " if piece.tokens[0].spaced else ""
            written.append(gap + (words if piece.kind == "same" else self._changed(piece.kind, words)))
        return SafeString("".join(written).strip())

    def _changed(self, kind: str, words: SafeString) -> SafeString:
        tag, said = ("del", "removed:") if kind == "removed" else ("ins", "added:")
        end = SafeString('<span class="visually-hidden"> end of change </span>')
        start = format_html('<span class="visually-hidden"> {} </span>', said)
        return format_html("<{}>{}{}{}</{}>", SafeString(tag), start, words, end, SafeString(tag))

    def _tokens(self, tokens: Sequence[Token], side: Side) -> SafeString:
        written = []
        for place, token in enumerate(tokens):
            written.append((" " if token.spaced and place else "") + self._token(token, side))
        return SafeString("".join(written))

    def _token(self, token: Token, side: Side) -> str:
        if token.kind == "cite":
            number = side.numbers.get(token.text, "?")
            return format_html('<sup class="compare-cite" title="{}">[{}]</sup>', token.text, number)
        if token.kind in {"xref", "figure"}:
            return format_html('<span class="compare-figure">{}</span>', side.figures.get(token.text, token.text))
        if token.kind == "source":
            return format_html('<small class="compare-source">({} data)</small>', token.text)
        if token.kind == "cell":
            return '<span class="compare-cell" aria-hidden="true"> │ </span>'
        words = escape(token.text)
        for tag in (token.kind, *token.emphasis.split()):
            words = f"<{tag}>{words}</{tag}>" if tag else words  # type: ignore[assignment]
        return (
            format_html('<a href="{}" rel="noreferrer">{}</a>', token.link, SafeString(words)) if token.link else words
        )
