"""Inline HTML as runs of WordprocessingML. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape, quoteattr

from faq.citations import numbering
from faq.documents.markup import Element, parse
from faq.word.writing.manuscript import Words

_SPACE = re.compile(r"[ \t\r\n\f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic"}
_LINKED = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True)
class Run:
    """Some text that looks the same throughout; `to` is an address, `at` a bookmark in the file."""

    text: str
    bold: bool = False
    italic: bool = False
    shift: str = ""
    to: str = ""
    at: str = ""
    style: str = ""
    is_break: bool = False


@dataclass
class Links:
    """The addresses outside that a file leads to, each once, under the id by which runs name it."""

    targets: dict[str, str] = field(default_factory=dict)

    def id_of(self, address: str) -> str:
        return self.targets.setdefault(address, f"rIdLink{len(self.targets) + 1}")


class Inline:
    """Makes runs of inline HTML; `numbers` are those of references, `places` those of figures, by their keys."""

    def __init__(self, numbers: Mapping[str, int], places: Mapping[str, int], words: Words, base: str) -> None:
        self.numbers, self.places, self.words, self.base = numbers, places, words, base

    def runs(self, children: Iterable[Element | str]) -> list[Run]:
        """The runs of `children`, spaces collapsed as browsers do."""
        return _collapsed(self._grouped(children, Run("")))

    def html(self, markup: str) -> list[Run]:
        """The runs of a line of HTML."""
        return self.runs(parse(markup).children)

    def cites(self, numbers: Iterable[int]) -> list[Run]:
        """Raised numbers, each of which leads to its entry: 1,3-5."""
        found: list[Run] = []
        for span in numbering.collapse(numbers):
            if found:
                found.append(Run(",", shift="sup"))
            ends = [span.first] if span.first == span.last else [span.first, span.last]
            for place, number in enumerate(ends):
                found += [Run("-", shift="sup")] * bool(place)
                found.append(Run(str(number), shift="sup", at=f"ref_{number}"))
        return found

    def _grouped(self, children: Iterable[Element | str], look: Run) -> list[Run]:
        found: list[Run] = []
        cited: list[int] = []
        gap = ""
        for child in children:
            if isinstance(child, Element) and child.attributes.get("data-source") == "company":
                found += [*self.cites(cited), Run(f" {self.words.company}", style="CompanyData")]
                cited, gap = [], ""
            elif isinstance(child, Element) and child.tag == "cite":
                number = self.numbers.get(child.attributes.get("data-ref", ""))
                cited += [number] if number else []
                gap = ""
            elif cited and isinstance(child, str) and not child.strip():
                # Dropped if another citation follows, for then the two are one group.
                gap = child
            else:
                found += [*self.cites(cited), replace(look, text=gap)]
                cited, gap = [], ""
                found += [replace(look, text=child)] if isinstance(child, str) else self._element(child, look)
        return [*found, *self.cites(cited), replace(look, text=gap)]

    def _element(self, element: Element, look: Run) -> list[Run]:
        if element.tag == "br":
            return [replace(look, is_break=True)]
        if element.tag == "span" and (key := element.attributes.get("data-xref")):
            place = self.places.get(key)
            words = self.words.xref.replace("{number}", str(place))
            return [replace(look, text=words, at=f"figure_{place}")] if place else []
        if element.tag in _LOOKS:
            is_bold = _LOOKS[element.tag] == "bold"
            look = replace(look, bold=look.bold or is_bold, italic=look.italic or not is_bold)
        elif element.tag in {"sup", "sub"}:
            look = replace(look, shift=element.tag)
        elif element.tag == "a":
            address = element.attributes.get("href", "")
            address = f"{self.base}{address}" if address.startswith("/") and self.base else address
            look = replace(look, to=address if address.startswith(_LINKED) else "")
        return self._grouped(element.children, look)


def _collapsed(runs: Iterable[Run]) -> list[Run]:
    kept: list[Run] = []
    after_space = True
    for run in runs:
        if run.is_break:
            _trim_end(kept)
            kept.append(run)
            after_space = True
            continue
        text = _SPACE.sub(" ", run.text)
        text = text.lstrip(" ") if after_space else text
        if text:
            kept.append(replace(run, text=text))
            after_space = text.endswith(" ")
    _trim_end(kept)
    return kept


def _trim_end(runs: list[Run]) -> None:
    while runs and not runs[-1].is_break:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
        if runs[-1].text:
            return
        runs.pop()


def written(runs: Sequence[Run], links: Links) -> str:
    """`runs` as XML."""
    return "".join(_linked(run, links) for run in runs)


def label(text: str) -> str:
    """Words that the portal writes by itself, such as "Table 1.", in the style by which they are known again."""
    return f'<w:r><w:rPr><w:rStyle w:val="AnswerLabel"/></w:rPr>{_text(text)}</w:r>'


def counted(before: str, kind: str, number: int) -> str:
    """The label of a caption, whose number is a field that Word counts itself."""
    first, _, after = before.partition("{number}")
    instruction = f'<w:r><w:instrText xml:space="preserve"> SEQ {kind} \\* ARABIC </w:instrText></w:r>'
    # In its long form, for some readers drop the text of the short one (w:fldSimple).
    field_of = f"{_char('begin')}{instruction}{_char('separate')}{label(str(number))}{_char('end')}"
    return f"{label(first)}{field_of}{label(after)}"


def _char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _linked(run: Run, links: Links) -> str:
    if run.to:
        inside = _run(replace(run, style="Hyperlink"))
        return f'<w:hyperlink r:id="{links.id_of(run.to)}" w:history="1">{inside}</w:hyperlink>'
    if run.at:
        return f'<w:hyperlink w:anchor="{run.at}" w:history="1">{_run(run)}</w:hyperlink>'
    return _run(run)


def _run(run: Run) -> str:
    looks = f'<w:rStyle w:val="{run.style}"/>' if run.style else ""
    looks += "<w:b/>" * run.bold + "<w:i/>" * run.italic
    if run.shift:
        looks += f'<w:vertAlign w:val="{"superscript" if run.shift == "sup" else "subscript"}"/>'
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f"<w:r>{properties}{'<w:br/>' if run.is_break else _text(run.text)}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{plain(text)}</w:t>'


def plain(text: str) -> str:
    """`text` as XML can hold it."""
    return escape(_CONTROL.sub("", text))


def attribute(text: str) -> str:
    """`text` as the value of an attribute, in its quotation marks."""
    return quoteattr(_CONTROL.sub("", text))
