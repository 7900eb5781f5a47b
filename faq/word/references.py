"""The list of references at the end of a Word file, and the numbers in its text that point there. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from faq.word import names

_TYPED = re.compile(r"\[?(\d{1,3})(?:[.)\]]\s*|\s*\t\s*)(?=\S)")
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[-–—,;]\s*\d{1,3})*")
_RANGE = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")
_BRACKETED = re.compile(r"\s?\[(\d{1,3}(?:\s*[-–—,;]\s*\d{1,3})*)\]")
# "95% CI [1, 3]" gives two bounds and cites nothing.
_INTERVAL = re.compile(
    r"(?:\b(?:CI|KI|CrI|IQR|SD|SE|range|interval|median|mean|Bereich|Intervall)|[%=:(,;×+−-])\s*$", re.IGNORECASE
)
_UNITS = {
    *("m", "cm", "mm", "dm", "km", "µm", "μm", "nm", "s", "min", "h", "d", "kg", "g", "mg", "µg", "L", "l", "mL", "ml"),
    *("mol", "mmol", "Gy", "Hz", "R", "r", "I", "χ", "η", "τ", "x", "X", "n", "p", "e", "x̅", "H", "T", "log", "day"),
}
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
LONGEST_RANGE = 60


@dataclass(frozen=True)
class Entry:
    """One source as a file names it: its number in the list there, its words, and its CSL-JSON where a field had it."""

    text: str
    number: int | None = None
    csl: Any = None


@dataclass(frozen=True)
class Group:
    """One place that cites: as HTML what stood there, and which entries (by their places in the list) it cites."""

    shown: str
    entries: list[int]


def is_heading(title: str) -> bool:
    """Whether a paragraph that says only `title` opens the list of references."""
    return names.bare(title) in names.REFERENCE_HEADINGS


def entries(paragraphs: Iterable[tuple[str, int | None]]) -> list[Entry]:
    """The entries of a list of references, given as each paragraph's text and the number that Word prints before it.

    A paragraph without a number goes on with the entry before it where others have one; where none has, each is an
    entry of its own, to which no number in the text can lead.
    """
    found: list[Entry] = []
    told = [(text, number, _TYPED.match(text)) for text, number in paragraphs if text.strip()]
    numbered = any(number is not None or match for _, number, match in told)
    for text, number, match in told:
        if number is None and match:
            found.append(Entry(_line(text[match.end() :]), int(match[1])))
        elif number is None and numbered and found:
            found[-1] = Entry(f"{found[-1].text} {_line(text)}", found[-1].number)
        else:
            found.append(Entry(_line(text), number))
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


def numbers(text: str) -> list[int] | None:
    """The numbers that "1,3-5" stands for, in their order; None where it says anything else."""
    plain = text.strip().strip(",;").strip()
    if not _NUMBERS.fullmatch(plain):
        return None
    found: list[int] = []
    for part in re.split(r"\s*[,;]\s*", plain):
        match = _RANGE.fullmatch(part)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not 0 < first <= last < first + LONGEST_RANGE:
            return None
        found.extend(range(first, last + 1))
    return found


def is_power(before: str, raised: str, after: str) -> bool:
    """Whether raised figures belong to the number, the unit or the symbol at which they stand: 10⁹, m², ¹⁸F."""
    if before[-1:].isdigit():
        return True
    word = _LAST_WORD.search(before)
    if word and word[1] in _UNITS and raised.strip() in {"1", "2", "3", "4", "6"}:
        return True
    starts = not before or before[-1:].isspace() or before[-1:] in "([-–/"
    return starts and bool(after) and after[0].isalpha()


def bracketed(text: str) -> list[tuple[int, int, list[int]]]:
    """The places in `text` that look like [1,3-5]: where each begins and ends, and its numbers."""
    found = []
    for match in _BRACKETED.finditer(text):
        said = numbers(match[1])
        if said and not _INTERVAL.search(text[: match.start()]):
            found.append((match.start(), match.end(), said))
    return found
