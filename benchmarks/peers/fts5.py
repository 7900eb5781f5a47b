"""SQLite's full-text search: any of the words, by its weighted BM25."""

import sqlite3
from collections.abc import Sequence

from benchmarks.peers.entries import DEPTH, WEIGHTS, Entry

_SEARCH = """
SELECT content_id FROM entry WHERE entry MATCH :query AND (:key = '' OR drug_key = :key)
ORDER BY bm25(entry, 0, 0, {}), rowid LIMIT :depth
"""


class Fts5:
    name = "SQLite FTS5, OR"

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE entry USING fts5(content_id UNINDEXED, drug_key UNINDEXED, names, synonyms, question,"
            " answer, tokenize='unicode61')"
        )
        self._database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", entries)
        self._database.execute("INSERT INTO entry(entry) VALUES ('optimize')")
        self._sql = _SEARCH.format(", ".join(map(str, WEIGHTS)))

    def search(self, tokens: list[str], drug_key: str) -> list[str]:
        query = " OR ".join(f'"{token}"' for token in tokens)
        if not query:
            return []
        found = self._database.execute(self._sql, {"query": query, "key": drug_key, "depth": DEPTH})
        return [content_id for (content_id,) in found]

    def close(self) -> None:
        self._database.close()
