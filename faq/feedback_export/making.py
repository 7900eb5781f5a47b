"""The files that are asked for in the browser: asked for, made, stopped, fetched and forgotten.

A small one is made at once. A large one is made by a process of its own (docs/decisions/0028): it would take the
threads of the server from others for a minute, and its memory would stay there.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from faq.feedback_export import writing
from faq.feedback_export.kinds import KINDS, Counts, Kind
from faq.feedback_export.shown import Shown, shown
from faq.feedback_export.writing import Order, Stopped
from faq.models import ExportPart, FeedbackExport
from portal.accounts.models import User
from portal.audit import acting, note

# Up to so many rows, a file is there before anybody would look at its progress.
SMALL = 5000
# Bytes of one part. To store one takes some ten times as much of memory, and of rows that are read at once as well:
# these keep the process below 100 MB, of which it takes 94 before the first row.
PART = 1 << 17
State = FeedbackExport.State


class Busy(Exception):
    """Another file is being made for the same person."""


def ask(kind: Kind, form: str, query: str, *, by: User) -> FeedbackExport:
    """Asks for what `by` sees on the list of `kind` at `query`; a small file is ready when this returns.

    Raises Busy, or Unreadable where the list cannot be shown like this.
    """
    forget_old()
    end_lost()
    expected = shown(kind, query, by).rows.count()
    try:
        with transaction.atomic():
            export = FeedbackExport.objects.create(
                kind=kind.key, form=form, query=query, asked_by=by, expected=expected
            )
    except IntegrityError as error:
        raise Busy("Another file is still being made for you.") from error
    if expected <= SMALL:
        make(export)
    else:
        _make_apart(export)
    return export


def make(export: FeedbackExport) -> None:
    """Writes the file of `export`, unless somebody else does or it was stopped."""
    if not _move(export, (State.WAITING,), State.MAKING, heard_at=timezone.now()):
        return
    parts = _Parts(export)
    try:
        found = shown(KINDS[export.kind], export.query, export.asked_by)
        counts = writing.write(_ordered(export, found), parts.take, lambda counts: _tell(export, counts))
        parts.finish()
        told = {"written": counts.written, "left_out": counts.left_out, "size": parts.size}
        if not _move(export, (State.MAKING,), State.READY, **told):
            export.parts.all().delete()
    except Stopped:
        export.parts.all().delete()
    except BaseException:
        _move(export, (State.MAKING,), State.FAILED)
        export.parts.all().delete()
        raise


def stop(export: FeedbackExport) -> None:
    """Ends the making of `export`; who makes it finds that out, and deletes what it wrote."""
    _move(export, (State.WAITING, State.MAKING), State.STOPPED)


def end_lost() -> None:
    """Calls failed what nobody makes any more, for its process was killed."""
    for export in FeedbackExport.objects.lost():
        if _move(export, (State.WAITING, State.MAKING), State.FAILED):
            export.parts.all().delete()
            with acting(export.asked_by):
                _note("export broken off", export, {"because": "nothing was heard of who made it"})


def forget_old() -> int:
    """Deletes files that were kept long enough; how many there were."""
    _, deleted = FeedbackExport.objects.old().delete()
    return deleted.get(FeedbackExport._meta.label, 0)


def sent(export: FeedbackExport) -> Iterator[bytes]:
    """The bytes of a file that is ready, for a response; whether all of them were fetched is an entry in the trail."""
    size = 0
    try:
        for number in export.parts.values_list("number", flat=True):
            piece = bytes(export.parts.values_list("content", flat=True).get(number=number))
            yield piece
            size += len(piece)
    finally:
        action = "fetched" if size == export.size else "fetching broken off"
        with acting(export.asked_by):
            _note(action, export, {"rows": export.written, "bytes": size, "of bytes": export.size})


def facts(export: FeedbackExport) -> Mapping[str, object]:
    """What the dictionary of a file tells of the file."""
    found = shown(KINDS[export.kind], export.query, export.asked_by)
    return writing.facts(_ordered(export, found), Counts(export.written, export.left_out), at=export.asked_at)


def filters(export: FeedbackExport) -> Mapping[str, str]:
    """What the list was narrowed by, in words."""
    return shown(KINDS[export.kind], export.query, export.asked_by).filters


def _ordered(export: FeedbackExport, found: Shown) -> Order:
    way = {"way": "list", "query": export.query, "number": export.pk}
    return Order(KINDS[export.kind], export.form, found.rows, found.filters, export.asked_by, way)


def _make_apart(export: FeedbackExport) -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_feedback_export", str(export.pk)]
    quiet = subprocess.DEVNULL
    # In a session of its own, it goes on while the server starts anew; somebody has to wait for its end.
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, start_new_session=True)
    Thread(target=process.wait, name="export", daemon=True).start()


def _tell(export: FeedbackExport, counts: Counts) -> None:
    told = {"written": counts.written, "left_out": counts.left_out, "heard_at": timezone.now()}
    if not _move(export, (State.MAKING,), State.MAKING, **told):
        raise Stopped("stopped by who had asked for it")


def _move(export: FeedbackExport, before: tuple[str, ...], after: str, **told: Any) -> bool:
    """Whether `export` was in one of the states `before`, and is `after` now, which other processes see at once."""
    moved = FeedbackExport.objects.filter(pk=export.pk, state__in=before).update(state=after, **told)
    if moved:
        export.state = after
        for name, value in told.items():
            setattr(export, name, value)
    return bool(moved)


def _note(action: str, export: FeedbackExport, said: Mapping[str, object]) -> None:
    kind = KINDS[export.kind]
    label = f"{kind.key.capitalize()} as {export.form}"
    note(action, kind.model._meta.db_table, label, facts={"number": export.pk, "query": export.query, **said})


class _Parts:
    """Takes the bytes of a file and keeps them as rows, one part of them in memory."""

    def __init__(self, export: FeedbackExport) -> None:
        self.export, self.number, self.size, self.held = export, 0, 0, bytearray()

    def take(self, piece: bytes) -> None:
        self.held += piece
        if len(self.held) >= PART:
            self.finish()

    def finish(self) -> None:
        """Stores what is held."""
        ExportPart.objects.create(export=self.export, number=self.number, content=bytes(self.held))
        self.number, self.size, self.held = self.number + 1, self.size + len(self.held), bytearray()
