"""How good a list of results is, by what judges said of the documents; the figures that search is compared by. Pure.

As trec_eval counts (https://github.com/usnistgov/trec_eval): a document that nobody judged is worth nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, log2
from typing import NamedTuple

# Worth 1 or more is related, worth 2 or more answers the question.
RELATED, RELEVANT = 1, 2
DEPTH = 10

Grades = Mapping[str, int]


class Quality(NamedTuple):
    """Means over questions, each from 0 to 1; nDCG over those with a related document, the rest with a relevant one."""

    ndcg10: float
    mrr10: float
    recall10: float
    success1: float
    success3: float


def quality(found: Mapping[str, Sequence[str]], judged: Mapping[str, Grades]) -> Quality:
    """How good the documents `found` for each question are, best first; both mappings go by the question's id.

    A question that no document answers, or of which nobody judged one, is left out.
    """
    related = {key: documents for key, documents in found.items() if holds(judged.get(key, {}), RELATED)}
    relevant = {key: documents for key, documents in found.items() if holds(judged.get(key, {}), RELEVANT)}

    def mean(measure: Callable[[Sequence[str], Grades], float], among: Mapping[str, Sequence[str]]) -> float:
        return sum(measure(documents, judged[key]) for key, documents in among.items()) / max(1, len(among))

    return Quality(
        mean(ndcg, related),
        mean(reciprocal_rank, relevant),
        mean(recall, relevant),
        mean(lambda documents, grades: success(documents, grades, 1), relevant),
        mean(lambda documents, grades: success(documents, grades, 3), relevant),
    )


def holds(grades: Grades, least: int) -> bool:
    """Whether a document is worth `least` or more."""
    return any(grade >= least for grade in grades.values())


def ndcg(found: Sequence[str], grades: Grades, depth: int = DEPTH) -> float:
    """Gain of the first `depth` documents, discounted by place, as a share of what the best order would gain.

    K. Järvelin and J. Kekäläinen, ACM Transactions on Information Systems 2002;20:422-446, with the grade as the gain
    and log2(place + 1) as the discount; the best order is that of all judged documents.
    """
    ideal = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(document, 0) for document in found[:depth]]) / ideal if ideal else 0.0


def reciprocal_rank(found: Sequence[str], grades: Grades, depth: int = DEPTH) -> float:
    """1 divided by the place of the first relevant document; 0 where none is among the first `depth`."""
    places = (place for place, document in enumerate(found[:depth], start=1) if grades.get(document, 0) >= RELEVANT)
    return 1 / next(places, float("inf"))


def recall(found: Sequence[str], grades: Grades, depth: int = DEPTH) -> float:
    """The share of all relevant documents that is among the first `depth`."""
    relevant = {document for document, grade in grades.items() if grade >= RELEVANT}
    return len(relevant & set(found[:depth])) / len(relevant) if relevant else 0.0


def success(found: Sequence[str], grades: Grades, depth: int) -> float:
    """1 where a relevant document is among the first `depth`, else 0."""
    return float(any(grades.get(document, 0) >= RELEVANT for document in found[:depth]))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` of them (0 to 1) do not exceed; 0 where there are none."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)] if values else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(max(0, grade) / log2(place + 1) for place, grade in enumerate(grades, start=1))
