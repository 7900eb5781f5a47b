"""Flags the texts that have no safety flag: those from before flags were made, and those where something went wrong."""

import logging
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import transaction

from portal.chrome.models import Market
from portal.lib.locks import advisory_lock
from portal.safety import kinds
from portal.safety.due import Calendar
from portal.safety.kinds import Kind
from portal.safety.models import SafetyEvent, SafetyFlag
from portal.safety.receiving import calendar_of, flagged, screened, start, wordless

logger = logging.getLogger(__name__)

# So many texts are flagged in one transaction: a run that is stopped loses these, and another run waits for them.
AT_ONCE = 1000


class Caught(NamedTuple):
    """How many texts were flagged, how many of these raised, and how many could not be flagged."""

    made: int = 0
    raised: int = 0
    failed: int = 0

    def plus(self, other: "Caught") -> "Caught":
        return Caught(self.made + other.made, self.raised + other.raised, self.failed + other.failed)


def catch_up(market: Market | None = None, each: Callable[[Caught], None] | None = None) -> Caught:
    """Flags every text that has no flag, of one market or of all; `each` is told the sum as it grows.

    What is stopped goes on with the next run, and two runs at once share the texts. The flags count from when their
    text was received, so they may be overdue at once; the history of each says why. None has a mail of its own.
    """
    sums = Caught()
    for kind in kinds.every():
        last: int | None = 0
        while last is not None:
            some, last = _next(kind, market, last)
            sums = sums.plus(some)
            if each and any(some):
                each(sums)
    return sums


@transaction.atomic
def _next(kind: Kind, market: Market | None, last: int) -> tuple[Caught, int | None]:
    """Flags the next AT_ONCE texts behind the row `last`; returns the last of them, None where there were no more.

    Going on from row to row keeps what cannot be flagged from being met again, and the search for the next ones short.
    """
    advisory_lock("safety-catching-up")
    missing = kind.unflagged(behind=last).order_by("pk")
    sources = list((missing.filter(**{kind.market: market}) if market else missing)[:AT_ONCE])
    if not sources:
        return Caught(), None
    made = _together(kind, sources) or _one_by_one(kind, sources)
    SafetyEvent.objects.bulk_create(SafetyEvent(flag=flag, what=SafetyEvent.What.FOUND) for flag in made)
    return Caught(len(made), sum(flag.is_raised for flag in made), len(sources) - len(made)), sources[-1].pk


def _together(kind: Kind, sources: Sequence[Any]) -> list[SafetyFlag]:
    """The flags of `sources`, stored by one statement; none where anything is wrong with one of them."""
    try:
        with transaction.atomic():
            flags = [screened(kind, source) for source in sources]
            calendar: Callable[[Market], Calendar] = cache(calendar_of)
            for flag in flags:
                start(flag, calendar(flag.market))
            return SafetyFlag.objects.bulk_create(flags)
    except Exception as error:
        told = "texts of kind %r could not be flagged together, so they are flagged one by one: %s"
        logger.error(told, kind.key, wordless(error))
        return []


def _one_by_one(kind: Kind, sources: Sequence[Any]) -> list[SafetyFlag]:
    return [flag for source in sources if (flag := flagged(kind, source))]
