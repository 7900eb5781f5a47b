"""PostgreSQL's own full-text search: any of the words, by ts_rank over one weighted vector with a GIN index."""

from collections.abc import Sequence

from django.db import connection, transaction

from benchmarks.peers.entries import DEPTH, WEIGHTS_WITHOUT_RARITY, Entry

_TABLE = """
DROP TABLE IF EXISTS peer_ts_rank;
CREATE TABLE peer_ts_rank (content_id text, drug_key text, words tsvector)
"""
_INSERT = """
INSERT INTO peer_ts_rank VALUES (%s, %s, setweight(to_tsvector('simple', %s), 'A')
    || setweight(to_tsvector('simple', %s), 'B') || setweight(to_tsvector('simple', %s), 'C')
    || setweight(to_tsvector('simple', %s), 'D'))
"""
INDEX = "CREATE INDEX ON peer_ts_rank USING gin (words); CREATE INDEX ON peer_ts_rank (drug_key); ANALYZE peer_ts_rank"
# Divided by 1 + the logarithm of the length. The weights are those of D, C, B and A.
_SEARCH = """
SELECT content_id FROM peer_ts_rank
WHERE words @@ %(query)s::tsquery {scope}
ORDER BY ts_rank(%(weights)s::float4[], words, %(query)s::tsquery, 1) DESC, content_id LIMIT %(depth)s
"""
_WEIGHTS = list(reversed(WEIGHTS_WITHOUT_RARITY))


class TsRank:
    name = "PostgreSQL ts_rank, OR"

    def __init__(self, entries: Sequence[Entry]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TABLE)
            cursor.executemany(_INSERT, entries)
            cursor.execute(INDEX)

    def search(self, tokens: list[str], drug_key: str) -> list[str]:
        return search(tokens, drug_key)

    def close(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE peer_ts_rank")


def search(tokens: list[str], drug_key: str) -> list[str]:
    """The best rows of peer_ts_rank, whoever made that table."""
    query = " | ".join(f"'{token}'" for token in tokens)
    sql = _SEARCH.format(scope="AND drug_key = %(key)s" if drug_key else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"query": query, "key": drug_key, "weights": _WEIGHTS, "depth": DEPTH})
        return [content_id for (content_id,) in cursor.fetchall()]
