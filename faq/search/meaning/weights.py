"""Reads a safetensors file: the length of a header, the header in JSON, then all numbers one after another."""

import json
import struct
from pathlib import Path
from typing import Any

from faq.search.meaning.packages import Vectors, numpy

_LENGTH = struct.Struct("<Q")
_LONGEST_HEADER = 100_000_000


class BadWeights(ValueError):
    """The file is not what the format says."""


def read(path: Path) -> dict[str, Vectors]:
    """The tensors of 32-bit numbers in the file at `path`, by name, mapped from the disk; others are left out.

    Raises BadWeights when the file is cut off or its header cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_LENGTH.size)
        length = _LENGTH.unpack(start)[0] if len(start) == _LENGTH.size else 0
        if not 0 < length <= _LONGEST_HEADER:
            raise BadWeights(f"{path} does not begin with the length of a header")
        header = file.read(length)
    try:
        data = numpy.memmap(path, dtype=numpy.uint8, mode="r", offset=_LENGTH.size + length)
        tensors = json.loads(header)
        return {name: _tensor(data, told) for name, told in tensors.items() if told.get("dtype") == "F32"}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadWeights(f"{path} cannot be read: {error}") from error


def _tensor(data: Any, told: dict[str, Any]) -> Vectors:
    start, end = told["data_offsets"]
    return data[start:end].view("<f4").reshape(told["shape"])  # type: ignore[no-any-return]
