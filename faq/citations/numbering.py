"""Numbers of citations: given in order of first appearance, written with ranges."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Neighbouring numbers that are written as one: `first` alone if both ends are equal."""

    first: int
    last: int


def assign(keys: Iterable[str]) -> dict[str, int]:
    """Number each key from 1 in order of first appearance."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys), start=1)}


def collapse(numbers: Iterable[int]) -> list[Span]:
    """Sort, drop repeats and join three or more in a row; two in a row stay two.

    Source: AMA Manual of Style, 11th edition, 3.6: a hyphen joins the ends of a closed series.
    """
    runs: list[Span] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1].last + 1:
            runs[-1] = Span(runs[-1].first, number)
        else:
            runs.append(Span(number, number))
    return [span for run in runs for span in _split_pair(run)]


def _split_pair(run: Span) -> list[Span]:
    if run.last - run.first == 1:
        return [Span(run.first, run.first), Span(run.last, run.last)]
    return [run]
