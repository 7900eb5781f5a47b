"""Runs a prepared model file: texts in, unit vectors out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from faq.search.meaning.graph import IDS, VECTORS
from faq.search.meaning.packages import Vectors, load, numpy
from faq.search.meaning.tokenizer import Tokenizer

# Under this key the model file carries its vocabulary, so that it is all that a server needs.
VOCABULARY = "vocabulary"


class Encoder:
    """One loaded model. Threads may share it, processes may not: make it after they are forked."""

    def __init__(self, path: Path) -> None:
        """Loads the model file at `path` and tries it once. Raises whatever its runtime raises, or ValueError."""
        self._session = _session(path)
        self._tokenizer = Tokenizer(self._session.get_modelmeta().custom_metadata_map[VOCABULARY])
        self.dimensions: int = self._session.get_outputs()[0].shape[1]
        if not numpy.isfinite(self.encode(["A question?"], 8)).all():
            raise ValueError("its vectors are no numbers")

    def encode(self, texts: Sequence[str], length: int) -> Vectors:
        """The unit vector of each text, in rows, of its first `length` tokens (marks of start and end included)."""
        found = numpy.zeros((len(texts), self.dimensions), dtype=numpy.float32)
        # One at a time: on one thread several together are hardly faster, and a vector would depend on its company.
        for row, text in enumerate(texts):
            ids = numpy.array([self._tokenizer.ids(text, length)], dtype=numpy.int64)
            found[row] = self._session.run([VECTORS], {IDS: ids})[0][0]
        return found

    def knows(self, word: str) -> bool:
        """Whether `word`, in lower case, is a word of everyday language."""
        return self._tokenizer.has(word)


def _session(path: Path) -> Any:
    runtime = load("onnxruntime")
    options = runtime.SessionOptions()
    # Visitors are served by several processes: one more thread of one of them only takes another's core.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what is wrong comes back as an exception
    return runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
