"""Reads the audit trail from its beginning and says whether it is whole, computing every hash anew.

The form that is hashed stands here a second time, apart from the database's own (migrations/0002_chain.py): each part
as the length of its UTF-8, a colon and the text, or a hyphen where there is none; parts are joined by commas.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.audit.watching import TRIGGER, Watch

FIRST = "0" * 64
# So many are held in memory at once.
BATCH = 2000
_ROWS = """
SELECT position, previous, hash, at, actor_id, actor, via, action, kind, key, place, label,
    before::text, after::text, reason, is_note
FROM audit_entry WHERE position > %s ORDER BY position LIMIT %s
"""
_PENDING = "SELECT count(*) FROM audit_pending WHERE xact <> coalesce(pg_current_xact_id_if_assigned(), '0')"
_TRIGGERS = """
SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace
    AND tgname IN (%s, 'entries_never_change') AND tgenabled IN ('O', 'A')
"""


class Row(NamedTuple):
    """One entry as the database holds it."""

    position: int
    previous: str
    hash: str
    at: datetime
    actor_id: int | None
    actor: str
    via: str
    action: str
    kind: str
    key: str
    place: str
    label: str
    before: str | None
    after: str | None
    reason: str
    is_note: bool

    @property
    def computed(self) -> str:
        """The hash that the entry must bear."""
        return hashlib.sha256(canonical(self)).hexdigest()


class Head(NamedTuple):
    """The last entry: its position and hash stand for all that came before."""

    position: int
    hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


class Break(Exception):
    """The trail is not whole; `position` is the first place where that shows."""

    def __init__(self, position: int, what: str) -> None:
        super().__init__(what)
        self.position = position


def canonical(row: Row) -> bytes:
    """What is hashed of an entry."""
    at = row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    actor_id = None if row.actor_id is None else str(row.actor_id)
    named = row.actor, row.via, row.action, row.kind, row.key, row.place, row.label
    told = row.before, row.after, row.reason, "true" if row.is_note else "false"
    parts = (row.previous, str(row.position), at, actor_id, *named, *told)
    return b",".join(b"-" if part is None else _measured(part) for part in parts)


def _measured(part: str) -> bytes:
    encoded = part.encode()
    return b"%d:%s" % (len(encoded), encoded)


def rows() -> Iterator[Row]:
    """All entries in order, few in memory at a time; also those that are added meanwhile."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [last, BATCH])
            found = [Row(*values) for values in cursor.fetchall()]
        yield from found
        if len(found) < BATCH:
            return
        last = found[-1].position


def verify(entries: Iterable[Row], noted: Head | None = None) -> Head:
    """Follows the chain through `entries`; returns its head. Raises Break at the first place that is wrong.

    `noted` is a head that somebody wrote down elsewhere: the chain must have passed through it.
    """
    head = Head(0, FIRST)
    for row in entries:
        _check(row, head)
        head = Head(row.position, row.hash)
        if noted and noted.position == head.position and noted.hash != head.hash:
            raise Break(head.position, f"entry {head.position} is another one than was noted: history was rewritten")
    if noted and noted.position > head.position:
        raise Break(head.position + 1, f"entries {head.position + 1} to {noted.position} are missing: the end was cut")
    return head


def _check(row: Row, head: Head) -> None:
    expected = head.position + 1
    if row.position > expected:
        many = f"entries {expected} to {row.position - 1} are missing"
        raise Break(expected, f"entry {expected} is missing" if row.position == expected + 1 else many)
    if row.position < expected:
        raise Break(row.position, f"entry {row.position} is out of order")
    if row.hash != row.computed:
        raise Break(row.position, f"entry {row.position} was changed: it does not have the hash that it bears")
    if row.previous != head.hash:
        raise Break(
            row.position,
            f"entry {row.position} is out of order: it does not follow on what stands before it, so one of the two was"
            " replaced",
        )


def unchained() -> int:
    """How many changes wait to be chained although their transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute(_PENDING)
        return int(cursor.fetchone()[0])


def watched() -> set[str]:
    """The tables that migrations attach to the trail."""
    migrations = MigrationLoader(None).disk_migrations.values()
    return {step.table for migration in migrations for step in migration.operations if isinstance(step, Watch)}


def unwatched() -> list[str]:
    """Tables whose trigger is off or gone: those that are not recorded any more, and the trail itself."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS, [TRIGGER])
        found = {table for (table,) in cursor.fetchall()}
    return sorted((watched() | {"audit_entry"}) - found)
