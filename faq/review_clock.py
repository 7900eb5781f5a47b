"""The review clock: notes what comes due, withdraws by policy what stayed overdue, and tells staff of both by mail.

Every step may be repeated, and run by several processes at once: rows with a unique constraint say who was told what,
and a row that another process holds is left to it.
"""

import logging
from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format

from faq import publishing, reminding
from faq.models import FaqVersion, ReviewReminder, overdue
from faq.models.workflow import IllegalMove
from portal.chrome.models import Market

logger = logging.getLogger(__name__)

Stage = ReviewReminder.Stage
LONG_AGO = date(1900, 1, 1)
# The first reminder comes so long before the day.
AHEAD = timedelta(days=int(Stage.SIXTY))


class Report(NamedTuple):
    """What one run did, in lines for whoever reads the command's output, and what it could not do."""

    done: list[str]
    failed: list[str]


def run() -> Report:
    """Notes, withdraws, and mails; what fails is left to the next run."""
    done, failed = _look_at_all()
    mailed, unmailed = reminding.mail_all()
    return Report(done + mailed, failed + unmailed)


def rehearse() -> Report:
    """What `run` would do now, without doing it."""
    with transaction.atomic():
        done, failed = _look_at_all()
        told = reminding.rehearse()
        transaction.set_rollback(True)
    return Report(done + told, failed)


def _look_at_all() -> tuple[list[str], list[str]]:
    """Notes what is due in every market, and withdraws what the policy does not let stay."""
    approvers = reminding.approvers()
    done: list[str] = []
    failed: list[str] = []
    for market in Market.objects.all():
        _note(market, approvers)
        for version in _long_overdue(market):
            try:
                done += _withdrawn(version, approvers)
            except Exception:
                # One that cannot be withdrawn must not keep the others online.
                logger.exception("%s is overdue and could not be withdrawn", version)
                failed.append(f"Could not be withdrawn: {version}.")
    return done, failed


def _note(market: Market, approvers: list[str]) -> None:
    """Notes of every answer that is due, or will be soon, who is to be told that."""
    day = overdue.today(market)
    rows: list[ReviewReminder] = []
    soon = FaqVersion.objects.filter(faq__market=market).due_between(LONG_AGO, day + AHEAD).with_due_day()
    for version in soon.light().select_related("faq__market", "author"):
        due = version.due_day
        stage = due and ReviewReminder.stage_on(day, due)
        if due and stage:
            rows += reminding.reminders(version, due, stage, approvers)
    ReviewReminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _long_overdue(market: Market) -> list[FaqVersion]:
    """Published answers that the policy of `market` withdraws today."""
    limits = [days for days in (market.overdue_days, market.overdue_days_unlabelled) if days]
    if not limits:
        return []
    last = overdue.today(market) - timedelta(days=min(limits))
    late = FaqVersion.objects.filter(faq__market=market).due_between(LONG_AGO, last).with_due_day()
    return overdue.over(late.light().select_related("faq__market", "author"))


@transaction.atomic
def _withdrawn(version: FaqVersion, approvers: list[str]) -> list[str]:
    """Withdraws an answer and notes who is to be told; says so in one line, or in none where somebody was quicker."""
    due = version.due_day
    if due is None:
        return []
    told = date_format(due, "DATE_FORMAT")
    reason = f"Its review was due on {told} and was not done in the time that the market allows."
    try:
        publishing.withdraw(version, by=None, reason=reason)
    except (IllegalMove, PermissionDenied):
        return []
    rows = reminding.reminders(version, due, Stage.WITHDRAWN, approvers)
    ReviewReminder.objects.bulk_create(rows, ignore_conflicts=True)
    logger.warning("%s was withdrawn: its review was due on %s", version, due)
    return [f"Withdrawn: {version}. {reason}"]
