"""Whether what the text marks is there: references, figures, and places that it leads to."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q
from django.urls import Resolver404, resolve

from faq import rendering
from faq.models import FaqVersion
from portal.lib.html import sanitise, sanitise_line

_ANCHOR = re.compile(r'<a href="#([^"]*)"')
_OWN = re.compile(r'<a href="(/[^"#?]*)')
_ID = re.compile(r'\bid="([^"]+)"')
_TAG = re.compile(r"<([a-z][a-z0-9]*)", re.IGNORECASE)
# Places on the page of an answer that do not depend on its wording.
_ON_PAGE = {"references", "resources", "main"}


class Answer(NamedTuple):
    """An answer as an address names it: in which market, `by` which field of its question, and what stands there."""

    market: str
    by: str
    value: str


def dead_references(wording: rendering.Wording) -> list[str]:
    """The citations that name nothing in the library."""
    keys = dict.fromkeys(rendering.marked(wording).references)
    found = [f"No reference has the key {key!r}." for key in keys if key not in wording.references]
    if any("<cite></cite>" in markup for markup in _markups(wording)):
        found.append("A citation names no reference.")
    return found


def misplaced_figures(wording: rendering.Wording) -> list[str]:
    """The figures that the text shows never, twice, or without having them."""
    placed = rendering.marked(wording).figures
    known = wording.figures
    found = [f"No figure has the key {key!r}." for key in dict.fromkeys(placed) if key not in known]
    found += [f"Figure {key!r} is placed twice." for key in sorted(set(placed)) if placed.count(key) > 1]
    found += [f"Figure {key!r} is never placed in the text." for key in known if key not in placed]
    if any("<figure></figure>" in markup for markup in _markups(wording)):
        found.append("The text has a place for a figure, but does not say which.")
    return found


def dead_cross_references(wording: rendering.Wording) -> list[str]:
    """The figures that the text refers to and does not show, and the links to places that the page does not have."""
    keys = rendering.marked(wording)
    found = [
        f"The text refers to a figure {key!r} that it does not show."
        for key in dict.fromkeys(keys.cross_references)
        if key not in keys.figures
    ]
    led = [place for markup in _markups(wording) for place in _ANCHOR.findall(markup)]
    if led and not found and not dead_references(wording) and not misplaced_figures(wording):
        rendered = rendering.render(wording)
        there = _ON_PAGE | set(_ID.findall(rendered.short_answer + rendered.body + rendered.references))
        found += [f"A link leads to #{place}, which this page does not have." for place in led if place not in there]
    return found


def dead_links(wording: rendering.Wording) -> list[str]:
    """The links to answers of this site that nobody can read today."""
    led = dict.fromkeys(path for markup in _markups(wording) for path in _OWN.findall(markup))
    asked = {path: answer for path in led if (answer := _answer_at(path))}
    published = _published(asked.values())
    return [
        f"A link leads to {path}, where no answer is published today."
        for path, answer in asked.items()
        if answer not in published
    ]


def unknown_tags(wording: rendering.Wording) -> list[str]:
    """What the stored markup holds that the allow-list takes away when it is shown."""
    version = wording.version
    texts = [("short answer", version.short_answer, sanitise_line), ("body", version.body, sanitise)]
    texts += [(f"table of figure {key!r}", figure.values_table, sanitise) for key, figure in wording.figures.items()]
    found = []
    for place, stored, clean in texts:
        shown = clean(stored)
        if shown != stored.strip():
            gone = sorted(set(_TAG.findall(stored)) - set(_TAG.findall(shown)))
            what = ", ".join(f"<{tag}>" for tag in gone) or "markup"
            found.append(f"The {place} holds {what} that visitors do not get.")
    return found


def _answer_at(path: str) -> Answer | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    where = {"answer": "number", "permanent": "content_id"}.get(match.url_name or "")
    return Answer(match.kwargs["market"], where, str(match.kwargs[where])) if where else None


def _published(asked: Iterable[Answer]) -> set[Answer]:
    """Those of the answers `asked` for that visitors can read, in one query."""
    wanted = [Q(faq__market__code=answer.market, **{f"faq__{answer.by}": answer.value}) for answer in asked]
    if not wanted:
        return set()
    found = FaqVersion.objects.published().filter(reduce(or_, wanted)).order_by()
    rows = found.values_list("faq__market__code", "faq__number", "faq__content_id")
    by_number = {Answer(market, "number", str(number)) for market, number, _ in rows}
    return by_number | {Answer(market, "content_id", content_id) for market, _, content_id in rows}


def _markups(wording: rendering.Wording) -> list[str]:
    return [
        wording.version.short_answer,
        wording.version.body,
        *(figure.values_table for figure in wording.figures.values()),
    ]
