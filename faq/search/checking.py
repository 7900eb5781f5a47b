"""Finds where the index is not true to the published answers, and mends it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from enum import Enum

from django.db import connection, transaction

from faq.models import Faq, FaqVersion
from faq.search import index, vocabulary
from faq.search.meaning import model, source
from faq.search.models import LearntAbbreviation
from faq.search.rebuilding import Each, batches, gone, remove_gone
from faq.search.vocabulary import FEW, Wrong


class Drift(Enum):
    """The ways in which an index differs from what is published."""

    MISSING = "Published answers without an entry"
    MOVED = "Entries of another version, drug or market than the published one"
    DIFFERENT = "Entries that read differently from their answer"
    MEANINGLESS = "Entries without the meaning that the model gives them"
    GONE = "Entries of answers that are not published"
    WORDS = "Words with a wrong count or stem"
    NAMES = "Drugs that are recognised by other names than their own"


# The first of these that is true says what is wrong with an entry.
_COMPARE = f"""
SELECT faq_id, CASE
    WHEN entry.faq_id IS NULL THEN 'MISSING'
    WHEN (entry.version_id, entry.drug_id, entry.market_id) <> (row.version_id, row.drug_id, row.market_id)
        THEN 'MOVED'
    WHEN (entry.recipe, entry.text, entry.names, entry.phrasings, entry.question, entry.topics, entry.answer,
        entry.body, entry.forms, entry.head, entry.rest, entry.typed) IS DISTINCT FROM (row.recipe, row.text, row.names,
        row.phrasings, row.question, row.topics, row.answer, row.body, row.forms, row.head, row.rest, row.typed)
        THEN 'DIFFERENT'
    WHEN row.model <> '' AND (entry.model <> row.model OR entry.vector IS NULL OR entry.bits IS NULL)
        THEN 'MEANINGLESS'
END
FROM ({index.ROWS}) AS row LEFT JOIN search_searchentry entry USING (faq_id)
"""  # noqa: S608  (the values are parameters)


def check(*, mend: bool = False, each: Each = lambda _: None) -> dict[Drift, Wrong]:
    """What is wrong with the index, as content IDs, words or slugs of drugs; mended if so wished.

    `each` hears of how many answers were compared.
    """
    found: dict[Drift, Wrong] = _entries(mend, each)
    found[Drift.GONE] = Wrong(gone().count(), _content_ids(list(gone().values_list("faq", flat=True)[:FEW])))
    if mend:
        remove_gone()
    # After the entries, from which they come.
    found[Drift.WORDS] = vocabulary.words(mend=mend)
    found[Drift.NAMES] = vocabulary.names(mend=mend)
    return {kind: found[kind] for kind in Drift if kind in found and found[kind].number}


def _entries(mend: bool, each: Each) -> dict[Drift, Wrong]:
    counts: dict[Drift, int] = defaultdict(int)
    first: dict[Drift, list[int]] = defaultdict(list)
    for keys in batches():
        for faq, drift in _look([key for key, _ in keys], mend).items():
            counts[drift] += 1
            first[drift] += [faq][: FEW - len(first[drift])]
        each(len(keys))
    return {drift: Wrong(counts[drift], _content_ids(first[drift])) for drift in counts}


def _look(keys: Sequence[int], mend: bool) -> dict[int, Drift]:
    """What is wrong with the entries of these versions, by FAQ."""
    found = _differences(index.fetch(keys))
    if not found:
        return {}
    # Somebody may have published between two queries: look again once nobody writes the index.
    with transaction.atomic():
        index.wait()
        published = FaqVersion.objects.published().filter(faq__in=found)
        versions = index.fetch(list(published.values_list("pk", flat=True)))
        found = _differences(versions)
        if mend:
            index.refresh(version for version in versions if version.faq_id in found)
    return found


def _differences(versions: Sequence[FaqVersion]) -> dict[int, Drift]:
    meaning = source.IDENTITY if model.state().is_on else ""
    rows = [{**index.row(version), "model": meaning if _is_understood(version) else ""} for version in versions]
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE, [json.dumps(rows)])
        found = {faq: Drift[drift] for faq, drift in cursor.fetchall() if drift}
    return {**dict.fromkeys(_wrong_abbreviations(versions), Drift.DIFFERENT), **found}


def _is_understood(version: FaqVersion) -> bool:
    return source.speaks(version.faq.drug.market.language_tag)


def _wrong_abbreviations(versions: Sequence[FaqVersion]) -> list[int]:
    held = defaultdict(set)
    kept = LearntAbbreviation.objects.filter(entry__in=[version.faq_id for version in versions])
    for faq, short, long in kept.values_list("entry", "short", "long"):
        held[faq].add((short, long))
    return [version.faq_id for version in versions if index.abbreviations(version) != held[version.faq_id]]


def _content_ids(faqs: Sequence[int]) -> list[str]:
    return list(Faq.objects.filter(pk__in=faqs).order_by("pk").values_list("content_id", flat=True))
