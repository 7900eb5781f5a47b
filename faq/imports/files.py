"""Opens import files: JSON Lines, plain or gzip, from a path or from standard input."""

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

STANDARD_INPUT = "-"
_GZIP = b"\x1f\x8b"
_MARK = b"\xef\xbb\xbf"


class Unreadable(Exception):
    """A file that cannot be read at all, or not to its end."""


class NotAnObject(ValueError):
    """A line that does not hold one JSON object."""


def lines(name: str) -> Iterator[tuple[int, bytes]]:
    """The numbered lines of the file called `name` ("-" is standard input), without blank ones. Raises Unreadable."""
    try:
        with _opened(name) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line.removeprefix(_MARK) if number == 1 else line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable(f"{name}: the gzip data are damaged: {error}") from error
    except OSError as error:
        raise Unreadable(f"{name}: {error.strerror or error}") from error


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == STANDARD_INPUT:
        yield _expanded(sys.stdin.buffer)
        return
    with Path(name).open("rb") as stream:
        yield _expanded(stream)


def _expanded(stream: IO[bytes]) -> IO[bytes]:
    # The first bytes tell more than the name does, and standard input has no name.
    buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
    start = buffered.peek(2)[:2] if isinstance(buffered, io.BufferedReader) else b""
    return gzip.GzipFile(fileobj=buffered) if start == _GZIP else buffered  # type: ignore[return-value]


def decode(line: bytes) -> dict[str, Any]:
    """The JSON object on `line`. Raises NotAnObject with the reason."""
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise NotAnObject(f"not UTF-8: byte {line[error.start]:#04x} at position {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise NotAnObject(f"not JSON: {error.msg} at position {error.colno}") from error
    except RecursionError as error:
        raise NotAnObject("not JSON that can be read: nested too deeply") from error
    if not isinstance(found, dict):
        raise NotAnObject("not one JSON object on one line")
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise NotAnObject(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise NotAnObject(f"not JSON: {name} is no number")
