"""Whether the tallies are what the votes say, and bringing them in step again."""

from datetime import date
from typing import NamedTuple

from django.db import connection

# One statement sees one moment, in which votes and tallies of each transaction are both there or both not.
_DIFFERENCES = """
WITH votes AS (
    SELECT version_id, day, satisfied, CASE suspicion WHEN '' THEN 'counted' ELSE 'suspect' END AS standing,
        count(*) AS number
    FROM faq_feedback GROUP BY 1, 2, 3, 4
), difference AS (
    SELECT version_id, day, satisfied, standing, coalesce(votes.number, 0) AS votes,
        coalesce(tally.number, 0) AS tallied, tally.id AS tally
    FROM votes FULL JOIN (SELECT * FROM faq_tally WHERE standing <> 'turned-away') tally
        USING (version_id, day, satisfied, standing)
    WHERE coalesce(votes.number, 0) <> coalesce(tally.number, 0)
)
"""
_LIST = f"""{_DIFFERENCES}
SELECT version_id, day, satisfied, standing, votes, tallied FROM difference ORDER BY 1, 2, 3, 4
"""  # noqa: S608
# What was wrong is added, not set: votes that come meanwhile are counted by their trigger, and stay counted.
_MEND = f"""{_DIFFERENCES}, mended AS (
    UPDATE faq_tally SET number = faq_tally.number + difference.votes - difference.tallied
    FROM difference WHERE faq_tally.id = difference.tally
    RETURNING faq_tally.id
), added AS (
    INSERT INTO faq_tally (version_id, day, satisfied, standing, number)
    SELECT version_id, day, satisfied, standing, votes FROM difference WHERE tally IS NULL
    ON CONFLICT (version_id, day, satisfied, standing) DO UPDATE SET number = faq_tally.number + excluded.number
    RETURNING id
)
SELECT (SELECT count(*) FROM mended) + (SELECT count(*) FROM added)
"""  # noqa: S608


class Difference(NamedTuple):
    """A tally that says something else than the votes do."""

    version: int
    day: date
    satisfied: bool
    standing: str
    votes: int
    tallied: int

    def __str__(self) -> str:
        said = "yes" if self.satisfied else "no"
        return f"Version {self.version}, {self.day}, {self.standing} {said}: {self.votes} votes, tallied {self.tallied}"


def differences() -> list[Difference]:
    """Every tally that is not what the votes say; those that were turned away are in no vote, and not compared."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST)
        return [Difference(*row) for row in cursor.fetchall()]


def mend() -> int:
    """Brings the tallies in step with the votes; returns how many were not."""
    with connection.cursor() as cursor:
        cursor.execute(_MEND)
        return int(cursor.fetchone()[0])
