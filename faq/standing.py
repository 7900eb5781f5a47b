"""The verbs that say whether a reference still stands; nothing else assigns `Reference.standing`."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from faq import reviewing, sources
from faq.models import Faq, FaqVersion, Reference, ReviewRequest
from faq.models.workflow import OPEN, Status
from portal.accounts.models import User
from portal.audit import acting

Standing = Reference.Standing


class NotCurrent(ValueError):
    """A reference that does not stand any more was asked to fall, or to take the place of another."""


def affected(reference: Reference) -> list[FaqVersion]:
    """The published and open versions that cite `reference`: what is read today first."""
    return list(sources.versions_using(reference).filter(status__in=[Status.PUBLISHED, *OPEN]))


@transaction.atomic
def supersede(reference: Reference, successor: Reference, *, by: User, reason: str, due: date) -> list[ReviewRequest]:
    """Says that `successor` took the place of `reference`, and asks for a review of each question by the day `due`.

    Raises NotCurrent, PermissionDenied, ValueError.
    """
    _require(by, Standing.SUPERSEDED)
    if successor.pk == reference.pk:
        raise ValueError("A reference does not supersede itself.")
    # In the order of their keys, so that two people who name each other's never wait for each other.
    rows = {row.pk: row for row in _locked(reference, successor)}
    if rows[successor.pk].standing != Standing.CURRENT:
        raise NotCurrent(f"{successor.key} does not stand any more itself.")
    return _fall(reference, rows[reference.pk], Standing.SUPERSEDED, by, reason, due, successor=successor)


@transaction.atomic
def retract(reference: Reference, *, by: User, reason: str, due: date, notice_url: str = "") -> list[ReviewRequest]:
    """Marks `reference` as retracted, for readers at once, and asks for a review of each question by the day `due`.

    A superseded reference may still be retracted. Raises NotCurrent, PermissionDenied, ValueError.
    """
    _require(by, Standing.RETRACTED)
    (stored,) = _locked(reference)
    return _fall(reference, stored, Standing.RETRACTED, by, reason, due, notice_url=notice_url)


@transaction.atomic
def reinstate(reference: Reference, *, by: User) -> None:
    """Says that `reference` stands after all; the reviews that were asked for stay open. Raises PermissionDenied."""
    (stored,) = _locked(reference)
    _require(by, stored.standing)
    _set(reference, standing=Standing.CURRENT, by=by)


def may(user: User, standing: str) -> bool:
    """Whether `user` may give a reference this standing, and take it back."""
    verb = "retract" if standing == Standing.RETRACTED else "supersede"
    return user.has_perm(f"faq.{verb}_reference")


def _require(user: User, standing: str) -> None:
    if not may(user, standing):
        raise PermissionDenied(f"{user} may not say that a reference was {standing}.")


def _locked(*references: Reference) -> list[Reference]:
    # FOR UPDATE, which waits for whoever is listing the citations of a version about to be approved.
    rows = Reference.objects.select_for_update().filter(pk__in=[row.pk for row in references])
    return list(rows.order_by("pk"))


def _fall(
    reference: Reference, stored: Reference, standing: str, by: User, reason: str, due: date, **more: object
) -> list[ReviewRequest]:
    fallen = {Standing.RETRACTED, standing}
    if stored.standing in fallen:
        raise NotCurrent(f"{reference.key} is {stored.get_standing_display().lower()} already.")
    if not reason.strip():
        raise ValueError("Say why.")
    _set(reference, standing=standing, by=by, standing_reason=reason.strip(), **more)
    questions = Faq.objects.filter(pk__in={version.faq_id for version in affected(reference)}).order_by("pk")
    cause = ReviewRequest.Cause.REFERENCE
    told = f"{reference.key} was {standing}: {reason.strip()}"
    return reviewing.ask(questions, cause, reason=told, due=due, by=by, reference=reference)


def _set(reference: Reference, *, standing: str, by: User, **more: object) -> None:
    fields = {"standing_reason": "", "successor": None, "notice_url": "", **more}
    facts = {**fields, "standing": standing, "standing_by": by, "standing_at": timezone.now()}
    for name, value in facts.items():
        setattr(reference, name, value)
    with acting(by, reason=str(facts["standing_reason"])):
        reference.save(update_fields=list(facts))
