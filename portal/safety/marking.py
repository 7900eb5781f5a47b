"""A text in pieces, those marked that made the screen speak; pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

CATEGORIES = {
    "symptom": "symptom or event",
    "serious": "serious outcome",
    "death": "death",
    "lack_of_effect": "lack of effect",
    "medication_error": "medication error",
    "pregnancy": "exposure in pregnancy or breast-feeding",
    "defect": "defect of a product",
    "off_label": "use beyond the label",
    "general": "harm in general",
    "challenge": "stopped, or given again",
    "medicine": "a medicine",
    "link": "ties the event to the medicine",
}
_PATTERN = re.compile(r"[|*]|\.\.|…")


class Piece(NamedTuple):
    """Some words of a text, and the numbers of the causes that they belong to: none for what lies between."""

    words: str
    numbers: tuple[int, ...]


def pieces(text: str, causes: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """`text` cut where causes begin and end; the pieces together are the text again, letter by letter.

    A cause whose words do not stand where it says, for the text changed meanwhile, marks nothing.
    """
    spans = [
        (number, cause["start"], cause["end"])
        for number, cause in enumerate(causes, start=1)
        if 0 <= cause["start"] < cause["end"] <= len(text)
        and text[cause["start"] : cause["end"]].casefold() == str(cause["words"]).casefold()
    ]
    cuts = sorted({0, len(text), *(cut for _, start, end in spans for cut in (start, end))})
    return [Piece(text[begin:end], _numbers(spans, begin, end)) for begin, end in pairwise(cuts)]


def _numbers(spans: Iterable[tuple[int, int, int]], begin: int, end: int) -> tuple[int, ...]:
    return tuple(number for number, start, stop in spans if start <= begin and end <= stop)


def category_of(cause: Mapping[str, Any]) -> str:
    """What the words were taken for, as people say it."""
    category = str(cause["category"])
    return CATEGORIES.get(category, category.replace("_", " "))


def rule_of(cause: Mapping[str, Any]) -> str:
    """By which rule, as people read it: the term of the list, and what the sentence makes of it."""
    written = str(cause["rule"]).partition(": ")[2]
    term, *said = [part for part in written.split(", ") if part]
    # A pattern is written for a machine; what it found is the words themselves.
    found = "a phrase" if _PATTERN.search(term) else f"the term “{term}”"
    return ", ".join([found, *said])


def point_of(point: Mapping[str, Any]) -> str:
    """One fact about the sentence that decided, with what it adds to the score."""
    return f"{str(point['fact']).replace('_', ' ')} {point['points']:+d}"
