"""Reads a citation file of whichever kind it is."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from faq.citations.formats import bibtex, csljson, nbib, ris
from faq.citations.formats.entries import Entry, plain

# What is read in one go: a reference manager's whole folder, and no server's afternoon.
MOST_BYTES = 900_000
MOST_ENTRIES = 400


class Format(NamedTuple):
    """One kind of citation file, and how its first entry begins."""

    name: str
    begins: re.Pattern[str]
    read: Callable[[str], Iterator[Entry]]


FORMATS = (
    Format("CSL-JSON", csljson.BEGINS, csljson.read),
    Format("PubMed", nbib.BEGINS, nbib.read),
    Format("RIS", ris.BEGINS, ris.read),
    Format("BibTeX", bibtex.BEGINS, bibtex.read),
)


class Unreadable(ValueError):
    """A text that is no citation file, or too much of one."""


class Reading(NamedTuple):
    """What a citation file says."""

    format: str
    entries: list[Entry]


def recognised(text: str) -> Format | None:
    """The format whose first entry comes first in `text`."""
    found = [(match.start(), place) for place, one in enumerate(FORMATS) if (match := one.begins.search(text))]
    return FORMATS[min(found)[1]] if found else None


def read(text: str) -> Reading:
    """The entries of a citation file. Raises Unreadable."""
    text = plain(text)
    if len(text.encode()) > MOST_BYTES:
        raise Unreadable(f"The text is longer than what is read in one go, {MOST_BYTES // 1000} kB. Bring it in parts.")
    found = recognised(text)
    if found is None:
        raise Unreadable(
            "This is no RIS, PubMed (.nbib), BibTeX or CSL-JSON. Export the references from your reference manager or"
            " database in one of these formats."
        )
    entries = list(islice(found.read(text), MOST_ENTRIES + 1))
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(
            f"The text has more than {MOST_ENTRIES} entries, the most that are read in one go. Bring it in parts."
        )
    return Reading(found.name, entries)
