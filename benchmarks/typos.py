"""Mistypes questions: one edit in the word of each that tells most, the same in every run. Pure."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")


def frequencies(texts: Iterable[str]) -> Counter[str]:
    """In how many of `texts` each word stands, in lower case."""
    return Counter(word for text in texts for word in set(_WORD.findall(text.lower())))


def mistyped(text: str, frequency: Mapping[str, int], seed: str) -> str:
    """`text` with one edit in its rarest word of four letters or more that the documents hold; without one, as it is.

    Args:
        text: the question.
        frequency: in how many documents each word stands.
        seed: decides kind and place of the edit, for example the question's id.
    """
    chance = random.Random(seed)  # noqa: S311  (an edit, not a secret)
    found = [match for match in _WORD.finditer(text) if len(match[0]) >= SHORTEST and frequency.get(match[0].lower())]
    if not found:
        return text
    rarest = min(found, key=lambda match: (frequency[match[0].lower()], match.start()))
    return text[: rarest.start()] + _edited(rarest[0], chance) + text[rarest.end() :]


def _edited(word: str, chance: random.Random) -> str:
    """`word` after a swap of neighbours, or with a letter less, more or changed; never `word` itself."""
    kind = chance.choice(["swap", "delete", "insert", "replace"])
    swaps = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
    if kind == "swap" and swaps:
        place = chance.choice(swaps)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    place = chance.randrange(len(word))
    if kind == "delete":
        return word[:place] + word[place + 1 :]
    letter = chance.choice([letter for letter in LETTERS if letter != word[place].lower()])
    return word[:place] + letter + word[place + (kind != "insert") :]
