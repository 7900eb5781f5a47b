"""Compares the words and names that search knows with what they come from, and mends them.

Triggers count the words and every verb of the index writes the names, so only damage from outside makes them wrong.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection, transaction

from faq.models import Drug
from faq.search import index

_BATCH = 200
# How many are named of what is wrong.
FEW = 5

# One statement sees entries and words as they are at one moment, at which they agree however much is being published.
# While entries of two recipes stand side by side, a word may have the stem of either.
_FIND = """
CREATE TEMPORARY TABLE search_wrong_words ON COMMIT DROP AS
WITH counted AS (
    SELECT found.market_id, found.word, min(found.stem) AS least, max(found.stem) AS stem,
        sum(found.answers) AS answers, sum(found.heads) AS heads
    FROM search_searchentry entry, search_count_words(entry.market_id, entry.forms, entry.typed, 1) AS found
    GROUP BY found.market_id, found.word
)
SELECT market_id, word, counted.stem, coalesce(counted.answers, 0) - coalesce(held.answers, 0) AS answers,
    coalesce(counted.heads, 0) - coalesce(held.heads, 0) AS heads
FROM counted FULL JOIN search_searchword held USING (market_id, word)
WHERE (counted.answers, counted.heads) IS DISTINCT FROM (held.answers, held.heads)
    OR held.stem NOT IN (counted.least, counted.stem)
"""
_FIRST = "SELECT word FROM search_wrong_words ORDER BY word LIMIT %s"

# The difference is added, not the count written: what was published since has changed both sides alike.
_MEND = """
DELETE FROM search_searchword held USING search_wrong_words wrong
WHERE held.market_id = wrong.market_id AND held.word = wrong.word AND held.answers + wrong.answers <= 0;

UPDATE search_searchword held
SET answers = held.answers + wrong.answers, heads = greatest(0, held.heads + wrong.heads),
    stem = coalesce(wrong.stem, held.stem)
FROM search_wrong_words wrong
WHERE held.market_id = wrong.market_id AND held.word = wrong.word;

INSERT INTO search_searchword (market_id, word, stem, answers, heads)
SELECT market_id, word, stem, answers, greatest(0, heads) FROM search_wrong_words WHERE answers > 0
ON CONFLICT (market_id, word) DO NOTHING;
"""


class Wrong(NamedTuple):
    """How many are wrong, and what the first few of them are called."""

    number: int
    first: list[str]


@transaction.atomic
def words(*, mend: bool) -> Wrong:
    """The words whose counts or stem differ from what the entries hold; mended if so wished."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND)
        count = cursor.rowcount
        cursor.execute(_FIRST, [FEW])
        wrong = Wrong(count, [word for (word,) in cursor.fetchall()])
        if mend and count:
            index.wait()
            cursor.execute(_MEND)
        # An outer transaction may ask again.
        cursor.execute("DROP TABLE search_wrong_words")
    return wrong


def names(*, mend: bool) -> Wrong:
    """The drugs that are recognised by other names than their own; mended if so wished."""
    wrong: list[str] = []
    count = 0
    for keys in _drugs():
        found = _names(keys, mend)
        count += len(found)
        wrong += found[: FEW - len(wrong)]
    return Wrong(count, wrong)


@transaction.atomic
def _names(keys: list[int], mend: bool) -> list[str]:
    index.wait()
    drugs = list(Drug.objects.filter(pk__in=keys).order_by("pk").prefetch_related("names"))
    surplus, missing = index.name_changes(drugs)
    changed = {name.drug_id for name in surplus + missing}
    wrong = [drug for drug in drugs if drug.pk in changed]
    if mend:
        index.write_names(wrong)
    return [drug.slug for drug in wrong]


def _drugs() -> Iterator[list[int]]:
    """The keys of all drugs, some at a time."""
    keys = [0]
    while keys := list(Drug.objects.filter(pk__gt=keys[-1]).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        yield keys
