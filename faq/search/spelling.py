"""Finds the word that somebody meant who mistyped it by one edit. Pure; what is known comes from the caller.

One edit is a letter too many, too few, wrong, or swapped with its neighbour, and a spelling by ear (ph for f).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, takewhile
from types import MappingProxyType

_SHORTEST, _LONGEST = 4, 40
# A word of so many letters is hardly one edit away from another one by chance.
_UNMISTAKABLE = 8
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SCRIPTS = ("αβγδεζηθικλμνξοπρσςτυφχψω", "абвгдежзиклмнопрстуфхцчшщъыьэюя")
# Units, numbers and negations are never taken for a slip: nmol is not mmol, four is not hour, never is not fever.
_UNITS = "mmol umol μmol nmol pmol fmol mosm mval gray torr unit units gram grams gramm litre liter"
_NUMBERS = """
zero four five seven eight nine eleven twelve twenty thirty forty fifty sixty once twice thrice half quarter
thirteen fourteen fifteen sixteen seventeen eighteen nineteen hundred thousand million millions billion billions
null eins zwei drei vier funf sechs sieben acht neun zehn zwolf halb halbe doppelt einmal zweimal dreimal
hundert tausend millionen milliarde milliarden billion billionen
"""
_NEGATIONS = """
none never neither without cannot isnt dont doesnt wont
nein nicht nichts niemals kein keine keinem keinen keiner keines ohne weder
"""
_SACRED = frozenset(f"{_UNITS} {_NUMBERS} {_NEGATIONS}".split())
# Factor viii is not factor xiii.
_ROMAN = re.compile("[ivx]+")
# Of an English keyboard; on a German one y and z change places.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ABOVE = "qa ws ed rf tg yh uj ik ol wa es rd tf gy hu ij ko lp az sx dc fv gb hn jm sz dx fc gv hb jn km yz"
_NEIGHBOURS = frozenset(map(frozenset, [*_ABOVE.split(), *(pair for row in _ROWS for pair in pairwise(row))]))
_ALIKE = frozenset(map(frozenset, ("yi", "ck", "cs", "sz", "vf", "vw", "dt", "bp", "gj", "ae", "ei")))
_BY_EAR = (("ph", "f"), ("f", "ph"), ("ks", "x"), ("x", "ks"), ("qu", "kw"), ("kw", "qu"))
_SILENT = frozenset({"ae", "oe", "th", "rh", "ck", "ps", "ie", "ei", "ue"})
# How many times as likely as others an edit is that fingers or ears explain, and one that spares the first letter.
_SLIP, _FIRST = 10, 10


def near(word: str) -> set[str]:
    """Every string one edit away from `word` (as `analysis.words` makes it), some hundred; none where it is to stay.

    What is to stay as typed: words of three letters or fewer or with a digit, units, numbers, negations.
    """
    if not _may_change(word):
        return set()
    letters = _letters(word)
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in splits if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in splits if tail for letter in letters}
    found |= {head + letter + tail for head, tail in splits for letter in letters}
    found |= set(_heard(word))
    return found - _turned(word) - {word}


def is_likely(typed: str, meant: str, *, is_language_known: bool) -> bool:
    """Whether a word that names no drug was meant by `typed`, which is one edit away, or `typed` is another word.

    Few words of eight letters are one edit away from another word, but many shorter ones are: their first letter is
    hardly ever the slip (hives is not gives) and, where nobody knows whether `typed` is a word of the language, a
    wrong letter is one only where fingers or ears explain it (Wetter is not weiter).
    """
    if len(typed) >= _UNMISTAKABLE:
        return True
    return typed[0] == meant[0] and (is_language_known or len(typed) != len(meant) or _is_slip(typed, meant))


def pick(typed: str, known: Mapping[str, int], drugs: Mapping[str, object] = MappingProxyType({})) -> str | None:
    """The word of `known` that was most likely meant by `typed`; None where none is near, or `typed` is known itself.

    `known` tells in how many answers each word stands. `drugs` tells which drug a word names: between the names of two
    drugs nothing is chosen, whatever else is near.
    """
    if not known or typed in known:
        return None
    found = ranked(typed, known)
    if len({drugs[word] for word in found if word in drugs}) > 1:
        return None
    return found[0] if found else None


def ranked(typed: str, known: Mapping[str, int]) -> list[str]:
    """The words of `known` one edit away from `typed`, the likeliest first: likelier slips and commoner words.

    Equal ones are in the order of the alphabet.
    """
    return sorted(_reached(typed, known), key=lambda word: (-known[word] * _likelihood(typed, word), word))


def ties(typed: str, known: Iterable[str]) -> list[str]:
    """Every word of `known` one edit away from `typed`, likelier slips first: for names that nobody may confuse.

    Two names one edit away are equally near, whichever of the two slips is the commoner one.
    """
    return ranked(typed, dict.fromkeys(known, 1))


def _reached(typed: str, known: Iterable[str]) -> list[str]:
    reached = near(typed)
    return [word for word in known if word in reached]


def _may_change(word: str) -> bool:
    is_number = word in _SACRED or _ROMAN.fullmatch(word)
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and not is_number


def _letters(word: str) -> str:
    """The letters that somebody can have meant who typed `word`."""
    if word.isascii():
        return _LATIN
    scripts = [script for script in _SCRIPTS if not set(word).isdisjoint(script)]
    return "".join({*_LATIN, *word, *"".join(scripts)})


def _heard(word: str) -> Iterator[str]:
    for written, meant in _BY_EAR:
        place = word.find(written)
        while place >= 0:
            yield word[:place] + meant + word[place + len(written) :]
            place = word.find(written, place + 1)


def _turned(word: str) -> set[str]:
    """What a first letter would turn into its contrary: atypical is not typical."""
    return {f"a{word}", word[1:]} if word.startswith("a") else {f"a{word}"}


def _likelihood(typed: str, meant: str) -> float:
    """How likely this edit is beside any other, times as much."""
    return (_SLIP if _is_slip(typed, meant) else 1) / (1 if typed[0] == meant[0] else _FIRST)


def _is_slip(typed: str, meant: str) -> bool:
    """Whether fingers or ears explain the edit: a swap, a letter doubled, a neighbouring key, the same sound."""
    before, wrong, right, after = _difference(typed, meant)
    if len(wrong) == len(right):
        return wrong == right[::-1] if len(wrong) > 1 else frozenset(wrong + right) in _NEIGHBOURS | _ALIKE
    if wrong and right:
        return (wrong, right) in _BY_EAR
    letter = wrong or right
    return letter in (before, after) or not _SILENT.isdisjoint({before + letter, letter + after})


def _difference(typed: str, meant: str) -> tuple[str, str, str, str]:
    """The part in which both differ, as typed and as meant, between the letters before and after it."""
    start = _alike(typed, meant)
    before, typed, meant = typed[:start][-1:], typed[start:], meant[start:]
    end = _alike(typed[::-1], meant[::-1])
    return before, typed[: len(typed) - end], meant[: len(meant) - end], typed[len(typed) - end :][:1]


def _alike(one: str, other: str) -> int:
    """With how many letters both begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
