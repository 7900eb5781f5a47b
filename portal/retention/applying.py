"""Ends the keeping of what is past its time, in small steps that may be broken off and repeated."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal import audit
from portal.chrome.models import Market
from portal.lib.locks import held_alone
from portal.retention.endings import ENDINGS, Ending, places
from portal.retention.models import RetentionPeriod
from portal.retention.policy import Kind, policy

# Rows that end in one transaction: nobody waits long for them.
STEP = 1000


class Busy(Exception):
    """Another process applies the policy at this moment."""


def apply(*, only_count: bool = False) -> Counter[str]:
    """Deletes or empties all that is past its time; how many rows of each kind that were, or would be.

    It is noted in the audit trail where something ended. Raises Busy where another process is at it.
    """
    with held_alone("retention") as is_held:
        if not is_held:
            raise Busy("The policy of retention is being applied by another process.")
        now, markets = timezone.now(), list(Market.objects.all())
        counts: Counter[str] = Counter()
        try:
            for ending in ENDINGS:
                kind = policy().kinds[ending.kind]
                for market in places(ending, markets):
                    before = now - timedelta(days=days_of(kind, market))
                    # A kind that nothing ended of is told of, too.
                    counts[kind.key] += 0
                    for number in _ended(ending, market, before, only_count=only_count):
                        counts[kind.key] += number
        finally:
            # Of a run that failed half way as well: what ended has ended.
            if not only_count and counts.total():
                audit.note("ended", "retention", "Records past their time", facts=dict(counts))
        return counts


def days_of(kind: Kind, market: Market | None) -> int:
    """How many days `kind` is kept: as its market chose, within what the policy lets it choose."""
    if kind.market_field:
        return int(getattr(market, kind.market_field))
    usual = kind.days or 0
    if market is None or kind.least is None or kind.most is None:
        return usual
    chosen = RetentionPeriod.objects.filter(market=market, kind=kind.key).values_list("days", flat=True).first()
    # The policy may have become stricter since; it may never keep a report of harm for less.
    return usual if chosen is None else min(max(chosen, kind.least), kind.most)


def _ended(ending: Ending, market: Market | None, before: datetime, *, only_count: bool) -> Iterator[int]:
    """How many rows each step ended, as soon as it did."""
    if only_count:
        yield ending.past(market, before).count()
        return
    while count := _step(ending, market, before):
        yield count


@transaction.atomic
def _step(ending: Ending, market: Market | None, before: datetime) -> int:
    past = ending.past(market, before)
    chosen = list(past.order_by("pk").values_list("pk", flat=True)[:STEP])
    if chosen:
        ending.end(past.model._base_manager.filter(pk__in=chosen))
        if past.filter(pk__in=chosen).exists():
            raise RuntimeError(f"{ending.kind}: rows whose keeping was ended are still past their time.")
    return len(chosen)
