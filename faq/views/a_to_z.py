"""The list of drugs from A to Z: each under its shown name, and under its other names a word that leads there."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from faq.models import Drug
from faq.models.drug import DrugQuerySet
from portal.lib.nearest import squeezed

# Up to here the list is read at a glance; longer ones get a heading and a link for each letter.
GLANCE = 24


class Line(NamedTuple):
    """A line of the list before its drug is fetched; `drug` is that one's key."""

    name: str
    drug: int
    is_other: bool


class Entry(NamedTuple):
    """One line of the list; where `is_other` the drug is shown under another name than this."""

    name: str
    drug: Drug
    is_other: bool


def lines(drugs: DrugQuerySet, letter: str = "") -> list[Line]:
    """The lines of the list in their order, those that begin with `letter` if one is given.

    Of names alone: a letter may have thousands of lines, of which a page shows few.
    """
    named: Any = drugs.order_by().with_other_names()
    rows = named.values_list("pk", "name", "generic_name", "other_names")
    found = [line for pk, name, generic, others in rows for line in _lines(pk, name, [generic, *others])]
    chosen = [line for line in found if not letter or line.name[:1].casefold() == letter.casefold()]
    return sorted(chosen, key=lambda line: (_order(line.name), line.is_other, line.drug))


def entries(shown: Iterable[Line], drugs: DrugQuerySet) -> list[Entry]:
    """The lines with what a page says of their drugs, which are among `drugs`."""
    shown = list(shown)
    found = drugs.with_answers().select_related("market").in_bulk({line.drug for line in shown})
    return [Entry(line.name, found[line.drug], line.is_other) for line in shown if line.drug in found]


def by_letter(found: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """The lines under their letters, or all under none where they are few."""
    if len(found) <= GLANCE:
        return [("", found)]
    return [(letter, list(under)) for letter, under in groupby(found, key=lambda line: _order(line.name)[:1].upper())]


def _lines(drug: int, shown: str, others: list[str]) -> list[Line]:
    """The shown name, and each other name that says something else."""
    said = {squeezed(shown): Line(shown, drug, is_other=False)}
    for name in filter(None, others):
        said.setdefault(squeezed(name), Line(name, drug, is_other=True))
    return list(said.values())


def _order(name: str) -> str:
    """A name as lists sort it: an Ä stands with the A."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
