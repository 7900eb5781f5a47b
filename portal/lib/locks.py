"""Locks that all processes share, because the database holds them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def advisory_lock(name: str) -> None:
    """Waits until no other transaction holds the lock called `name`, and holds it until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


@contextmanager
def held_alone(name: str) -> Iterator[bool]:
    """Whether this connection holds the lock called `name` inside the block; False at once where another one does.

    It outlives transactions, and ends with the connection. A pool of connections outside of this process has to keep
    sessions, as PgBouncer does in its session mode.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
        is_held = bool(cursor.fetchone()[0])
    locked = connection.connection
    try:
        yield is_held
    finally:
        # A connection that broke has given its lock back, and the next one never had it.
        if is_held and connection.connection is locked and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_number(name)])


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
