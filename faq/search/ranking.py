"""Orders candidates by how well they answer a question. Pure: values in, values out, no database.

By words with BM25F (H. Zaragoza, N. Craswell, M. Taylor, S. Saria and S. Robertson, "Microsoft Cambridge at TREC 13",
2004): the frequencies of a word are added up over the fields, weighted, before they saturate. Weights and constants
are those of the trials that `benchmarks/README.md` tells of.
"""

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

from faq.search.candidates import Candidate
from faq.search.floor import coverage
from faq.search.synonyms import Terms


class _Field(NamedTuple):
    weight: float
    # How much a field longer than usual counts against its words, from 0 to 1, and how many words are usual.
    length_penalty: float
    usual_length: float


FIELDS = {
    "names": _Field(4, 0.9, 3),
    "phrasings": _Field(3, 0.9, 12),
    "question": _Field(4, 1, 6),
    "topics": _Field(2, 0.5, 2),
    "answer": _Field(0.3, 0.5, 30),
    "body": _Field(0.05, 0.3, 150),
}
_HEADINGS = {name: FIELDS[name] for name in ("phrasings", "question", "topics")}
_SATURATION = 2.0
# What words that were not typed, but intended, count beside typed ones.
_INTENT = 0.7
# What meaning counts beside words, where these say all and where they say nothing, as the first few candidates show.
_MEANING, _MEANING_ALONE, _JUDGED = 0.25, 1.5, 5
# What it counts to be about the drug that was named, not only to mention it.
_IN_SCOPE = 0.8


class Score(NamedTuple):
    """How well one candidate answers: in words as typed (1 for the best of them), in meaning (a cosine), in all.

    `total` is what orders them: the fit, and more for what is about the drug that was named.
    """

    words: float
    meaning: float
    fit: float
    total: float


def rarity(answers: int, total: int) -> float:
    """The inverse document frequency of a token that `answers` of `total` answers hold."""
    return log(1 + (max(total, answers) - answers + 0.5) / (answers + 0.5))


def rank(
    candidates: Sequence[Candidate],
    terms: Terms,
    rarities: Mapping[str, float],
    worth: Mapping[str, float],
    cosines: Sequence[float] | None,
) -> list[tuple[int, Score]]:
    """The places of `candidates` with their scores, the best first, equals in the order of their numbers.

    `worth` is that of each token that was typed (`floor.worth`); `cosines` are those of the candidates to the question,
    None where meaning takes no part.
    """
    sought = {token: weight * rarities.get(token, 0.0) for token, weight in terms.sought.items()}
    intended = {token: _INTENT * weight * rarities.get(token, 0.0) for token, weight in terms.intended.items()}
    typed = [bm25f(candidate, sought, FIELDS) for candidate in candidates]
    best = max(typed, default=0.0) or 1.0
    said = [(value + bm25f(each, intended, _HEADINGS)) / best for value, each in zip(typed, candidates, strict=True)]
    weight = _weight_of_meaning(candidates, said, terms, worth) if cosines is not None else 0.0
    near = cosines if cosines is not None else [0.0] * len(candidates)
    found = []
    for place, candidate in enumerate(candidates):
        fit = said[place] + weight * near[place]
        total = fit + (_IN_SCOPE if candidate.is_in_scope else 0.0)
        found.append((place, Score(typed[place] / best, near[place], fit, total)))
    return sorted(found, key=lambda pair: (-pair[1].total, candidates[pair[0]].number))


def _weight_of_meaning(
    candidates: Sequence[Candidate], said: Sequence[float], terms: Terms, worth: Mapping[str, float]
) -> float:
    """What a cosine counts beside words: little where the best answers hold all that was typed, else much."""
    best = sorted(range(len(candidates)), key=lambda place: -said[place])[:_JUDGED]
    covered = max((coverage(candidates[place], terms, worth) for place in best), default=0.0)
    return _MEANING + _MEANING_ALONE * (1 - covered)


def bm25f(candidate: Candidate, worth: Mapping[str, float], fields: Mapping[str, _Field]) -> float:
    """What the tokens of `worth`, each worth so much, say for `candidate`."""
    frequencies: dict[str, float] = {}
    # Most candidates hold few of the tokens: to look once into all fields spares looking into each.
    texts = [getattr(candidate, name) for name in fields]
    everything = "".join(texts)
    held = [(token, f" {token} ") for token in worth if f" {token} " in everything]
    if not held:
        return 0.0
    for tokens, field in zip(texts, fields.values(), strict=True):
        scale = 0.0
        for token, spaced in held:
            count = tokens.count(spaced)
            if count:
                scale = scale or _scale(tokens, field)
                frequencies[token] = frequencies.get(token, 0.0) + scale * count
    return sum(
        worth[token] * frequency * (_SATURATION + 1) / (_SATURATION + frequency)
        for token, frequency in frequencies.items()
    )


def _scale(tokens: str, field: _Field) -> float:
    """What one occurrence in a field of this length counts."""
    length = tokens.count(" ") - 1
    return field.weight / (1 - field.length_penalty + field.length_penalty * length / field.usual_length)
