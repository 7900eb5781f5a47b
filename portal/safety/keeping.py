"""What the keeping of visitors' words has to know of their flags, and what goes with the words."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.safety import kinds
from portal.safety.models import SafetyFlag


def waiting(kind: str) -> Q:
    """For a filter of rows: those whose text of `kind` waits for a person, or to be flagged."""
    return kinds.named(kind).waiting()


def raised(kind: str) -> QuerySet[SafetyFlag, int]:
    """The keys of rows whose text of `kind` was raised, whatever became of it."""
    return SafetyFlag.objects.filter(kind=kind).exclude(raised_at=None).values_list("source_id", flat=True)


def forget(kind: str, sources: Iterable[int]) -> int:
    """Empties of the flags of `sources` what quotes their texts; returns how many flags those were.

    That there was a flag, when it was due and what became of it stays, so that what was received can be reconciled.
    """
    return SafetyFlag.objects.filter(kind=kind, source_id__in=list(sources)).update(causes=[], points=[])
