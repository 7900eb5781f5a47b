"""Keeps the schedule: runs each command in its turn, on one machine at a time, and goes on whatever happens."""

import logging
import socket
from datetime import datetime, timedelta
from io import StringIO
from threading import Event, Thread

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from portal.clock.models import Chore
from portal.clock.schedule import SCHEDULE, Turn
from portal.lib.locks import held_alone

logger = logging.getLogger(__name__)

# Another machine may have run a command meanwhile, or been killed: nobody waits longer before looking again.
LOOK = timedelta(minutes=1)
# After the database could not be reached, or while another machine runs the command.
PAUSE = timedelta(seconds=5)
# Characters of what a command said that are kept.
KEPT = 4000


def keep(stop: Event) -> list[Thread]:
    """Starts to keep the schedule until `stop` is set: one thread for each command, so that none delays another."""
    threads = [Thread(target=_attend, args=(turn, stop), name=turn.command, daemon=True) for turn in SCHEDULE]
    for thread in threads:
        thread.start()
    return threads


def run_all_due() -> list[str]:
    """Runs once what has its turn now, for a machine whose own scheduler calls; what failed, in lines."""
    failed = []
    for turn in SCHEDULE:
        if waited(turn) is None and (problem := _problem(turn)):
            failed.append(f"{turn.command}: {problem}")
    return failed


def _problem(turn: Turn) -> str:
    return Chore.objects.get(command=turn.command).problem


def _attend(turn: Turn, stop: Event) -> None:
    while not stop.is_set():
        try:
            wait = waited(turn) or timedelta(0)
        except Exception:
            # The database went away, most likely; it will be back.
            logger.exception("%s could not be attended to", turn.command)
            wait = PAUSE
        finally:
            connection.close()
        stop.wait(min(wait, LOOK).total_seconds())


def waited(turn: Turn) -> timedelta | None:
    """Runs the command if it has its turn, and returns None then; else how long to wait before looking again."""
    with held_alone(f"chore-{turn.command}") as is_held:
        if not is_held:
            return PAUSE
        last = Chore.objects.filter(command=turn.command).first()
        # One that never ended was cut off with its machine: it counts as failed.
        failed = last is not None and (bool(last.problem) or last.ended_at is None)
        due = turn.next(last.begun_at if last else None, failed=failed)
        now = timezone.now()
        if due is not None and due > now:
            return due - now
        _run(turn, now)
        return None


def _run(turn: Turn, now: datetime) -> None:
    begun = {"begun_at": now, "ended_at": None, "machine": socket.gethostname()[:120], "said": "", "problem": ""}
    Chore.objects.update_or_create(command=turn.command, defaults=begun)
    said = StringIO()
    problem = ""
    try:
        call_command(turn.command, stdout=said, stderr=said, no_color=True)
    except CommandError as error:
        problem = str(error) or "It failed."
        logger.error("%s failed: %s", turn.command, problem)
    except Exception as error:
        # The kind alone: what an error tells may hold words of visitors, and this row is shown to staff.
        problem = type(error).__name__
        logger.exception("%s failed", turn.command)
    if connection.connection is not None and not connection.is_usable():
        # The database was restarted meanwhile: what is noted below goes over a new connection.
        connection.close()
    told = {"ended_at": max(now, timezone.now()), "said": said.getvalue()[-KEPT:], "problem": problem[:KEPT]}
    Chore.objects.filter(command=turn.command).update(**told)
