"""The verbs of visitors on answers: to vote, and to say why.

A visitor has one vote on a version, which they may change for a day; what they write is only added to. Votes that look
like a program's are stored and marked, and make no score (docs/decisions/0024).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from faq import free_texts
from faq.models import Drug, FaqVersion, Feedback, Reason, Remark, Tally
from faq.search import log
from faq.search.personal import looks_personal
from faq.search.query import MAX_LENGTH, clean
from portal.lib.locks import advisory_lock
from portal.safety.receiving import receive_from

# From one network: on one version in a day, and on all of them in an hour. A ward that reads together stays below.
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


class TooManyRemarks(Exception):
    """A vote has as many remarks as one may have."""


@transaction.atomic
def vote(version: FaqVersion, ballot: Ballot) -> Feedback | None:
    """Stores a vote on `version`, or changes the one that the visitor gave today; None where it was only counted.

    Reasons belong to one of the two answers, so they go with a change from one to the other.
    """
    # Votes on one version wait for each other, so that its limits hold.
    _wait(version.pk)
    given = Feedback.objects.select_for_update().filter(version=version, visitor=ballot.visitor).first()
    if given:
        return _changed(given, ballot.satisfied)
    around = _around(version, ballot.origin)
    suspicion = ballot.suspicion or _suspicion(around)
    if suspicion and around["suspect"] >= KEPT:
        turn_away(version, satisfied=ballot.satisfied)
        return None
    if suspicion:
        _suspect_earlier(version, ballot.origin, suspicion)
    return _given(version, ballot, suspicion)


@transaction.atomic
def change(given: Feedback, *, satisfied: bool) -> Feedback:
    """Makes the vote one for or against, as its visitor says; its reasons go where that changes it."""
    _wait(given.version_id)
    vote = Feedback.objects.select_for_update(of=("self",)).select_related("version__faq__market").get(pk=given.pk)
    return _changed(vote, satisfied)


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
def explain(given: Feedback, *, reasons: Collection[str], text: str, address: str = "") -> Remark | None:
    """Adds to a vote why it was given: other reasons in place of those that are there, words below those that are.

    Reasons of the other answer are dropped, and where none is left the vote keeps what it has. The version may have
    been replaced or withdrawn since: what was said of it counts all the same, above all where it reports harm.
    `address` is the visitor's network address, which limits the mails that one can cause; it is not stored.
    Returns the remark; None where nothing was written, or the same already.
    Raises TooManyRemarks where the vote has REMARKS of them; then nothing is stored.
    """
    votes = Feedback.objects.select_for_update(of=("self",)).select_related(
        "version__faq__drug", "version__faq__market"
    )
    vote = votes.get(pk=given.pk)
    if fitting := [reason for reason in Reason.of(vote.satisfied) if reason in reasons]:
        vote.reasons = fitting
        vote.save(update_fields=["reasons"])
    words = text.strip()
    written = list(vote.remarks.values_list("text", flat=True))
    if not words or words in written:
        return None
    if len(written) >= REMARKS:
        raise TooManyRemarks
    return _written(Remark(vote=vote, text=words), address)


def _written(remark: Remark, address: str) -> Remark:
    """Stores a remark together with its safety flag: no text of a visitor is without one."""
    remark.save(force_insert=True)
    receive_from(free_texts.REMARK, remark, address=address)
    return remark


def _wait(version: int) -> None:
    advisory_lock(f"votes-{version}")


def _given(version: FaqVersion, ballot: Ballot, suspicion: str) -> Feedback:
    searched = _told(ballot.searched)
    faq = version.faq
    if searched and not suspicion:
        log.judged(searched, faq.market, ballot.searched_in, faq, satisfied=ballot.satisfied)
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


def _changed(given: Feedback, satisfied: bool) -> Feedback:
    if given.satisfied != satisfied:
        given.satisfied, given.reasons, given.changed_at = satisfied, [], timezone.now()
        given.save(update_fields=["satisfied", "reasons", "changed_at"])
    return given


def _told(searched: str) -> str:
    """What was searched, on one line; "" where it may say who somebody is, as it was typed or as it is kept."""
    line = clean(searched)
    return "" if looks_personal(line) or looks_personal(searched[: 4 * MAX_LENGTH]) else line


def _around(version: FaqVersion, origin: str) -> dict[str, int]:
    """How many votes there are that the next one on `version` from `origin` is judged by.

    Votes that a reviewer vouched for are people's, so they make no crowd and no flood.
    """
    in_hour = Q(given_at__gte=_ago(hours=1))
    here, from_there = Q(version=version, given_at__gte=_ago(days=1)), Q(origin=origin, vouched_by=None)
    return Feedback.objects.filter(here | from_there & in_hour).aggregate(
        crowd=Count("pk", filter=here & from_there),
        flood=Count("pk", filter=from_there & in_hour),
        surge=Count("pk", filter=here & in_hour),
        suspect=Count("pk", filter=here & ~Q(suspicion="")),
    )


def _suspicion(around: dict[str, int]) -> str:
    """Why a vote after so many others is suspect; "" where it is not."""
    if around["crowd"] >= CROWD:
        return Suspicion.CROWD
    if around["flood"] >= FLOOD:
        return Suspicion.FLOOD
    return Suspicion.SURGE if around["surge"] >= SURGE else ""


def _suspect_earlier(version: FaqVersion, origin: str, suspicion: str) -> None:
    """Marks what came before from the same network as well, for a program's first votes are no better than its last."""
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
