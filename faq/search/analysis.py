"""The one analyser: what is indexed and what visitors type become tokens here and nowhere else. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import snowballstemmer

from faq.search.stopwords import STOP_WORDS

# Stands in every entry of the index: an entry made by another recipe is stale. Change it with what follows here, and
# with what else makes an entry (`index.row`, `html.statements`).
RECIPE = "3"

_STEMMERS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
}
# A number with its decimals, or a word in which letters and digits stay together; or a compound of such (drug-drug,
# il-6, 5-10.5).
_PART = r"(?:\d+(?:[.,]\d+)+|[^\W_]+)"
_WORD = re.compile(rf"{_PART}(?:-{_PART})*")
# Not 0,125: no quantity begins with zero thousands.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_NUMBER = re.compile(f"[{_RAISED}]+")
_DIGITS = str.maketrans(_RAISED + "₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2)
_POSSESSIVE = re.compile(r"['’]s\b")
# One unit in its three spellings: the micro sign, the Greek letter, and letters.
_MICROGRAM = re.compile("\\b[\u00b5\u03bc]g\\b")


def normal(text: str) -> str:
    """`text` in lower case without accents; a raised number stands apart (10⁹ is 10 and 9, never 109)."""
    text = _RAISED_NUMBER.sub(r" \g<0>", text).translate(_DIGITS).lower()
    if text.isascii():
        return text
    text = _MICROGRAM.sub("mcg", text).replace("ß", "ss")
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def words(text: str) -> list[str]:
    """The words of `text` in order, normal; a code with a hyphen (il-6, ald-5520) is there in one piece too."""
    return list(_split(_POSSESSIVE.sub("", normal(text))))


def key(text: str) -> str:
    """The words of `text`, normal, with single spaces: what compares names and phrases as people type them."""
    return " ".join(words(text))


def tokens(text: str, language: str) -> list[str]:
    """The stems of `text` in order, without stop words."""
    return [stem(word, language) for word in words(text) if not is_stop(word, language)]


def stems(words: Iterable[str], language: str) -> dict[str, str]:
    """The stem of each of `words` that says something, in their order."""
    return {word: stem(word, language) for word in words if not is_stop(word, language)}


def is_stop(word: str, language: str) -> bool:
    """Whether `word` says nothing about what is sought. Negations always say something."""
    return word in STOP_WORDS.get(language, frozenset())


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """What the forms of a word have in common; the word itself in a language without grammar here, and of a number."""
    algorithm = _STEMMERS.get(language)
    if algorithm is None or not word.isalpha():
        return word
    return str(_stemmer(algorithm).stemWord(word))


def language_of(tag: str) -> str:
    """The language of a tag such as en-US, without its region."""
    return tag.partition("-")[0].lower()


def _split(text: str) -> Iterator[str]:
    for found in _WORD.findall(text):
        parts = found.split("-")
        for part in parts:
            yield part.replace(",", "" if _THOUSANDS.fullmatch(part) else ".")
        # A code in one piece (il6), but never two numbers as one.
        has_digits = any(character.isdigit() for character in found)
        if len(parts) > 1 and has_digits and not all(part[0].isdigit() for part in parts):
            yield "".join(parts)


@lru_cache(maxsize=8)
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)
