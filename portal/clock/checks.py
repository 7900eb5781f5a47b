"""Refuses a schedule that could not be kept."""

from collections import Counter
from typing import Any

from django.core import checks
from django.core.management import get_commands

from portal.clock.schedule import SCHEDULE, Turn


def schedule_is_sound(**_: Any) -> list[checks.CheckMessage]:
    """Every turn names a command that there is, once, and one time for it."""
    return [checks.Error(problem, id="clock.E001") for problem in problems(SCHEDULE)]


def problems(schedule: tuple[Turn, ...]) -> list[str]:
    """What is wrong with `schedule`, in sentences."""
    there = get_commands()
    found = [f"There is no command {turn.command!r} to run." for turn in schedule if turn.command not in there]
    counts = Counter(turn.command for turn in schedule)
    found += [f"{command!r} is scheduled {number} times." for command, number in counts.items() if number > 1]
    found += [
        f"{turn.command!r} has to run either every so often or at one hour, which is in UTC."
        for turn in schedule
        if (turn.every is None) == (turn.at is None) or (turn.at and turn.at.tzinfo)
    ]
    found += [
        f"{turn.command!r} runs more often than once a second."
        for turn in schedule
        if turn.every is not None and turn.every.total_seconds() < 1
    ]
    return found
