"""Reads what a visitor typed: words, phrases in quotes, and what is to be left out. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from faq.search import analysis

MAX_LENGTH = 400
MAX_WORDS = 64
# The longest name of a drug or phrase of a synonym, in words.
_LONGEST_PHRASE = 6

_QUOTED = re.compile(r'(?P<minus>(?<!\S)-)?["“”„«»](?P<words>[^"“”„«»]*)["“”„«»]')
# A minus before a letter leaves a word out; before a number it is a minus, and between spaces a dash. In
# "HER2 -negative" it is a hyphen gone astray: to leave that word out would find the contrary.
_EXCLUDED = re.compile(r"(?<!\S)-(?!negativ|positiv)(?=[^\W\d_]{2})(\S+)", re.IGNORECASE)


class Query(NamedTuple):
    """What was typed. Words are normal (`analysis.words`), in order, stop words included.

    `exact` words stood in quotes and are never corrected; each of `phrases` has two words or more and is wanted word
    for word; an answer with all words of one of `excluded` is not wanted.
    """

    text: str
    words: tuple[str, ...]
    exact: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]


def clean(text: str) -> str:
    """`text` on one line, without control characters, cut to a length that a question can have."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 4 * MAX_LENGTH])
    return " ".join(printable.split())[:MAX_LENGTH]


def parse(text: str) -> Query:
    """What a visitor asks for. Never raises, whatever was typed."""
    text = clean(text)
    quoted = [(bool(match["minus"]), tuple(analysis.words(match["words"]))) for match in _QUOTED.finditer(text)]
    unquoted = _QUOTED.sub(lambda match: " " if match["minus"] else f" {match['words']} ", text)
    excluded = [tuple(analysis.words(word)) for word in _EXCLUDED.findall(unquoted)]
    excluded += [words for is_excluded, words in quoted if is_excluded]
    wanted = [words for is_excluded, words in quoted if not is_excluded]
    return Query(
        text,
        tuple(analysis.words(_EXCLUDED.sub(" ", unquoted))[:MAX_WORDS]),
        frozenset(word for words in wanted for word in words),
        tuple(dict.fromkeys(words for words in wanted if len(words) > 1)),
        tuple(words for words in dict.fromkeys(excluded) if words),
    )


def phrases(words: tuple[str, ...]) -> Iterator[str]:
    """Every run of neighbouring words, as one string: what names of drugs and phrases of synonyms are sought among."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
            yield " ".join(words[start:end])
