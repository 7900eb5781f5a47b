"""The moves of a version as buttons: which are offered to whom, and what pressing one does."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from faq import permissions, publishing
from faq.models import Faq, FaqVersion
from faq.models.workflow import FROZEN, IllegalMove, Status
from portal.accounts.models import User

# What a verb refuses with, in words for the person who asked.
REFUSALS = (publishing.NotReady, publishing.ShownDiffers, IllegalMove, PermissionDenied, ValueError)

# Writes Django's log entry: request, row, message.
Log = Callable[[HttpRequest, Any, Any], Any]
# What the form of a button sent.
Posted = Mapping[str, str]


class Move(NamedTuple):
    """One button: from which states, with which permission, and the words that a person has to add."""

    name: str
    label: str
    sources: frozenset[Status]
    permission: str
    verb: Callable[[FaqVersion, User, Posted], FaqVersion | None]
    done: str
    asks: str = ""


def _withdraw(version: FaqVersion, user: User, posted: Posted) -> None:
    publishing.withdraw(version, by=user, reason=posted.get("words", ""), replaced_by=_replacement(posted))


def _replacement(posted: Posted) -> Faq | None:
    chosen = posted.get("replaced_by", "")
    if not chosen:
        return None
    found = Faq.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    if found is None:
        raise ValueError("There is no such question to replace this one.")
    return found


MOVES = (
    Move(
        "submit",
        "Submit for review",
        frozenset({Status.DRAFT}),
        "submit",
        lambda version, user, _: publishing.submit(version, by=user),
        "Submitted for review.",
    ),
    Move(
        "approve",
        "Approve",
        frozenset({Status.IN_REVIEW}),
        "approve",
        lambda version, user, posted: publishing.approve(version, by=user, shown=posted.get("shown", "")),
        "Approved.",
    ),
    Move(
        "send-back",
        "Send back",
        frozenset({Status.IN_REVIEW}),
        "approve",
        lambda version, user, posted: publishing.send_back(version, by=user, comment=posted.get("words", "")),
        "Sent back to its author.",
        asks="What should change?",
    ),
    Move(
        "publish",
        "Publish",
        frozenset({Status.APPROVED}),
        "publish",
        lambda version, user, _: publishing.publish(version, by=user),
        "Published.",
    ),
    Move(
        "reopen",
        "Back to draft",
        frozenset({Status.APPROVED}),
        "submit",
        lambda version, user, _: publishing.reopen(version, by=user),
        "Back to draft; its approval is void.",
    ),
    Move(
        "revise",
        "New version",
        FROZEN,
        "submit",
        lambda version, user, _: publishing.revise(version.faq, by=user),
        "A new version was begun.",
    ),
    Move(
        "withdraw",
        "Withdraw",
        frozenset({Status.PUBLISHED}),
        "withdraw",
        _withdraw,
        "Withdrawn.",
        asks="Why is the answer withdrawn?",
    ),
)
BY_NAME = {move.name: move for move in MOVES}


def offered(user: User, version: FaqVersion) -> list[Move]:
    """The moves that lead on from the state of `version` and that `user` may make."""
    moves = [move for move in MOVES if version.status in move.sources]
    return [move for move in moves if _may(user, version, move)]


def _may(user: User, version: FaqVersion, move: Move) -> bool:
    if move.name == "approve":
        return permissions.may_approve(user, version)
    if move.name == "revise" and version.faq.versions.open().exists():
        return False
    return user.has_perm(f"faq.{move.permission}_faqversion")


def make(request: HttpRequest, version: FaqVersion, move: Move, *, by: User, log: Log) -> FaqVersion:
    """Makes the move and records it in one transaction; returns the version to look at next. Raises REFUSALS."""
    with transaction.atomic():
        begun = move.verb(version, by, request.POST.dict())
        log(request, version, _told(move, request.POST.dict()))
    return begun or version


def _told(move: Move, posted: Posted) -> str:
    other = _replacement(posted)
    leads = f"Answered now by {other}." if other else ""
    return " ".join(filter(None, (move.done, posted.get("words", ""), leads)))


def perform(request: HttpRequest, version: FaqVersion, move: Move, *, by: User, log: Log) -> FaqVersion:
    """Makes the move or tells the person why not; returns the version to look at next."""
    try:
        target = make(request, version, move, by=by, log=log)
    except REFUSALS as refusal:
        for problem in getattr(refusal, "problems", [str(refusal)]):
            messages.error(request, problem)
        if words := request.POST.get("words", "").strip():
            # A redirect follows, which would lose what the person wrote.
            messages.info(request, f"You had written: {words}")
        return version
    messages.success(request, f"{target}: {move.done}")
    return target
