"""A text in pieces, those marked that made the screen speak; pure."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple


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
