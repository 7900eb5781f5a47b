"""What somebody has begun to type, as words to look for. Pure."""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from faq.search import analysis
from faq.search.spelling import near

_MOST_LETTERS = 400
_MOST_WORDS = 8
# No word of the index is longer.
_LONGEST_WORD = 80
# Long questions are met by any two of their rarest words.
_RAREST = 4
_SHORT = 3
_UMLAUT = re.compile("([aou])e")


class Word(NamedTuple):
    """One word of what was typed, as it may be spelt in the index."""

    spellings: tuple[str, ...]
    # Not the beginning of a longer word: a number, or a letter or two with another word after them.
    is_whole: bool = False

    @property
    def query(self) -> str:
        """PostgreSQL's tsquery for it; a spelling consists of letters and digits."""
        rest = "" if self.is_whole else ":*"
        return "({})".format(" | ".join(f"'{spelling}'{rest}" for spelling in self.spellings))

    @property
    def is_short(self) -> bool:
        """Whether it may become anything yet, such as a word that says nothing."""
        return not self.is_whole and max(map(len, self.spellings)) <= _SHORT

    def meets(self, word: str) -> bool:
        """Whether `word` is this one, or what it may become."""
        return word in self.spellings if self.is_whole else word.startswith(self.spellings)

    def slips(self) -> set[str]:
        """What may have been meant by one edit: beginnings of words, none that begins with another of them."""
        if self.is_whole:
            return set()
        reached = {slip for spelling in self.spellings for slip in near(spelling)}
        cut = {spelling[:-1] for spelling in self.spellings} & reached
        return cut | {slip for slip in reached if not slip.startswith((*cut, *self.spellings))}


def words(text: str, language: str) -> list[Word]:
    """The last words of `text` that say something, each once; the very last one may go on. Empty for one letter."""
    typed = _in_one_piece(word for word in analysis.words(text[:_MOST_LETTERS]) if len(word) <= _LONGEST_WORD)
    kept = [word for word in typed if not analysis.is_stop(word, language)] if len(typed) > 1 else typed
    if sum(map(len, kept)) < 2:
        return []
    last = typed[-1]
    distinct = list(dict.fromkeys(kept))[-_MOST_WORDS:]
    return [Word(_spellings(word, language), word != last and _is_whole(word)) for word in distinct]


def everything(sought: Iterable[Word]) -> str:
    """The tsquery of what has all the words."""
    return " & ".join(word.query for word in sought)


def something(sought: Sequence[Word]) -> str | None:
    """The tsquery of what has two of the words, given from the rarest to the commonest, or one where one is begun only.

    None where that would say too little of what was asked.
    """
    certain = [word for word in sought if not word.is_short]
    if len(certain) == 1 and len(sought) == 2:
        return certain[0].query
    if len(certain) < 2 or len(sought) < 3:
        return None
    return " | ".join(f"({one.query} & {other.query})" for one, other in combinations(certain[:_RAREST], 2))


def _in_one_piece(typed: Iterable[str]) -> list[str]:
    """`typed` without the parts of what is there in one piece too: of ald, 5520, ald5520 only the last."""
    kept: list[str] = []
    for word in typed:
        for parts in (2, 3, 4):
            if "".join(kept[-parts:]) == word:
                del kept[-parts:]
        kept.append(word)
    return kept


def _spellings(word: str, language: str) -> tuple[str, ...]:
    """`word`, and without the letter that somebody types who has no umlaut: losung for loesung."""
    without = _UMLAUT.sub(r"\1", word) if language == "de" else word
    return (word,) if without == word else (word, without)


def _is_whole(word: str) -> bool:
    return len(word) <= 2 or not word.isalpha()
