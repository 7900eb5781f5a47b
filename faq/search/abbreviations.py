"""Learns abbreviations from the definitions in a text: long form (SHORT). Pure.

After A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text",
Pacific Symposium on Biocomputing 2003: the letters of the short form are sought from right to left in the words before
the bracket, and its first letter has to begin one of them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BRACKET = re.compile(r"\(([A-Za-z][A-Za-z0-9/-]{1,9})\)")
_SENTENCE_END = re.compile(r"[.;:!?()\n]\s*")


class Definition(NamedTuple):
    """What an abbreviation stands for, both as written."""

    short: str
    long: str


def learn(text: str) -> list[Definition]:
    """The abbreviations that `text` defines, each once, in order."""
    return list(dict.fromkeys(_definitions(text)))


def _definitions(text: str) -> Iterator[Definition]:
    for match in _BRACKET.finditer(text):
        short = match[1]
        if sum(letter.isupper() for letter in short) < 2:
            continue
        before = _SENTENCE_END.split(text[max(0, match.start() - 200) : match.start()])[-1].split()
        # A long form has no more words than twice the letters of the short one, or five more than it.
        nearby = " ".join(before[-min(len(short) + 5, 2 * len(short)) :])
        long = _long_form(short, nearby)
        if long is not None and len(long) > len(short) and short not in long.split():
            yield Definition(short.removesuffix("s") if short[:-1].isupper() else short, long)


def _long_form(short: str, before: str) -> str | None:
    """The end of `before` in which the letters of `short` stand in order, the first of them beginning a word."""
    place = len(before)
    letters = [letter for letter in short.lower() if letter.isalnum()]
    for number, letter in reversed(list(enumerate(letters))):
        place = before.lower().rfind(letter, 0, place)
        while place > 0 and number == 0 and before[place - 1].isalnum():
            place = before.lower().rfind(letter, 0, place)
        if place < 0:
            return None
    return before[place:]
