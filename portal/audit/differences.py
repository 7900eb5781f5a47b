"""Two wordings of a text, with what went from the one and what came into the other. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"<[^<>]*>|\w+|\s+|[^\w\s<]|<")
# Comparing takes the product of both lengths in words at worst; beyond this all between the ends counts as changed.
_MOST = 4_000_000
# So many words of what stayed are shown around a change.
AROUND = 12
# So few words between two changes are no island.
FEW = 2


class Piece(NamedTuple):
    """A stretch of a text; `kind` is "same", "gone", "new", or "left out" for what stayed and is not shown."""

    kind: str
    text: str


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """`before` and `after` in pieces; what both have in common is cut short where it is long."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for same, first, second in _stretches(old, new):
        if same:
            cut = _cut(first)
            left += cut
            right += cut
        else:
            left += [Piece("gone", "".join(first))] if first else []
            right += [Piece("new", "".join(second))] if second else []
    return left, right


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    inner, other = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield True, old[:start], new[:start]
    if len(inner) * len(other) > _MOST:
        yield False, inner, other
    else:
        yield from _joined(inner, other)
    if end:
        yield True, old[len(old) - end :], new[len(new) - end :]


def _joined(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """The stretches of two lists; a word or two that stayed between changes counts as changed, to be readable."""
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" and sum(bool(re.search(r"\w", word)) for word in old[a:b]) > FEW:
            if gone or come:
                yield False, gone, come
            gone, come = [], []
            yield True, old[a:b], new[c:d]
        else:
            gone, come = gone + old[a:b], come + new[c:d]
    if gone or come:
        yield False, gone, come


def _common(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(words: list[str]) -> list[Piece]:
    """What stayed the same, without its middle where that is long."""
    if len(words) <= 3 * AROUND:
        return [Piece("same", "".join(words))]
    hidden = words[AROUND:-AROUND]
    count = sum(bool(re.search(r"\w", word)) for word in hidden)
    return [
        Piece("same", "".join(words[:AROUND])),
        Piece("left out", f"{count} words that stayed"),
        Piece("same", "".join(words[-AROUND:])),
    ]
