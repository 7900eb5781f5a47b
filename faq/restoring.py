"""The verb that gives versions back the history which they had in another database.

Nothing but `faq.portable` imports this, as a contract in pyproject.toml says: it comes from a folder that was checked,
never from a form. And it believes nobody: what it reads back from the database has to be what was approved.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from faq import rendering
from faq.models import FaqVersion
from faq.models.workflow import FROZEN, OPEN, Status, check_move
from faq.search import index

_WAYS: Mapping[Status, tuple[Status, ...]] = {
    Status.DRAFT: (),
    Status.IN_REVIEW: (Status.IN_REVIEW,),
    Status.APPROVED: (Status.IN_REVIEW, Status.APPROVED),
    Status.PUBLISHED: (Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED),
    Status.SUPERSEDED: (Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED, Status.SUPERSEDED),
    Status.WITHDRAWN: (Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED, Status.WITHDRAWN),
}


class Untrue(Exception):
    """A history that a version cannot have had."""


class Recorded(NamedTuple):
    """A version, still a draft, and what became of it elsewhere."""

    version: FaqVersion
    state: Status
    # A draft that was signed once and reopened has been in review.
    is_signed: bool

    @property
    def way(self) -> tuple[Status, ...]:
        """The states that it goes through."""
        reopened = self.state == Status.DRAFT and self.is_signed
        return (Status.IN_REVIEW, Status.DRAFT) if reopened else _WAYS[self.state]


@transaction.atomic
def restore(recorded: Sequence[Recorded], sign: Callable[[], object]) -> None:
    """Takes versions of different FAQs through every move to the state that each had elsewhere.

    They hold already what was recorded on that way: dates, people, what was shown, its digest. `sign` writes what only
    a version in review takes, the signatures. Raises Untrue, IllegalMove.
    """
    _refuse_untrue(recorded)
    _move(recorded, Status.IN_REVIEW)
    sign()
    for target in (Status.DRAFT, Status.APPROVED, Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN):
        _move(recorded, target)
    index.refresh(index.for_index([one.version for one in recorded if one.state == Status.PUBLISHED]))


def _move(recorded: Sequence[Recorded], target: Status) -> None:
    moving = [one.version for one in recorded if target in one.way]
    for version in moving:
        check_move(version.status, target)
        version.status = target
    FaqVersion.objects.filter(pk__in=[version.pk for version in moving]).update(status=target)


def _refuse_untrue(recorded: Sequence[Recorded]) -> None:
    states = {one.version.pk: one.state for one in recorded}
    stored = FaqVersion.objects.filter(pk__in=states).select_related("faq").prefetch_related("resources", "writers")
    for version in stored:
        if states[version.pk] in FROZEN | {Status.APPROVED}:
            _refuse_unapproved(version)
    frozen = [version for version in stored if states[version.pk] in FROZEN]
    _refuse_overtaken(frozen)


def _refuse_unapproved(version: FaqVersion) -> None:
    if not rendering.is_verified(version):
        raise Untrue(f"{version}: what would be shown is not what was approved")
    if version.approver_id in {version.author_id, *(writer.pk for writer in version.writers.all())} - {None}:
        raise Untrue(f"{version}: nobody approves what they wrote themselves")


def _refuse_overtaken(versions: Iterable[FaqVersion]) -> None:
    """A history is restored from its beginning, and never behind or before what staff do here."""
    numbers = {version.faq_id: version.number for version in versions}
    others = FaqVersion.objects.filter(faq__in=numbers).exclude(pk__in=[version.pk for version in versions])
    for other in others.select_related("faq"):
        if other.number > numbers[other.faq_id] or other.status in OPEN | {Status.PUBLISHED}:
            raise Untrue(f"{other} stands in the way of an older history")
