"""Tells an answer from what merely comes nearest. Pure; calibrated as benchmarks/README.md tells."""

from collections.abc import Mapping, Sequence

from faq.search.candidates import Candidate
from faq.search.synonyms import Terms

# What has to be reached: how much of what was asked the answer holds, by rarity; how near it is in meaning, where that
# takes part; and something for being about the drug that was named, less where a word of the question is strange.
BY_WORDS, WITH_MEANING = 0.58, 1.05
_IN_SCOPE, _IN_SCOPE_BUT_STRANGE = 0.35, 0.15
# To be certain: where all is about one drug, its name says nothing, and less is left to be held.
_CERTAIN, _CERTAIN_IN_SCOPE = (0.58, 1.08), (0.4, 0.66)
# Whoever holds all that was typed is an answer, whatever a model of sentences makes of an abbreviation or one word.
_ALL = 0.9
# What only the body says may be said in passing; a heading to which a word leads may hold something else.
_IN_PASSING, _INTENDED = 0.6, 0.6
# What a common word, and an everyday word that no answer holds, are worth beside the rarest.
_COMMON, _EVERYDAY = 0.2, 0.3
_SHORTEST_NAME = 4


def is_reached(share: float, cosine: float | None, *, is_about_named: bool, is_strange: bool) -> bool:
    """Whether a candidate may be an answer.

    `share` is its `coverage`, `cosine` how near it is to the question in meaning, None where meaning takes no part;
    `is_about_named` says that its drug is the one in whose scope was searched, `is_strange` that the question has a
    word that is strange to all answers.
    """
    bonus = _IN_SCOPE_BUT_STRANGE if is_strange else _IN_SCOPE
    return _holds(share, cosine, share + (bonus if is_about_named else 0.0), (BY_WORDS, WITH_MEANING))


def is_certain(share: float, cosine: float | None, *, is_scoped: bool) -> bool:
    """Whether a candidate that may be an answer is one beyond doubt.

    `share` is its `coverage` besides the names of the drug in whose scope was searched, if `is_scoped`.
    """
    return _holds(share, cosine, share, _CERTAIN_IN_SCOPE if is_scoped else _CERTAIN)


def _holds(share: float, cosine: float | None, reached: float, least: tuple[float, float]) -> bool:
    by_words, with_meaning = least
    return share >= _ALL or (reached >= by_words if cosine is None else reached + cosine >= with_meaning)


def coverage(
    candidate: Candidate, terms: Terms, worth: Mapping[str, float], besides: frozenset[str] = frozenset()
) -> float:
    """The share of what was typed that an answer holds, from 0 to 1, each token worth what `worth` says.

    What stands in `besides` is left out of the account.
    """
    head = f"{candidate.names}{candidate.phrasings}{candidate.question}{candidate.topics}{candidate.answer}"
    asked = held = 0.0
    for token in terms.typed:
        if token in besides:
            continue
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
    return rarest if is_strange(token, rarity, is_everyday=is_everyday) else _EVERYDAY * rarest


def is_strange(token: str, rarity: float | None, *, is_everyday: bool) -> bool:
    """Whether a token that was typed is most likely a name that no answer holds."""
    return rarity is None and not is_everyday and token.isalpha() and len(token) >= _SHORTEST_NAME
