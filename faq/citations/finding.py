"""Finds the empty markers in sanitised HTML. Pure.

Markers: <cite data-ref="KEY">, <figure data-figure="KEY"> and <span data-xref="KEY">, whose content is ignored, and
<cite data-source="company">, which says that a statement rests on data of the company and on no publication.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

KINDS = {"cite": "data-ref", "figure": "data-figure", "span": "data-xref"}
Attributes = list[tuple[str, str | None]]


def find(markup: str) -> Iterator[tuple[str, str]]:
    """The markers of `markup` in order, as (kind, key) with kind "ref", "figure" or "xref"."""
    if "data-" not in markup:
        return
    finder = _Finder(convert_charrefs=False)
    finder.feed(markup)
    finder.close()
    yield from finder.found


def is_company_data(tag: str, attributes: Attributes) -> bool:
    """Whether a start tag is the marker of company data, whatever else it holds."""
    return tag == "cite" and dict(attributes).get("data-source") == "company"


def marker(tag: str, attributes: Attributes) -> tuple[str, str] | None:
    """What a start tag marks, as `find` gives it; None where it marks nothing that has a key."""
    if is_company_data(tag, attributes):
        return None
    name = KINDS.get(tag)
    key = dict(attributes).get(name or "")
    return (name.removeprefix("data-"), key) if name and key else None


class _Finder(HTMLParser):
    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        found = marker(tag, attrs)
        if found:
            self.found.append(found)
