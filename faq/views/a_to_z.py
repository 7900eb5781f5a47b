"""The list of drugs from A to Z: each under its shown name, and under its other names a word that leads there."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from faq.models import Drug
from portal.lib.nearest import squeezed

# Up to here the list is read at a glance; longer ones get a heading and a link for each letter.
GLANCE = 24


class Entry(NamedTuple):
    """One line of the list; where `is_other` the drug is shown under another name than this."""

    name: str
    drug: Drug
    is_other: bool


def entries(drugs: Iterable[Drug], letter: str = "") -> list[Entry]:
    """The lines of the list, those that begin with `letter` if one is given; for drugs fetched `with_other_names()`."""
    lines = [line for drug in drugs for line in _lines(drug)]
    chosen = [line for line in lines if not letter or line.name[:1].casefold() == letter.casefold()]
    return sorted(chosen, key=lambda line: (_order(line.name), line.is_other))


def by_letter(lines: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """The lines under their letters, or all under none where they are few."""
    if len(lines) <= GLANCE:
        return [("", lines)]
    return [(letter, list(found)) for letter, found in groupby(lines, key=lambda line: _order(line.name)[:1].upper())]


def _lines(drug: Drug) -> list[Entry]:
    """The shown name, and each other name that says something else."""
    said = {squeezed(drug.name): Entry(drug.name, drug, is_other=False)}
    for name in filter(None, [drug.generic_name, *drug.other_names]):
        said.setdefault(squeezed(name), Entry(name, drug, is_other=True))
    return list(said.values())


def _order(name: str) -> str:
    """A name as lists sort it: an Ä stands with the A."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
