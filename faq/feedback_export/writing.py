"""Writes one file, and the trail of it: that it was begun, and how it ended, whatever happens between."""

import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from faq.feedback_export import kinds
from faq.feedback_export.formats import FORMATS, Format, Take
from faq.feedback_export.kinds import Counts, Kind
from portal.audit import acting, note

# Seconds between two reports of how far a file is.
PACE = 0.5
# Between two looks at the clock, in rows.
LOOK = 100


@contextmanager
def ended_orderly() -> Iterator[None]:
    """Inside the block SIGTERM is an error like others: the trail is told, and temporary files are deleted."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Stopped(Exception):
    """Whoever asked for a file wants it no more."""


@dataclass
class Order:
    """What is to be written: the rows that a list shows, how it was narrowed, for whom, and by which way."""

    kind: Kind
    form: str
    shown: QuerySet[Any]
    filters: Mapping[str, str]
    by: Any = None
    way: Mapping[str, object] = field(default_factory=dict)

    @property
    def format(self) -> Format:
        return FORMATS[self.form]

    def told(self) -> dict[str, object]:
        return {"file": self.kind.key, "format": self.format.label, "filter": dict(self.filters), **self.way}


def write(order: Order, take: Take, tell: Callable[[Counts], None]) -> Counts:
    """Writes the file of `order`, and returns how many rows are in it.

    Args:
        take: is given the bytes.
        tell: is told how far it is, twice a second; what it raises ends the writing.

    Whatever ends it early, a killed process aside, is an entry in the trail with the rows that were written; that it
    was begun is one in any case.
    """
    counts, begun = Counts(), timezone.now()
    with acting(order.by):
        _log("export begun", order, {})
        try:
            found = _telling(kinds.rows(order.kind, order.shown, counts), counts, tell)
            order.format.write(order.kind, found, lambda: facts(order, counts), take)
            tell(counts)
        except BaseException as problem:
            _log("export broken off", order, {**_said(counts), "because": _because(problem), "begun": str(begun)})
            raise
        _log("exported", order, {**_said(counts), "begun": str(begun)})
    return counts


def facts(order: Order, counts: Counts, *, at: datetime | None = None) -> dict[str, object]:
    """What a file's dictionary tells of the file, which was made `at`, or now."""
    who = str(order.by) if order.by else "the system"
    told = {
        "made at": (at or timezone.now()).isoformat(timespec="seconds"),
        "made by": who,
        "narrowed by": order.filters,
    }
    return {**told, **of_counts(order.kind, counts)}


def of_counts(kind: Kind, counts: Counts) -> dict[str, object]:
    """How many rows a file has, and of remarks how many are not in it."""
    told: dict[str, object] = {"number of rows": counts.written}
    if kind.key == "remarks":
        told["left out"] = (
            f"{counts.left_out} remarks, because they wait for safety triage and the policy of their market says so"
        )
    return told


def _telling(
    rows: Iterator[list[object]], counts: Counts, tell: Callable[[Counts], None]
) -> Iterator[Sequence[object]]:
    last = monotonic()
    for number, row in enumerate(rows):
        if number % LOOK == 0 and monotonic() - last > PACE:
            tell(counts)
            last = monotonic()
        yield row


def _said(counts: Counts) -> dict[str, object]:
    return {"rows": counts.written, "left out": counts.left_out}


def _because(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__


def _log(action: str, order: Order, said: Mapping[str, object]) -> None:
    label = f"{order.kind.key.capitalize()} as {order.format.label}"
    note(action, order.kind.model._meta.db_table, label, facts={**order.told(), **said})
