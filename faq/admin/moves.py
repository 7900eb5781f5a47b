"""The moves of a version as buttons: which are offered to whom, and what pressing one does."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from faq import permissions, publishing
from faq.models import FaqVersion
from faq.models.workflow import FROZEN, IllegalMove, Status
from portal.accounts.models import User

# What a verb refuses with, in words for the person who asked.
REFUSALS = (publishing.NotReady, publishing.ShownDiffers, IllegalMove, PermissionDenied, ValueError)

# Writes Django's log entry: request, row, message.
Log = Callable[[HttpRequest, Any, Any], Any]


class Move(NamedTuple):
    """One button: from which states, with which permission, and the words that a person has to add."""

    name: str
    label: str
    sources: frozenset[Status]
    permission: str
    verb: Callable[[FaqVersion, User, str], FaqVersion | None]
    done: str
    asks: str = ""
    # The field of the button's form that the verb gets.
    carries: str = "words"


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
        lambda version, user, shown: publishing.approve(version, by=user, shown=shown),
        "Approved.",
        carries="shown",
    ),
    Move(
        "send-back",
        "Send back",
        frozenset({Status.IN_REVIEW}),
        "approve",
        lambda version, user, words: publishing.send_back(version, by=user, comment=words),
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
        lambda version, user, words: publishing.withdraw(version, by=user, reason=words),
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
    words = request.POST.get("words", "")
    with transaction.atomic():
        begun = move.verb(version, by, request.POST.get(move.carries, ""))
        log(request, version, f"{move.done} {words}".strip())
    return begun or version


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
