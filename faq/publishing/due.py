"""The verbs that set when an approved version is published, and the one that keeps to it."""

import logging
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from faq import permissions
from faq.models import FaqVersion
from faq.models.workflow import IllegalMove, Status
from faq.publishing.live import publish_approved
from faq.publishing.moving import locked
from portal.accounts.models import User
from portal.audit import acted, acting

logger = logging.getLogger(__name__)


class Kept(NamedTuple):
    """What became of the versions whose time had come; each failure says why."""

    published: list[FaqVersion]
    failed: list[tuple[FaqVersion, str]]


@acted
@transaction.atomic
def schedule(version: FaqVersion, *, by: User, at: datetime) -> None:
    """Has an approved version published at the time `at`. Raises IllegalMove, PermissionDenied, ValueError."""
    _set_time(version, by, at)


@acted
@transaction.atomic
def unschedule(version: FaqVersion, *, by: User) -> None:
    """Lets an approved version wait until somebody publishes it. Raises IllegalMove, PermissionDenied, ValueError."""
    _set_time(version, by, None)


def _set_time(version: FaqVersion, by: User, at: datetime | None) -> None:
    version = locked(version)
    permissions.require(by, "publish")
    if version.status != Status.APPROVED:
        raise IllegalMove(version.status, Status.PUBLISHED)
    if at is None and version.publish_at is None:
        raise ValueError("No time is set at which this version is published.")
    if at is not None and at <= timezone.now():
        raise ValueError("That time has passed. Publish the version now, or choose a later time.")
    FaqVersion.objects.filter(pk=version.pk).update(publish_at=at, scheduled_by=by if at else None)


def publish_due(now: datetime | None = None) -> Kept:
    """Publishes every approved version whose time has come by `now`, each in a transaction of its own.

    Safe to run twice at once: what another run has in hand is left to it. One that fails stays as it was, with its
    time, and is tried again by the next run.
    """
    now = now or timezone.now()
    kept = Kept([], [])
    for version in FaqVersion.objects.to_publish(now).select_related("faq").light():
        try:
            if _publish_due(version, now):
                kept.published.append(version)
        except Exception as failure:
            # Whatever it is, it must not keep the other versions from being published.
            logger.exception("%s was to be published at %s, and is not", version, version.publish_at)
            kept.failed.append((version, str(failure) or type(failure).__name__))
    return kept


@transaction.atomic
def _publish_due(version: FaqVersion, now: datetime) -> bool:
    """Whether it was still due, and nobody else had it in hand."""
    due = FaqVersion.objects.to_publish(now).with_parts().filter(pk=version.pk)
    found = due.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if found is None:
        return False
    with acting(found.scheduled_by, reason="Published at the time set for it."):
        publish_approved(found)
    logger.info("%s was published at the time set for it", version)
    return True
