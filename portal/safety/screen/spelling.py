"""Words that matter, recognised with a slip in them: one letter wrong, missing, too many or exchanged."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from portal.safety.screen.lexicon import Lexicon, lexicon

SHORTEST, LONGEST = 6, 20
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def meant(word: str, language: str) -> str | None:
    """The word that was probably meant, or none; letters typed twice or once too few count for nothing."""
    if not SHORTEST - 2 <= len(word) <= LONGEST or word in lexicon(language).ordinary:
        return None
    near = _near(language)
    bare = _DOUBLED.sub(r"\1", word)
    if len(word) < SHORTEST - 1:
        return next((target for target in near.get(bare, ()) if _DOUBLED.sub(r"\1", target) == bare), None)
    for key in (bare, *_shorter(bare)):
        for target in near.get(key, ()):
            if _DOUBLED.sub(r"\1", target)[0] == bare[0] and _one_slip(_DOUBLED.sub(r"\1", target), bare):
                return target
    return None


@cache
def _near(language: str) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for target in sorted(_targets(lexicon(language))):
        bare = _DOUBLED.sub(r"\1", target)
        for key in {bare, *_shorter(bare)}:
            known[key] = (*known.get(key, ()), target)
    return known


def _targets(words: Lexicon) -> Iterator[str]:
    return (word for word in words.spellings if len(word) >= SHORTEST - 1)


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_slip(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    at = next((index for index, sign in enumerate(short) if sign != long[index]), len(short))
    if len(long) - len(short) == 1:
        return short[at:] == long[at + 1 :]
    if len(long) != len(short):
        return False
    exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return exchanged or short[at + 1 :] == long[at + 1 :]
