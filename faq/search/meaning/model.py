"""The sentence model of this process: loaded at first use, and off, with the reason, where it cannot be used."""

import logging
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from faq.search.meaning import packages, source
from faq.search.meaning.encoder import Encoder
from faq.search.meaning.packages import Vector, Vectors

# Tokens, of which an English word takes about 1.3: a question with room to spare.
LENGTH = 64
_REMEMBERED = 1024

logger = logging.getLogger(__name__)


class State(NamedTuple):
    """Whether the model is on, and a line for people that says so or why not."""

    is_on: bool
    says: str

    def __str__(self) -> str:
        return self.says


# Path, time of change and size of a model file: a file that was prepared anew is tried anew.
_Stamp = tuple[Path, int, int]


class _Attempt(NamedTuple):
    stamp: _Stamp
    outcome: Encoder | str


_lock = threading.Lock()
_last: _Attempt | None = None


def encode(texts: Sequence[str], length: int = LENGTH) -> Vectors | None:
    """A unit vector for each text, in rows of float32, of its first `length` tokens; None while the model is off."""
    encoder = _encoder()
    if isinstance(encoder, str):
        return None
    try:
        return encoder.encode(texts, length)
    except Exception as error:  # whatever a runtime of C++ may raise, search goes on by words
        _give_up(encoder, error)
        return None


def vector(text: str, length: int = LENGTH) -> Vector | None:
    """The unit vector of a visitor's `text`, read-only and remembered; None while the model is off."""
    encoder = _encoder()
    if isinstance(encoder, str):
        return None
    try:
        found: Vector = _remembered(encoder, text, length)
        return found
    except Exception as error:  # as above
        _give_up(encoder, error)
        return None


def knows(word: str) -> bool:
    """Whether `word`, in lower case, is a common English word as the model has learnt it; False while it is off."""
    encoder = _encoder()
    return not isinstance(encoder, str) and encoder.knows(word)


def state() -> State:
    """Whether the model is on. Loads it if need be, so whoever asks at start spares the first visitor the wait."""
    encoder = _encoder()
    return State(False, f"off: {encoder}") if isinstance(encoder, str) else State(True, f"on: {source.NAME}")


@lru_cache(maxsize=_REMEMBERED)
def _remembered(encoder: Encoder, text: str, length: int) -> Vector:
    found = encoder.encode([text], length).reshape(-1)
    found.flags.writeable = False
    return found


def _encoder() -> Encoder | str:
    """The loaded model, or why there is none."""
    if not settings.SEARCH_MEANING:
        return "switched off by SEARCH_MEANING"
    path = source.prepared(settings.VAR)
    try:
        found = path.stat()
    except OSError:
        return _without_file()
    return _attempt((path, found.st_mtime_ns, found.st_size)).outcome


def _without_file() -> str:
    missing = packages.missing()
    return f"not installed: {', '.join(missing)}" if missing else "not prepared: run manage.py prepare_model"


def _attempt(stamp: _Stamp) -> _Attempt:
    global _last
    if _last is None or _last.stamp != stamp:
        with _lock:
            if _last is None or _last.stamp != stamp:
                _last = _Attempt(stamp, _load(stamp[0]))
    return _last


def _load(path: Path) -> Encoder | str:
    missing = packages.missing()
    if missing:
        return f"not installed: {', '.join(missing)}"
    try:
        return Encoder(path)
    except Exception as error:  # a broken file raises anything from a protobuf error to a missing key
        return _warned(path, error)


def _give_up(encoder: Encoder, error: Exception) -> None:
    global _last
    with _lock:
        if _last is not None and _last.outcome is encoder:
            _last = _Attempt(_last.stamp, _warned(_last.stamp[0], error))


def _warned(path: Path, error: Exception) -> str:
    reason = f"{type(error).__name__}: {error}".partition("\n")[0]
    logger.warning("The sentence model %s cannot be used, search goes by words alone: %s", path, reason)
    return f"cannot be used ({reason})"


def _forget() -> None:
    """In a forked process: another thread of the parent may have held the lock, or have been inside the runtime."""
    global _lock, _last
    _lock, _last = threading.Lock(), None
    _remembered.cache_clear()


os.register_at_fork(after_in_child=_forget)
