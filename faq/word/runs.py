"""Walks through the inside of a paragraph and makes pieces of it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from faq.word import fields, symbols, xml
from faq.word.fields import Field
from faq.word.names import COMPANY, LABEL
from faq.word.pictures import Pictures
from faq.word.pieces import Piece, plain
from faq.word.references import Entry
from faq.word.report import Report
from faq.word.styles import Emphasis, Styles, emphasis, over

_HELD = {"w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:sdtContent", "mc:Choice", "mc:Fallback"}
_GONE = {"w:del", "w:moveFrom"}
_LOOKS = {
    "w:highlight": "highlighted",
    "w:strike": "struck through",
    "w:dstrike": "struck through",
    "w:u": "underlined",
}
_BREAKS = {"w:br", "w:cr"}
_CITING = {"ADDIN ZOTERO_ITEM", "ADDIN CSL_CITATION"}
_CONTENTS = {"TOC", "INDEX", "TOA"}
_FOLLOWED = ("http://", "https://", "mailto:")


@dataclass
class Changes:
    """What is counted over the whole file and told once."""

    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    looks: dict[str, list[str]] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)


class Runs:
    """Reads one paragraph after another; a field may begin in one and end in the next."""

    def __init__(self, styles: Styles, pictures: Pictures, report: Report, links: dict[str, str]) -> None:
        self.styles, self.pictures, self.report, self.links = styles, pictures, report, links
        self.changes = Changes()
        self.notes: dict[tuple[str, str], str] = {}
        self.order: list[tuple[str, str]] = []
        self.seen: set[int] = set()
        self.boxes: list[Element] = []
        self.bookmarks: list[str] = []
        self.commented: dict[str, str] = {}
        self._open: list[Field] = []
        self._out: list[Piece] = []
        self._href = self._anchor = ""
        self._inserted = False
        self._comments: set[str] = set()
        self._readers: dict[str, Callable[[Element, Emphasis], None]] = {
            "w:t": self._text,
            "w:tab": lambda _, look: self._add(" ", look),
            "w:noBreakHyphen": lambda _, look: self._add("\u2011", look),
            "w:sym": self._symbol,
            "w:fldChar": self._field_char,
            "w:instrText": self._instruction,
            "w:drawing": self._drawing,
            "w:pict": self._drawing,
            "w:object": self._object,
            "w:footnoteReference": self._note,
            "w:endnoteReference": self._note,
            "mc:AlternateContent": self._alternate,
        }

    def paragraph(self, element: Element) -> list[Piece]:
        """The pieces of one paragraph (w:p), and in `bookmarks` the names that lead to it."""
        self._out, self.bookmarks = [], []
        for open_field in self._open:
            open_field.start = 0
        self._children(element)
        return self._out

    def _children(self, parent: Element) -> None:
        for element in parent:
            self._inline(element)

    def _inline(self, element: Element) -> None:
        tag = element.tag
        if tag == "w:r":
            self._run(element)
        elif tag in _GONE:
            self._deleted(element)
        elif tag == "w:hyperlink":
            self._hyperlink(element)
        elif tag == "w:fldSimple":
            self._simple_field(element)
        elif tag == "w:sdt":
            self._control(element)
        elif tag in {"m:oMath", "m:oMathPara"}:
            self._equation(element)
        elif tag == "mc:AlternateContent":
            self._alternate(element, Emphasis())
        elif tag in _HELD:
            before, self._inserted = self._inserted, self._inserted or tag in {"w:ins", "w:moveTo"}
            self._children(element)
            self._inserted = before
        elif tag == "w:bookmarkStart":
            self.bookmarks.append(element.get("w:name", ""))
        elif tag in {"w:commentRangeStart", "w:commentRangeEnd"}:
            change = self._comments.add if tag.endswith("Start") else self._comments.discard
            change(element.get("w:id", ""))

    def _run(self, run: Element) -> None:
        properties = xml.child(run, "w:rPr")
        style = xml.value(properties, "w:rStyle") or ""
        own, named = emphasis(properties), self.styles.emphasis(style)
        look = over(own, named)
        start = len(self._out)
        for element in run:
            if element.tag in _BREAKS:
                if element.get("w:type") not in {"page", "column"}:
                    self._out.append(Piece(kind="break"))
            elif element.tag in self._readers:
                self._readers[element.tag](element, look)
        said = plain(self._out[start:])
        kind = {LABEL: "label", COMPANY: "company"}.get(self.styles.name(style))
        if kind:
            self._out[start:] = [replace(piece, kind=kind) for piece in self._out[start:]]
        if look.hidden:
            del self._out[start:]
            self.report.lost("Hidden text", said)
            return
        self._observe(properties, style, said)

    def _observe(self, properties: Element | None, style: str, said: str) -> None:
        if not said.strip():
            return
        if self._inserted:
            self.changes.inserted.append(said)
        for comment in self._comments:
            self.commented[comment] = self.commented.get(comment, "") + said
        for part in properties if properties is not None else ():
            on = part.tag in _LOOKS and part.get("w:val") not in {"none", "false", "0"}
            if on and not (self._href or self._anchor or style.lower().startswith("hyperlink")):
                self.changes.looks.setdefault(_LOOKS[part.tag], []).append(said)

    def _add(self, text: str, look: Emphasis) -> None:
        if self._open and not self._open[-1].shows:
            return
        shown, unknown = symbols.text(text, look.font or "")
        if unknown:
            codes = ", ".join(f"U+{ord(char):04X}" for char in unknown)
            self.report.lost(
                f"A sign of the typeface {look.font or 'in use'} that no other typeface has ({codes})", shown
            )
        if any(field.kind in _CONTENTS for field in self._open):
            self._out.append(Piece(shown, kind="label"))
            return
        self._out.append(Piece(shown, bool(look.bold), bool(look.italic), look.shift or "", self._href, self._anchor))

    def _text(self, element: Element, look: Emphasis) -> None:
        self.seen.add(id(element))
        self._add(element.text or "", look)

    def _symbol(self, element: Element, look: Emphasis) -> None:
        font, code = element.get("w:font", ""), element.get("w:char", "")
        try:
            known = symbols.character(int(code, 16), font)
        except ValueError:
            known = None
        if known is None:
            self.report.lost(f"A sign of the typeface {font} (code {code})", plain(self._out)[-60:])
        self._add(known or "�", look._replace(font=None))

    def _deleted(self, element: Element) -> None:
        for part in element.iter():
            self.seen.add(id(part))
        words = "".join(xml.texts(element, "w:delText", "w:t"))
        if words.strip():
            self.changes.deleted.append(words)

    def _hyperlink(self, element: Element) -> None:
        before = self._href, self._anchor
        anchor = element.get("w:anchor", "")
        address = self.links.get(element.get("r:id", ""), "")
        self._href, self._anchor = (f"{address}#{anchor}" if address and anchor else address), "" if address else anchor
        if address and not address.startswith(_FOLLOWED):
            self._href = ""
            self.changes.linked.append(address)
        self._children(element)
        self._href, self._anchor = before

    def _simple_field(self, element: Element) -> None:
        self._open.append(Field(element.get("w:instr", ""), True, len(self._out)))
        self._children(element)
        self._close()

    def _field_char(self, element: Element, _look: Emphasis) -> None:
        kind = element.get("w:fldCharType")
        if kind == "begin":
            data = xml.child(element, "w:fldData")
            self._open.append(Field(start=len(self._out), data="" if data is None else fields.endnote_data(data)))
        elif kind == "separate" and self._open:
            self._open[-1].shows, self._open[-1].start = True, len(self._out)
        elif kind == "end" and self._open:
            self._close()

    def _instruction(self, element: Element, _look: Emphasis) -> None:
        if self._open and not self._open[-1].shows:
            self._open[-1].instruction += element.text or ""

    def _close(self) -> None:
        done = self._open.pop()
        result = self._out[done.start :]
        if done.kind == "HYPERLINK":
            anchor, address = fields.switch(done.instruction, "l"), fields.argument(done.instruction)
            if address.startswith(_FOLLOWED):
                self._out[done.start :] = [replace(piece, href=address) for piece in result]
            elif anchor:
                self._out[done.start :] = [replace(piece, anchor=anchor) for piece in result]
        elif done.kind in {"REF", "PAGEREF", "NOTEREF"}:
            anchor = fields.argument(done.instruction)
            self._out[done.start :] = [replace(piece, anchor=anchor) for piece in result]
        elif done.kind == "SYMBOL":
            self._field_symbol(done)
        elif done.kind.startswith("ADDIN"):
            self._sources(fields.cited(done), done.start, is_field=done.kind in _CITING)

    def _field_symbol(self, done: Field) -> None:
        font = fields.switch(done.instruction, "f")
        known = symbols.character(xml.number(fields.argument(done.instruction), 0), font)
        self._out[done.start :] = [Piece(known)] if known else self._out[done.start :]
        if not known:
            self.report.lost(f"A sign that Word draws by a field ({done.instruction.strip()})")

    def _sources(self, entries: list[Entry] | None, start: int, *, is_field: bool = True) -> None:
        result = self._out[start:]
        shown = plain(result)
        if entries and shown.strip():
            shift = next((piece.shift for piece in result if piece.shift), "")
            self._out[start:] = [Piece(shown, shift=shift, kind="sources", held=tuple(entries))]
        elif is_field:
            self.report.look("A citation whose data in the file are damaged arrived as text", shown)

    def _control(self, element: Element) -> None:
        start = len(self._out)
        content = xml.child(element, "w:sdtContent")
        if content is not None:
            self._children(content)
        entries = fields.of_tag(xml.value(element, "w:sdtPr/w:tag") or "")
        if entries:
            self._sources(entries, start)

    def _note(self, element: Element, _look: Emphasis) -> None:
        key = (element.tag, element.get("w:id", ""))
        if key in self.notes:
            if key not in self.order:
                self.order.append(key)
            kind = [other for other in self.order if other[0] == key[0]]
            entry = Entry(self.notes[key])
            mark = str(kind.index(key) + 1)
            self._out.append(Piece(mark, shift="sup", kind="sources", held=(entry,)))

    def _equation(self, element: Element) -> None:
        words = "".join(xml.texts(element, "m:t", "w:t"))
        self._out.append(Piece("[Equation not carried over]", kind="mark"))
        self.report.lost("An equation: write it in words or as a picture", words)
        self.seen.update(id(part) for part in element.iter())

    def _alternate(self, element: Element, look: Emphasis) -> None:
        """Takes what the newest Word shows; the same for older ones stands beside it."""
        choices = [part for part in element if part.tag == "mc:Choice"] or list(element)
        for part in element:
            if part is not choices[0]:
                self.seen.update(id(inner) for inner in part.iter())
        for part in choices[0] if choices else ():
            reader = self._readers.get(part.tag)
            if reader:
                reader(part, look)
            else:
                self._inline(part)

    def _drawing(self, element: Element, _look: Emphasis) -> None:
        for box in (part for part in element.iter("w:txbxContent") if id(part) not in self.seen):
            self.boxes.append(box)
            self.seen.update(id(part) for part in box.iter())
        self._out.extend(Piece(kind="picture", held=picture) for picture in self.pictures.of(element))
        if self.pictures.marks:
            self._out.extend(Piece(mark, kind="mark") for mark in self.pictures.marks)
            self.pictures.marks.clear()

    def _object(self, element: Element, _look: Emphasis) -> None:
        program = next((part.get("ProgID", "") for part in element.iter("o:OLEObject")), "")
        self.report.lost(f"An embedded object ({program or 'unknown'}): insert it as a picture or a table")
        self._out.append(Piece("[Embedded object not carried over]", kind="mark"))
