"""Where the terms stand in a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.safety.screen.lexicon import GAP, Lexicon, Term
from portal.safety.screen.words import Word


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: the first of its words, and the one after its last, counted within the sentence."""

    label: str
    written: str
    first: int
    after: int
    slip: bool = False


def hits(words: Sequence[Word], lexicon: Lexicon, spelt: dict[int, str]) -> Iterator[Hit]:
    """Every term in these words; `spelt` has the right spelling of those that were mistyped."""
    fits = [
        lexicon.patterns.of(spelt[at]) if at in spelt else lexicon.patterns.fitting(word)
        for at, word in enumerate(words)
    ]
    for at in range(len(words)):
        for pattern in fits[at]:
            for term in lexicon.beginning.get(pattern, ()):
                after = _end(term, fits, at)
                if after and not _excepted(term, words[at], lexicon):
                    yield Hit(term.label, term.written, at, after, slip=at in spelt)


def _end(term: Term, fits: Sequence[tuple[str, ...]], at: int) -> int:
    place = at + 1
    for part in term.parts[1:]:
        reach = range(place, min(place + (GAP if part.gap else 0) + 1, len(fits)))
        found = next((index for index in reach if not part.patterns.isdisjoint(fits[index])), None)
        if found is None:
            return 0
        place = found + 1
    return place


def _excepted(term: Term, word: Word, lexicon: Lexicon) -> bool:
    return word.folded in lexicon.exceptions.get(term.label, ())
