"""The verbs of visitors on answers: to vote, and to say why.

A visitor has one vote on a version, which they may change for the rest of the day; what they write is only added to.
Votes that look like a program's are stored and marked, and make no score (docs/decisions/0024).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from faq.models import Drug, FaqVersion, Feedback, Reason, Remark, Tally
from faq.search.personal import looks_personal
from faq.search.query import clean
from portal.lib.locks import advisory_lock

# From one address: on one version in a day, and on all of them in an hour. A ward that reads together stays below.
CROWD, FLOOD = 5, 30
# On one version in an hour, from wherever.
SURGE = 100
# A version stores no more suspect votes in a day than these; what comes then is only counted.
KEPT = 1000
# To one vote; beyond, somebody writes letters, or a program does.
REMARKS = 5

Suspicion = Feedback.Suspicion


class Ballot(NamedTuple):
    """What a visitor's browser sends with a vote; `visitor` and `origin` are digests of portal.lib.daysalt."""

    satisfied: bool
    visitor: str
    origin: str
    device: str = Feedback.Device.UNKNOWN
    searched: str = ""
    searched_in: Drug | None = None
    # Why it looks like a program's by itself; empty where it does not.
    suspicion: str = ""


@transaction.atomic
def vote(version: FaqVersion, ballot: Ballot) -> Feedback | None:
    """Stores a vote on `version`, or changes the one that the visitor gave today; None where it was only counted.

    Reasons belong to one of the two answers, so they go with a change from one to the other.
    """
    # Votes on one version wait for each other, so that its limits hold.
    advisory_lock(f"votes-{version.pk}")
    given = Feedback.objects.select_for_update().filter(version=version, visitor=ballot.visitor).first()
    if given:
        return _changed(given, ballot.satisfied)
    suspicion = ballot.suspicion or _suspicion(version, ballot.origin)
    if suspicion and Feedback.objects.suspect().filter(version=version, given_at__gte=_ago(days=1)).count() >= KEPT:
        turn_away(version, satisfied=ballot.satisfied)
        return None
    if suspicion:
        _suspect_earlier(version, ballot.origin, suspicion)
    searched = _told(ballot.searched)
    return Feedback.objects.create(
        version=version,
        satisfied=ballot.satisfied,
        visitor=ballot.visitor,
        origin=ballot.origin,
        device=ballot.device,
        searched=searched,
        searched_in=ballot.searched_in if searched else None,
        suspicion=suspicion,
    )


def turn_away(version: FaqVersion, *, satisfied: bool) -> None:
    """Counts a vote that the limits let nobody store."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO faq_tally (version_id, day, satisfied, standing, number)"
            " SELECT %s, (now() AT TIME ZONE time_zone)::date, %s, %s, 1 FROM chrome_market WHERE id = %s"
            " ON CONFLICT (version_id, day, satisfied, standing) DO UPDATE SET number = faq_tally.number + 1",
            [version.pk, satisfied, Tally.Standing.TURNED_AWAY, version.faq.market_id],
        )


@transaction.atomic
def explain(given: Feedback, *, reasons: Collection[str], text: str) -> Remark | None:
    """Adds to a vote why it was given: its reasons as they are now, and words below those that are there.

    Reasons of the other answer are dropped. Returns the remark; None where nothing was written, or the same already.
    Raises TooManyRemarks where the vote has REMARKS of them.
    """
    vote = Feedback.objects.select_for_update().get(pk=given.pk)
    vote.reasons = [reason for reason in Reason.of(vote.satisfied) if reason in reasons]
    vote.save(update_fields=["reasons"])
    words = text.strip()
    written = list(vote.remarks.values_list("text", flat=True))
    if not words or words in written:
        return None
    if len(written) >= REMARKS:
        raise TooManyRemarks
    return Remark.objects.create(vote=vote, text=words)


class TooManyRemarks(Exception):
    """A vote has as many remarks as one may have."""


def _changed(given: Feedback, satisfied: bool) -> Feedback:
    if given.satisfied != satisfied:
        given.satisfied, given.reasons, given.changed_at = satisfied, [], timezone.now()
        given.save(update_fields=["satisfied", "reasons", "changed_at"])
    return given


def _told(searched: str) -> str:
    line = clean(searched)
    return "" if looks_personal(line) or looks_personal(searched[:2000]) else line


def _suspicion(version: FaqVersion, origin: str) -> str:
    """Why the next vote on `version` from `origin` is suspect, after those that are there; "" where it is not."""
    same = Feedback.objects.filter(origin=origin)
    if same.filter(version=version, given_at__gte=_ago(days=1)).count() >= CROWD:
        return Suspicion.CROWD
    if same.filter(given_at__gte=_ago(hours=1)).count() >= FLOOD:
        return Suspicion.FLOOD
    if Feedback.objects.filter(version=version, given_at__gte=_ago(hours=1)).count() >= SURGE:
        return Suspicion.SURGE
    return ""


def _suspect_earlier(version: FaqVersion, origin: str, suspicion: str) -> None:
    """Marks what came before from the same address as well, for a program's first votes are no better than its last."""
    scopes = {
        Suspicion.CROWD: Q(version=version, given_at__gte=_ago(days=1)),
        Suspicion.FLOOD: Q(given_at__gte=_ago(hours=1)),
    }
    if scope := scopes.get(Suspicion(suspicion)):
        # One after the other: each may touch what is counted of many versions, in any order.
        advisory_lock("suspect-votes")
        earlier = Feedback.objects.counted().filter(scope, origin=origin, vouched_by=None)
        earlier.update(suspicion=suspicion)


def _ago(**length: float) -> datetime:
    return timezone.now() - timedelta(**length)
