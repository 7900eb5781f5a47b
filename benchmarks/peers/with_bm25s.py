"""bm25s, BM25 in arrays of numpy: all fields as one text, for it knows none."""

import logging
from collections.abc import Sequence

import bm25s
import numpy

from benchmarks.peers.entries import DEPTH, Entry

# It tells of every index it builds.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class Bm25s:
    name = "bm25s"

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._contents = [entry.content_id for entry in entries]
        self._keys = numpy.array([entry.drug_key for entry in entries])
        self._index = bm25s.BM25()
        texts = [" ".join(entry[2:]).split() for entry in entries]
        self._index.index(texts, show_progress=False)

    def search(self, tokens: list[str], drug_key: str) -> list[str]:
        mask = (self._keys == drug_key).astype("float32") if drug_key else None
        depth = min(DEPTH, len(self._contents))
        # It cannot be asked for words of which it knows none.
        known = [token for token in tokens if token in self._index.vocab_dict]
        if not known:
            return []
        places, scores = self._index.retrieve([known], k=depth, show_progress=False, weight_mask=mask)
        pairs = zip(places[0], scores[0], strict=True)
        return [self._contents[place] for place, score in pairs if score > 0]

    def close(self) -> None:
        del self._index
