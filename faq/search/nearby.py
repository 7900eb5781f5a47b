"""Where to look on when nothing answers: the drugs and topics that come nearest."""

from collections.abc import Sequence

from faq.models import Drug, Topic
from faq.models.faq import LabelStatus
from faq.search import floor
from faq.search.candidates import Candidate
from faq.search.ranking import Score
from faq.search.understanding import Asked

# Of so many candidates, and so many of each kind are offered.
_LOOKED_AT, _OFFERED = 5, 3
# What comes no nearer than this has nothing to do with the question.
_LEAST_SHARE, _LEAST_COSINE = 0.3, 0.4


def among(asked: Asked, found: Sequence[tuple[Candidate, Score]]) -> list[Candidate]:
    """Those of the best candidates that have something to do with the question.

    None goes beyond the label unless its drug was named: to lead there unasked would promote it.
    """
    return [
        candidate
        for candidate, score in found[:_LOOKED_AT]
        if (candidate.label_status == LabelStatus.ON_LABEL or candidate.is_in_scope)
        and (score.meaning >= _LEAST_COSINE or floor.coverage(candidate, asked.terms, asked.worth) >= _LEAST_SHARE)
    ]


def drugs(asked: Asked, near: Sequence[Candidate]) -> list[Drug]:
    """The drugs that were named, or else those of the nearest answers."""
    if asked.scope_drugs:
        return asked.scope_drugs[:_OFFERED]
    numbers = list(dict.fromkeys(candidate.drug for candidate in near))[:_OFFERED]
    if not numbers:
        return []
    found = {drug.pk: drug for drug in Drug.objects.filter(pk__in=numbers).select_related("market")}
    return [found[number] for number in numbers if number in found]


def topics(near: Sequence[Candidate]) -> list[Topic]:
    """The topics under which the nearest answers are filed."""
    numbers = list(dict.fromkeys(number for candidate in near for number, _ in candidate.filed))[:_OFFERED]
    if not numbers:
        return []
    found = Topic.objects.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]
