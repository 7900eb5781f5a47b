"""File locks between processes. The kernel drops them when their holder ends, however it ends.

They are flock(2) locks, which belong to the open file: a program that inherits the file keeps the lock with
it. POSIX record locks would not do, since nobody inherits those.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def shared(path: Path) -> int:
    """Waits for a shared lock on the file. Closing the descriptor that it returns gives the lock back."""
    return _locked(path, fcntl.LOCK_SH)


def try_exclusive(path: Path) -> int | None:
    """A descriptor that holds an exclusive lock on the file, or None while anyone else holds a lock on it."""
    try:
        return _locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Waits for an exclusive lock on the file and holds it inside the block."""
    descriptor = _locked(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def is_exclusive(path: Path) -> bool:
    """Whether someone holds an exclusive lock on the file. Others who ask at the same time do not count."""
    try:
        os.close(_locked(path, fcntl.LOCK_SH | fcntl.LOCK_NB))
    except BlockingIOError:
        return True
    return False


def _locked(path: Path, kind: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
