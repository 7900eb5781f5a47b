"""Text cut into sentences and words that compare alike, whatever case, accents and signs they were typed with."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A sentence is read whole up to this many words; a longer one in pieces that overlap, so that the cost stays linear.
LONGEST_SENTENCE = 80
OVERLAP = 12
# Shorter ones, in letters, are read with the one that follows: lists, and "Hello." before what was meant to be said.
SHORTEST_SENTENCE = 8
# What is longer is no word; only its beginning is compared.
LONGEST_WORD = 40

_END = re.compile(r"(?<=[.!?…])[\"'”)\]]*\s+(?=[^a-zß-ÿ\s])|[\r\n]\s*")
_LETTERS = r"(?:[^\W_]|[\u0300-\u036f])+"
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ`´]{_LETTERS})*")
_APOSTROPHES = re.compile(r"['’ʼ`´]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, how it was typed, and how it compares."""

    start: int
    end: int
    typed: str
    folded: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a piece of a very long one, with its words; positions are those of the whole text."""

    start: int
    end: int
    text: str
    words: tuple[Word, ...]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Small letters without accents; ß is ss, and what stands between letters is left out."""
    bare = _APOSTROPHES.sub("", word.casefold())
    if bare.isascii():
        return bare
    return "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences that hold a word, in their order; every word of the text is in one of them."""
    start = 0
    for end in _END.finditer(text):
        if end.end() - start >= SHORTEST_SENTENCE:
            yield from _pieces(text, start, end.start())
            start = end.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = [_word(found) for found in _WORD.finditer(text, start, end)]
    step = LONGEST_SENTENCE - OVERLAP
    for first in range(0, max(len(words) - OVERLAP, 1) if words else 0, step):
        piece = tuple(words[first : first + LONGEST_SENTENCE])
        at = start if first == 0 else piece[0].start
        until = end if first + LONGEST_SENTENCE >= len(words) else piece[-1].end
        yield Sentence(at, until, text[at:until], piece)


def _word(found: re.Match[str]) -> Word:
    typed = found.group()[:LONGEST_WORD]
    return Word(found.start(), found.end(), typed, fold(typed))
