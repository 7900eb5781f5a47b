"""The terms that the screen looks for, read once from the files in `portal/safety/terms/`."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from portal.safety.screen.words import LONGEST_WORD, Word, fold

TERMS = Path(__file__).resolve().parent.parent / "terms"
LANGUAGES = ("en", "de")
# So many words may stand where a term has two dots.
GAP = 4
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a term: the patterns of which a word has to fit one, and whether words may stand before it."""

    patterns: frozenset[str]
    gap: bool


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for: `label` says what it is a sign of, `written` how it stands in the file."""

    label: str
    written: str
    parts: tuple[Part, ...]


@dataclass
class Patterns:
    """Words and beginnings, endings and middles of words, and which of them a word fits."""

    exact: dict[str, str] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    middles: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    both: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, written: str) -> None:
        bare, pattern = written.strip("*"), canonical(written)
        if len(bare) > 1 and bare.isupper():
            self.capitals[bare] = pattern
            return
        for spelling in {fold(bare), fold(bare.translate(_UMLAUTS))}:
            if "*" in bare:
                start, _, end = spelling.partition("*")
                self.both[start].append(end)
                self.exact.setdefault(f"{start}*{end}", pattern)
            elif pattern.startswith("*") and pattern.endswith("*"):
                self.middles[spelling] = pattern
            elif pattern.startswith("*"):
                self.ends[spelling] = pattern
            elif pattern.endswith("*"):
                self.starts[spelling] = pattern
            else:
                self.exact[spelling] = pattern

    def fitting(self, word: Word) -> tuple[str, ...]:
        found = self.of(word.folded)
        if word.typed.isupper() and word.typed in self.capitals:
            return (*found, self.capitals[word.typed])
        return found

    def of(self, folded: str) -> tuple[str, ...]:
        """The patterns that a word fits, whatever its case."""
        if folded not in self.known:
            if len(self.known) > _REMEMBERED:
                self.known.clear()
            self.known[folded] = tuple(dict.fromkeys(self._look(folded)))
        return self.known[folded]

    def _look(self, word: str) -> Iterator[str]:
        if word in self.exact:
            yield self.exact[word]
        if word[0].isdigit() and (numbered := "#" + word.lstrip("0123456789")) in self.exact:
            yield self.exact[numbered]
        for cut in range(1, len(word) + 1):
            if (start := word[:cut]) in self.starts:
                yield self.starts[start]
            for end in self.both.get(start, ()):
                if word.endswith(end) and len(word) >= cut + len(end):
                    yield self.exact[f"{start}*{end}"]
        for cut in range(1, len(word)):
            if (end := word[cut:]) in self.ends:
                yield self.ends[end]
        yield from self._within(word)

    def _within(self, word: str) -> Iterator[str]:
        for length in {len(middle) for middle in self.middles}:
            for at in range(len(word) - length + 1):
                if (middle := word[at : at + length]) in self.middles:
                    yield self.middles[middle]


@dataclass
class Lexicon:
    """The terms of one language, found by the pattern that their first word has to fit."""

    patterns: Patterns = field(default_factory=Patterns)
    beginning: dict[str, list[Term]] = field(default_factory=lambda: defaultdict(list))
    exceptions: dict[str, frozenset[str]] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()

    def add(self, label: str, written: Iterable[str]) -> None:
        for text in written:
            for spelt_out in _spelt_out(text.split()):
                term = Term(label, text, tuple(_parts(spelt_out)))
                for written_pattern in spelt_out.replace("|", " ").split():
                    self.patterns.add(written_pattern)
                for pattern in term.parts[0].patterns:
                    self.beginning[pattern].append(term)


def canonical(pattern: str) -> str:
    """A pattern as it is known by: folded, but for abbreviations in capitals, which only capitals fit."""
    return pattern if len(pattern) > 1 and pattern.isupper() else fold(pattern)


def _spelt_out(pieces: Sequence[str]) -> Iterator[str]:
    """A term as several, where an alternative has more than one word: "could_not|cannot sleep"."""
    if not pieces:
        yield ""
        return
    choices = pieces[0].split("|")
    single = "|".join(choice for choice in choices if "_" not in choice)
    several = [choice.replace("_", " ") for choice in choices if "_" in choice]
    for rest in _spelt_out(pieces[1:]):
        for first in filter(None, [single, *several]):
            yield f"{first} {rest}".strip()


def _parts(written: str) -> Iterator[Part]:
    gap = False
    for piece in written.split():
        if piece == "..":
            gap = True
            continue
        yield Part(frozenset(canonical(pattern) for pattern in piece.split("|")), gap)
        gap = False


def listed(block: str) -> list[str]:
    """What stands between commas or on lines of its own."""
    return [" ".join(item.split()) for item in re.split(r"[,\n]", block) if item.strip()]


@cache
def lexicon(language: str) -> Lexicon:
    """The terms of a language, with the medicines, which are called alike in all."""
    made = Lexicon()
    own, medicines = _file(language), _file("medicines")
    for label, block in {**own["events"], **own["signs"]}.items():
        made.add(label, listed(block))
    made.add("figurative", listed(own["figurative"]["terms"]))
    made.add("ending", listed(own["endings"]["terms"]))
    made.add("stem", listed(medicines["stems"]["terms"]))
    made.add("name", listed(medicines["names"]["terms"]))
    made.add("class", listed(medicines["classes"]["terms"]))
    made.add("chemical", listed(medicines["chemicals"]["terms"]))
    no_medicine = _folded(medicines["stems"]["exceptions"]) | _folded(own["language"]["no_medicine"])
    made.exceptions = {
        "ending": _folded(own["endings"]["exceptions"]),
        "stem": no_medicine,
        "chemical": no_medicine,
    }
    made.spellings = _folded(own["spellings"]["terms"])
    made.ordinary = _folded(own["spellings"]["exceptions"])
    made.function_words = _folded(own["language"]["function_words"])
    return made


def _folded(block: str) -> frozenset[str]:
    return frozenset(fold(item[:LONGEST_WORD]) for item in listed(block))


def _file(name: str) -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = tomllib.loads((TERMS / f"{name}.toml").read_text(encoding="utf-8"))
    return content
