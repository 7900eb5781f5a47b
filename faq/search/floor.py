"""Tells an answer from what merely comes nearest. Pure; calibrated as benchmarks/README.md tells."""

from collections.abc import Mapping, Sequence

from faq.search.candidates import Candidate
from faq.search.synonyms import Terms

# What has to be reached: how much of what was asked the answer holds, by rarity; how near it is in meaning, where that
# takes part; and something for being about the drug that was named.
BY_WORDS, WITH_MEANING = 0.58, 1.08
_IN_SCOPE = 0.35
# Whoever holds all that was typed is an answer, whatever a model of sentences makes of an abbreviation or one word.
_ALL = 0.9
# What only the body says may be said in passing; a heading to which a word leads may hold something else.
_IN_PASSING, _INTENDED = 0.6, 0.9
# What a common word, and an everyday word that no answer holds, are worth beside the rarest.
_COMMON, _EVERYDAY = 0.2, 0.3
_SHORTEST_NAME = 4


def is_reached(share: float, cosine: float | None, *, is_about_named: bool) -> bool:
    """Whether a candidate is an answer.

    `share` is its `coverage`, `cosine` how near it is to the question in meaning, None where meaning takes no part;
    `is_about_named` says that its drug is the one in whose scope was searched.
    """
    reached = share + (_IN_SCOPE if is_about_named else 0.0)
    return share >= _ALL or (reached >= BY_WORDS if cosine is None else reached + cosine >= WITH_MEANING)


def coverage(candidate: Candidate, terms: Terms, worth: Mapping[str, float]) -> float:
    """The share of what was typed that an answer holds, from 0 to 1, each token worth what `worth` says."""
    head = f"{candidate.names}{candidate.phrasings}{candidate.question}{candidate.topics}{candidate.answer}"
    asked = held = 0.0
    for token in terms.typed:
        asked += worth[token]
        held += worth[token] * _held(token, terms, head, candidate.body)
    return held / asked if asked else 0.0


def _held(token: str, terms: Terms, head: str, body: str) -> float:
    """How far an answer with these tokens holds one that was typed, from 0 to 1."""
    if _has(head, [token]) or any(_has(head, group) for group in terms.same.get(token, ())):
        return 1.0
    if any(_has(head, [other]) for other in terms.means.get(token, ())):
        return _INTENDED
    said = _has(body, [token]) or any(_has(body, group) for group in terms.same.get(token, ()))
    return _IN_PASSING if said else 0.0


def _has(tokens: str, group: Sequence[str]) -> bool:
    return all(f" {token} " in tokens for token in group)


def worth(token: str, rarity: float | None, rarest: float, *, is_everyday: bool) -> float:
    """What it counts that an answer holds a token of this rarity, None for one that no answer holds.

    A strange word that no answer holds, most often the name of another drug, counts as much as a word can; a word of
    everyday language may be said in many ways, and a number or a letter says little.
    """
    if rarity is not None:
        return max(rarity, _COMMON * rarest)
    if is_everyday or not token.isalpha() or len(token) < _SHORTEST_NAME:
        return _EVERYDAY * rarest
    return rarest
