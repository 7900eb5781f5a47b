"""Whether the schedule is kept, in a few words."""

from django.conf import settings
from django.utils import timezone

from portal.clock.models import Chore
from portal.clock.schedule import LATE, SCHEDULE, Turn


def told() -> str:
    """What monitoring is told: ok, off, or which commands failed or have not run when they should have."""
    if not settings.CLOCK:
        return "off: switched off by CLOCK"
    chores = {chore.command: chore for chore in Chore.objects.defer("said")}
    wrong = [(turn.command, is_wrong(turn, chores.get(turn.command))) for turn in SCHEDULE]
    return ", ".join(f"{command} {problem}" for command, problem in wrong if problem) or "ok"


def is_wrong(turn: Turn, chore: Chore | None) -> str:
    """What is wrong with a chore, in a word or two; empty where nothing is."""
    if chore is None:
        return "never ran"
    if chore.problem:
        return "failed"
    due = turn.next(chore.begun_at)
    return "is late" if due is not None and due + LATE < timezone.now() else ""
