"""The verbs of people on safety flags; the portal's own, which makes them, is `receiving.receive_from`.

Each locks its flag, asks for the right, and leaves an event in the flag's history; the trail has the change too.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.audit import acted
from portal.safety import kinds, mailing
from portal.safety.models import SafetyEvent, SafetyFlag, SafetyFlagQuerySet
from portal.safety.receiving import due_of

State = SafetyFlag.State
What = SafetyEvent.What
TRIAGE = "safety.triage_safetyflag"
LONGEST = 80


class Refused(ValueError):
    """What was asked cannot be done to the flag as it is; says why, for the person who asked."""


def may_triage(person: Any, flag: SafetyFlag | None = None) -> bool:
    """Whether `person` decides about flags; about `flag` only where they may read its text."""
    return bool(person.has_perm(TRIAGE)) and (flag is None or bool(person.has_perm(kinds.of(flag).permission)))


def people() -> QuerySet[Any]:
    """Everybody whom a flag can be assigned to."""
    manager: Any = get_user_model()._default_manager
    able = manager.with_perm(TRIAGE, backend="django.contrib.auth.backends.ModelBackend")
    found: QuerySet[Any] = able.filter(is_staff=True, is_active=True).order_by("first_name", "username")
    return found


@acted
@transaction.atomic
def raise_by_hand(flag: SafetyFlag, *, by: AbstractUser, note: str = "", mentions_death: bool = False) -> SafetyFlag:
    """Starts the clock of an open flag, or brings it forward because a death is mentioned.

    The time is counted from when the text was received, for since then the organisation could know of it.
    """
    held = _held(flag, by, State.OPEN)
    if held.is_raised and (held.mentions_death or not mentions_death):
        raise Refused("This flag is raised already.")
    event = What.DEATH if held.is_raised else What.RAISED
    _raise(held, mentions_death=mentions_death)
    held.save()
    _happened(held, event, by, note)
    transaction.on_commit(partial(mailing.tell_of, held.pk), robust=True)
    return held


@acted
@transaction.atomic
def assign(flag: SafetyFlag, *, to: AbstractUser | None, by: AbstractUser) -> SafetyFlag:
    """Gives an open flag to somebody who may deal with it; to nobody with None."""
    held = _held(flag, by, State.OPEN)
    if to is not None and not may_triage(to, held):
        raise Refused(f"{to} may not deal with this flag.")
    held.assigned_to_id = to.pk if to else None
    held.save(update_fields=["assigned_to"])
    _happened(held, What.ASSIGNED, by, f"To {to}" if to else "To nobody")
    return held


@acted
@transaction.atomic
def forward(flag: SafetyFlag, *, reference: str, by: AbstractUser, note: str = "") -> SafetyFlag:
    """Notes that the text went to the safety department, which knows it under `reference`."""
    held = _held(flag, by, State.OPEN)
    number = _told(reference, "Say the reference number under which the safety department knows it.")
    held.reference = " ".join(number.split())
    if len(held.reference) > LONGEST:
        raise Refused(f"A reference number has {LONGEST} characters at most.")
    if not held.is_raised:
        # What is worth forwarding speaks of harm, so it counts among what did.
        _raise(held)
        _happened(held, What.RAISED, by, "")
    _close(held, State.FORWARDED, by)
    _happened(held, What.FORWARDED, by, f"{held.reference}\n{note}")
    return held


@acted
@transaction.atomic
def dismiss(flag: SafetyFlag, *, reason: str, by: AbstractUser) -> SafetyFlag:
    """Notes that a person read the text and found no harm in it, and why."""
    held = _held(flag, by, State.OPEN)
    held.reason = _told(reason, "Say why the text needs no safety report.")
    _close(held, State.DISMISSED, by)
    _happened(held, What.DISMISSED, by, held.reason)
    return held


@acted
@transaction.atomic
def reopen(flag: SafetyFlag, *, reason: str, by: AbstractUser) -> SafetyFlag:
    """Opens a flag again that was forwarded or dismissed; its clock is the old one, and its history tells the rest."""
    held = _held(flag, by, State.FORWARDED, State.DISMISSED)
    why = _told(reason, "Say why it is opened again.")
    held.state = State.OPEN
    held.reference = held.reason = ""
    held.closed_at, held.closed_by_id = None, None
    held.save()
    _happened(held, What.REOPENED, by, why)
    return held


@acted
@transaction.atomic
def dismiss_unraised(flags: SafetyFlagQuerySet, *, reason: str, by: AbstractUser) -> int:
    """Dismisses those of `flags` that wait without a clock, for one reason; how many that were.

    What is raised stays: it takes a person who looked at that one text.
    """
    why = _told(reason, "Say why these texts need no safety report.")
    held = _all_held(flags.unraised(), by)
    closed = {"state": State.DISMISSED, "reason": why, "closed_at": timezone.now(), "closed_by_id": by.pk}
    SafetyFlag.objects.filter(pk__in=held).update(**closed)
    _all_happened(held, What.DISMISSED, by, why)
    return len(held)


@acted
@transaction.atomic
def assign_all(flags: SafetyFlagQuerySet, *, to: AbstractUser, by: AbstractUser) -> int:
    """Gives the open ones of `flags` to somebody who may deal with them; how many that were."""
    if not may_triage(to):
        raise Refused(f"{to} may not deal with safety flags.")
    readable = flags.open().of_kinds(kind.key for kind in kinds.readable_by(to))
    held = _all_held(readable.exclude(assigned_to=to.pk), by)
    SafetyFlag.objects.filter(pk__in=held).update(assigned_to_id=to.pk)
    _all_happened(held, What.ASSIGNED, by, f"To {to}")
    return len(held)


def _told(words: str, refusal: str) -> str:
    """What a person wrote, as it is kept; raises Refused with `refusal` where no letter and no digit is in it."""
    if not any(character.isalnum() for character in words):
        raise Refused(refusal)
    return _kept(words)


def _kept(words: str) -> str:
    # The database takes no NUL.
    return words.replace("\x00", "").strip()


def _held(flag: SafetyFlag, by: AbstractUser, *states: State) -> SafetyFlag:
    """The flag as it is now, locked until the transaction ends, for somebody who may decide about it."""
    if not may_triage(by, flag):
        raise PermissionDenied("You may not decide about this safety flag.")
    held = SafetyFlag.objects.select_for_update(of=("self",)).select_related("market").get(pk=flag.pk)
    if held.state not in states:
        raise Refused(f"This flag is {held.get_state_display().lower()} by now.")
    return held


def _all_held(flags: SafetyFlagQuerySet, by: AbstractUser) -> list[int]:
    if not may_triage(by):
        raise PermissionDenied("You may not decide about safety flags.")
    readable = flags.of_kinds(kind.key for kind in kinds.readable_by(by))
    return list(readable.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _raise(flag: SafetyFlag, *, mentions_death: bool = False) -> None:
    flag.mentions_death = flag.mentions_death or mentions_death
    flag.due_at = due_of(flag) if flag.due_at is None else min(flag.due_at, due_of(flag))
    if not flag.is_raised:
        flag.raised_at, flag.raised_by = timezone.now(), SafetyFlag.RaisedBy.PERSON


def _close(flag: SafetyFlag, state: State, by: AbstractUser) -> None:
    flag.state, flag.closed_at, flag.closed_by_id = state, timezone.now(), by.pk
    flag.save()


def _happened(flag: SafetyFlag, what: What, by: AbstractUser, note: str) -> None:
    SafetyEvent.objects.create(flag=flag, what=what, by_id=by.pk, note=_kept(note))


def _all_happened(flags: Iterable[int], what: What, by: AbstractUser, note: str) -> None:
    SafetyEvent.objects.bulk_create(SafetyEvent(flag_id=pk, what=what, by_id=by.pk, note=note) for pk in flags)
