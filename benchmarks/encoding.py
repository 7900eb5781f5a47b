"""Remembers the sentence model's vectors on disk: a collection whose index is made anew need not be read again."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from faq.search.meaning import model, source
from faq.search.meaning.packages import Vectors, numpy

# The runtime computes outside of Python's lock, so that this many texts are read at a time.
THREADS = 2

_Encode = Callable[[Sequence[str], int], Vectors | None]


@contextmanager
def remembered(path: Path) -> Iterator[None]:
    """Within it, `model.encode` computes a vector only where the file at `path` has none of the same text and model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=600, isolation_level=None)) as memory:
        memory.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        with patch.object(model, "encode", _remembering(memory, model.encode)):
            yield


def _remembering(memory: sqlite3.Connection, compute: _Encode) -> Callable[..., Vectors | None]:
    def encode(texts: Sequence[str], length: int = model.LENGTH) -> Vectors | None:
        if not model.state().is_on or not texts:
            return compute(texts, length)
        keys = {text: _key(text, length) for text in texts}
        held = {text: vector for text, key in keys.items() if (vector := _held(memory, key)) is not None}
        missing = [text for text in keys if text not in held]
        made = _parallel(compute, missing, length)
        if made is None:
            return compute(texts, length)
        memory.executemany(
            "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
            [(keys[text], vector.tobytes()) for text, vector in zip(missing, made, strict=True)],
        )
        held.update(zip(missing, made, strict=True))
        return numpy.stack([held[text] for text in texts])

    return encode


def _parallel(compute: _Encode, texts: Sequence[str], length: int) -> list[Vectors] | None:
    """The vectors of `texts`, in order; None where the model gives none."""
    parts = [texts[start::THREADS] for start in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(lambda part: compute(part, length), parts))
    found: dict[str, Vectors] = {}
    for part, vectors in zip(parts, made, strict=True):
        if vectors is None:
            return None
        found.update(zip(part, vectors, strict=True))
    return [found[text] for text in texts]


def _held(memory: sqlite3.Connection, key: bytes) -> Vectors | None:
    row = memory.execute("SELECT vector FROM vectors WHERE key = ?", [key]).fetchone()
    return numpy.frombuffer(row[0], dtype=numpy.float32) if row else None


def _key(text: str, length: int) -> bytes:
    return hashlib.sha256(f"{source.IDENTITY}\0{length}\0{text}".encode()).digest()
