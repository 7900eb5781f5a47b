"""What somebody may have meant who typed an address that does not exist. Pure."""

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from typing import TypeVar

# Nobody types more; an address of thousands of characters costs no more than one of these.
MOST_CHARACTERS, MOST_WORDS, MOST_NAMES = 300, 12, 5
LEAST_CHARACTERS, LONGEST_NAME = 3, 40
# How like a name has to be to be offered: one or two wrong letters in a name of eight.
LIKE_ENOUGH = 0.72

_WORD = re.compile(r"[^\W_]+")
# Of a longer number no answer has as many digits.
_ALONE = re.compile(r"(?<![^\W_])[0-9]{1,9}(?![^\W_])")
_ENDING = re.compile(r"\.(html?|php|aspx?|jsp|pdf)$", re.IGNORECASE)
Thing = TypeVar("Thing")


def words(path: str, unspoken: Collection[str] = ()) -> list[str]:
    """The distinct words of an address in lower case, without the parts in `unspoken`, bare numbers and particles."""
    said = [word for part in _parts(path, unspoken) for word in _WORD.findall(part)]
    spoken = [word for word in said if len(word) >= LEAST_CHARACTERS and not word.isdecimal()]
    return list(dict.fromkeys(spoken))[:MOST_WORDS]


def names(path: str, unspoken: Collection[str] = ()) -> list[str]:
    """What in an address may be a name, squeezed: its parts, the last one first, and then its words."""
    parts = [squeezed(part) for part in reversed(_parts(path, unspoken))]
    found = [*parts, *words(path, unspoken)]
    return list(dict.fromkeys(name for name in found if LEAST_CHARACTERS <= len(name) <= LONGEST_NAME))[:MOST_NAMES]


def last(path: str, unspoken: Collection[str] = ()) -> str:
    """The last part of an address that is not in `unspoken`, in lower case."""
    said = [part for part in _parts(path, unspoken) if part]
    return said[-1] if said else ""


def numbers(path: str) -> list[int]:
    """The numbers that stand alone in an address, as many as a name may have words."""
    found = [int(word) for part in _parts(path, ()) for word in _ALONE.findall(part)]
    return found[:MOST_NAMES]


def squeezed(name: str) -> str:
    """A name as it is compared: lower case, without blanks and signs, so that LY-3484356 is LY3484356."""
    return "".join(_WORD.findall(name.lower()))


def _parts(path: str, unspoken: Collection[str]) -> list[str]:
    parts = [_ENDING.sub("", part.lower()) for part in path[:MOST_CHARACTERS].split("/")]
    return [part for part in parts if part not in unspoken]


def likeness(wanted: str, name: str) -> float:
    """How like two names are, from 0 to 1; 0 also for those that are less than LIKE_ENOUGH."""
    compared = SequenceMatcher(None, wanted, name, autojunk=False)
    if compared.real_quick_ratio() < LIKE_ENOUGH or compared.quick_ratio() < LIKE_ENOUGH:
        return 0
    ratio = compared.ratio()
    return ratio if ratio >= LIKE_ENOUGH else 0


def nearest(wanted: Collection[str], things: Iterable[tuple[Thing, Iterable[str]]], most: int) -> list[Thing]:
    """Of `things`, each with its squeezed names, the `most` that come nearest to one of `wanted`, best first."""
    scored = [
        (max((likeness(word, name) for word in wanted for name in names), default=0), number, thing)
        for number, (thing, names) in enumerate(things)
    ]
    best = sorted((row for row in scored if row[0]), key=lambda row: (-row[0], row[1]))
    return [thing for _, _, thing in best[:most]]


def overlap(wanted: Collection[str], said: Collection[str]) -> float:
    """Which part of the words of both lists they have in common, from 0 to 1; a mistyped word does not count."""
    shared = len(set(wanted) & set(said))
    return 2 * shared / (len(wanted) + len(said)) if shared else 0
