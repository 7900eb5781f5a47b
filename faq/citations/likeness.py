"""What makes two references look like the same source, and the words by which one is found."""

import re
import unicodedata
from difflib import SequenceMatcher

from faq.citations import csl, names

# Of two words, how much has to agree: one letter too few in a word of five stays above it.
_NEAR = 0.85
# Words up to this length say little: of, the, and.
_SHORT = 3
# Telling words that a title without its subtitle must have.
_ENOUGH = 4
# Titles are compared up to here, so that a hostile one costs no more than a long one.
_COMPARED = 300
_LONGEST_WORD = 80
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+|[ivx]+")
# Letters that are no letter and accent to Unicode.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """`text` as words of lower-case letters and digits without accents, one space between them."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(word[:_LONGEST_WORD] for word in _WORD.findall(plain.casefold().translate(_LETTERS)))


def author(item: object) -> str:
    """The first author, folded, for comparison."""
    return folded(names.first(csl.value(item, "author")))


def words(key: str, item: object) -> str:
    """Everything that somebody types to find a reference, folded: key, first author, year, title and identifiers."""
    told = [key, names.first(csl.value(item, "author")), str(csl.year(item) or ""), csl.title(item)]
    return folded(" ".join([*told, csl.doi(item), csl.pmid(item), csl.registry_number(item)]))


def is_near(one: str, other: str) -> bool:
    """Whether two folded titles may be the same one: with misprints, or without its subtitle.

    Never where a number differs or a word is another one: one study of each of two drugs has two titles.
    """
    short, long = sorted((_telling(one), _telling(other)), key=len)
    if len(short) != len(long) and len(short) < _ENOUGH:
        return False
    return bool(short) and all(_is_same(*pair) for pair in zip(short, long, strict=False))


def _telling(title: str) -> list[str]:
    """The words of a folded title without articles and the like, up to where titles are compared."""
    words = title[:_COMPARED].split()
    return [word for word in words if len(word) > _SHORT or _NUMBER.fullmatch(word)]


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    if _NUMBER.fullmatch(one) or _NUMBER.fullmatch(other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR
