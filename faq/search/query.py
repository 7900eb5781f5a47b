"""Reads what a visitor typed: words, phrases in quotes, and what is to be left out. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from faq.search import analysis

MAX_LENGTH = 400
MAX_WORDS = 64
# The longest name of a drug or phrase of a synonym, in words.
_LONGEST_PHRASE = 6

_QUOTES = '"“”„«»'
# What goes with the next word though a space slipped in between (non -small), or speaks of a part (und -sicherheit).
_CLINGING = ("non", "anti", "pre", "post", "co", "re", "nicht", "and", "or", "und", "oder", "sowie", "bzw", "bzw.")
_AFTER_CLINGING = "".join(rf"(?<!\b{re.escape(word)} )" for word in _CLINGING)
# Words in quotes, with a minus before them or not, and single words to be left out. A minus before a letter leaves a
# word out; before a number it is a minus, and between spaces a dash. In "HER2 -negative" it is a hyphen gone astray: to
# leave that word out would find the contrary.
_MARKED = re.compile(
    rf"(?P<minus>(?<!\S)-)?[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]"
    rf"|(?<!\S){_AFTER_CLINGING}-(?!negativ|positiv)(?=[^\W\d_]{{2}})(?P<word>[^\s{_QUOTES}]+)",
    re.IGNORECASE,
)


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
    return _line(text[: 4 * MAX_LENGTH])[:MAX_LENGTH].rstrip()


def is_cut(text: str) -> bool:
    """Whether `clean` leaves something of `text` out."""
    return _line(text) != clean(text)


def parse(text: str) -> Query:
    """What a visitor asks for. Never raises, whatever was typed."""
    text = clean(text)
    marked = [*_MARKED.finditer(text)]
    excluded = [tuple(analysis.words(words)) for words in map(_excluded, marked) if words]
    wanted = [tuple(analysis.words(match["quoted"])) for match in marked if not _excluded(match)]
    kept = _MARKED.sub(lambda match: " " if _excluded(match) else f" {match['quoted']} ", text)
    return Query(
        text,
        tuple(analysis.words(kept)[:MAX_WORDS]),
        frozenset(word for words in wanted for word in words),
        tuple(dict.fromkeys(words for words in wanted if len(words) > 1)),
        tuple(words for words in dict.fromkeys(excluded) if words),
    )


def left_out(text: str) -> list[str]:
    """What an answer must not hold, as it was typed in `text`, without its minus and quotes."""
    found = (_excluded(match).strip(" .,;:!?()") for match in _MARKED.finditer(clean(text)))
    return list(dict.fromkeys(words for words in found if analysis.words(words)))


def leaving_nothing_out(text: str) -> str:
    """`text` without the minus of what it leaves out, which then is sought like the rest."""
    return _MARKED.sub(lambda match: match[0].removeprefix("-"), clean(text))


def phrases(words: tuple[str, ...]) -> Iterator[str]:
    """Every run of neighbouring words, as one string: what names of drugs and phrases of synonyms are sought among."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
            yield " ".join(words[start:end])


def _line(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _excluded(match: re.Match[str]) -> str:
    """What is to be left out, or nothing where a match is of words that are wanted."""
    return match["word"] or (match["quoted"] if match["minus"] else "")
