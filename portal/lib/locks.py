"""Locks that all processes share, because the database holds them."""

import hashlib

from django.db import connection


def advisory_lock(name: str) -> None:
    """Waits until no other transaction holds the lock called `name`, and holds it until this transaction ends."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
