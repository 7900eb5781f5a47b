"""What the sections of a stored body claim, and whether they name a source for it. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html import escape

from faq.checklist.sentences import MARK
from faq.citations.finding import is_company_data
from faq.documents.markup import Element, parse
from portal.lib.html import text

_LEVELS = {"h2": 2, "h3": 3, "h4": 3}
# What may hold a statement of its own.
_BLOCKS = {"p", "li", "td", "th", "caption", "blockquote", "ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "div"}
_LETTER = re.compile(r"[^\W\d_]")
# So many words beside a link say what it is: "(poster)", "published in 2024".
_ASIDE = 6


@dataclass
class Section:
    """A stretch of the body below one heading, without those below it; the first has no title."""

    title: str
    level: int
    claims: bool = False
    is_sourced: bool = False
    parts: list["Section"] = field(default_factory=list)

    @property
    def is_uncited(self) -> bool:
        """Whether it, taken with its subsections, claims something and names no source."""
        every = [self, *self.parts]
        return any(part.claims for part in every) and not any(part.is_sourced for part in every)


def sections(markup: str, sourced_figures: Collection[str]) -> list[Section]:
    """The main sections of `markup` with their subsections; `sourced_figures` are the keys of those with a source."""
    found = [Section("", 2)]
    for element in _read(parse(markup)):
        current = found[-1].parts[-1] if found[-1].parts else found[-1]
        if isinstance(element, Element) and element.tag in _LEVELS:
            title = " ".join(element.text().split())
            current = Section(title, _LEVELS[element.tag], is_sourced=_has_source(element, sourced_figures))
            (found if current.level == 2 else found[-1].parts).append(current)
            continue
        current.claims = current.claims or _claims(element)
        current.is_sourced = current.is_sourced or _has_source(element, sourced_figures)
    return found


def marked_text(markup: str) -> str:
    """The words of a short answer, with MARK where a source is named and a line for each paragraph."""
    return _marked(parse(markup))


def _marked(element: Element) -> str:
    words = []
    for child in element.children:
        if isinstance(child, str):
            # A mark that somebody typed names no source.
            words.append(child.replace("\n", " ").replace(MARK, ""))
        elif child.tag == "cite":
            words.append(MARK if _is_source(child, ()) else "")
        elif child.tag == "br":
            words.append(" ")
        elif child.tag in {"sup", "sub"} and not child.elements():
            words.append(text(f"<{child.tag}>{escape(child.text())}</{child.tag}>"))
        else:
            words.append(f"{_marked(child)}\n" if child.tag == "p" else _marked(child))
    return "".join(words)


def _read(root: Element) -> Iterator[Element | str]:
    """Headings and what holds a statement, in reading order, however they are nested."""
    for child in root.children:
        if isinstance(child, str) or child.tag in _LEVELS or not any(child.find(*_LEVELS, *_BLOCKS)):
            yield child
        else:
            yield from _read(child)


def _has_source(element: Element | str, sourced_figures: Collection[str]) -> bool:
    if isinstance(element, str):
        return False
    marks = [element, *element.find("cite", "figure")]
    return any(_is_source(mark, sourced_figures) for mark in marks)


def _is_source(element: Element, sourced_figures: Collection[str]) -> bool:
    if element.tag == "cite":
        return bool(element.attributes.get("data-ref")) or is_company_data(
            element.tag, list(element.attributes.items())
        )
    return element.tag == "figure" and element.attributes.get("data-figure") in sourced_figures


def _claims(element: Element | str) -> bool:
    """Whether it says something; not where it leads to a list, or is a link with a few words that say what it is."""
    linked = isinstance(element, Element) and (element.tag == "a" or any(element.find("a")))
    own = " ".join((element if isinstance(element, str) else _beside_links(element)).split())
    if not _LETTER.search(own) or own.endswith(":"):
        return False
    return not (linked and len(own.split()) <= _ASIDE)


def _beside_links(element: Element) -> str:
    kept = [child for child in element.children if isinstance(child, str) or child.tag not in {"a", "cite", "figure"}]
    own = "".join(child if isinstance(child, str) else _beside_links(child) for child in kept)
    return "" if element.tag == "a" else own
