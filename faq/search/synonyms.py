"""Adds to the words of a question what staff and approved answers say that they mean. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from faq.search import analysis

# Of a word that the questions know, another word for it adds little; of one that they do not know, it is all there is.
KNOWN, UNKNOWN = 0.1, 0.9


class Meaning(NamedTuple):
    """That `typed` means `meant`; both are keys (`analysis.key`). An intent leads from what was typed to headings."""

    typed: str
    meant: str
    is_intent: bool


class Terms(NamedTuple):
    """The tokens to look for: anywhere, with their weights, and in question, phrasings and topics alone.

    `same` tells of each token that was typed which others say the same, all of a group together; `means` which headings
    it leads to, any of them.
    """

    sought: dict[str, float]
    intended: dict[str, float]
    same: dict[str, list[list[str]]]
    means: dict[str, set[str]]

    @property
    def typed(self) -> list[str]:
        """The tokens of the words that were typed."""
        return [token for token, weight in self.sought.items() if weight == 1]


def expand(words: Iterable[str], meanings: Iterable[Meaning], heads: Mapping[str, int], language: str) -> Terms:
    """The tokens of `words` with weight 1, and those of what they mean with less.

    `heads` tells in how many answers' heads each token stands.
    """
    words = list(words)
    spoken = f" {' '.join(words)} "
    sought = dict.fromkeys(analysis.stems(words, language).values(), 1.0)
    intended: set[str] = set()
    same: dict[str, list[list[str]]] = {}
    means: dict[str, set[str]] = {}
    for meaning in meanings:
        if f" {meaning.typed} " not in spoken:
            continue
        typed, meant = analysis.tokens(meaning.typed, language), analysis.tokens(meaning.meant, language)
        for token in typed:
            if meaning.is_intent:
                means.setdefault(token, set()).update(meant)
            elif meant:
                same.setdefault(token, []).append(meant)
        if meaning.is_intent:
            intended.update(meant)
        else:
            weight = KNOWN if all(heads.get(token) for token in typed) else UNKNOWN
            for token in meant:
                sought.setdefault(token, weight)
    return Terms(sought, {token: 1.0 for token in sorted(intended) if token not in sought}, same, means)
