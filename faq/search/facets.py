"""Counts by what results can be narrowed, and narrows them. Pure."""

from collections import Counter
from collections.abc import Sequence

from faq.models.faq import LabelStatus
from faq.search.candidates import Candidate
from faq.search.results import Facet, Facets, Narrowing


def narrowed(found: Sequence[Candidate], by: Narrowing) -> list[Candidate]:
    """Those of `found` that the reader's choice leaves, in their order."""
    return [candidate for candidate in found if _fits(candidate, by)]


def count(found: Sequence[Candidate], by: Narrowing) -> Facets:
    """Of each value how many of `found` it would leave, under what is chosen of the other kinds."""
    drugs = narrowed(found, by._replace(drug=""))
    categories = narrowed(found, by._replace(category=""))
    statuses = narrowed(found, by._replace(status=""))
    filed = [topic for candidate in narrowed(found, by._replace(topic=None)) for topic in candidate.filed]
    return Facets(
        _facets([(candidate.drug_slug, candidate.drug_name) for candidate in drugs], by.drug),
        _facets([(candidate.category_slug, candidate.category_name) for candidate in categories], by.category),
        _facets([(str(number), name) for number, name in filed], "" if by.topic is None else str(by.topic)),
        _facets([(status, _label(status)) for status in (found.label_status for found in statuses)], by.status),
    )


def _fits(candidate: Candidate, by: Narrowing) -> bool:
    return (
        by.drug in ("", candidate.drug_slug)
        and by.category in ("", candidate.category_slug)
        and by.status in ("", candidate.label_status)
        and (by.topic is None or by.topic in [number for number, _ in candidate.filed])
    )


def _facets(values: Sequence[tuple[str, str]], chosen: str) -> list[Facet]:
    """The most frequent value first; of equals, the first in the alphabet."""
    counted = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0][1].casefold()))
    return [Facet(value, label, number, value == chosen) for (value, label), number in counted]


def _label(status: str) -> str:
    return str(LabelStatus(status).label)
