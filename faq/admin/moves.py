"""The moves of a version as buttons: which are offered to whom, and what pressing one does."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from faq import permissions, publishing
from faq.admin import signing
from faq.admin.times import market_time, zone_time
from faq.models import Faq, FaqVersion
from faq.models.workflow import IllegalMove, Status, check_move
from portal.accounts.models import User
from portal.lib.admin import give_back_words

# What a verb refuses with, in words for the person who asked.
REFUSALS = (publishing.NotReady, publishing.ShownDiffers, IllegalMove, PermissionDenied, ValueError)

# Writes Django's log entry: request, row, message.
Log = Callable[[HttpRequest, Any, Any], Any]
# What the form of a button sent.
Posted = Mapping[str, str]


class Move(NamedTuple):
    """One button: from which states, with which permission, and what a person has to add.

    `template` is the partial that asks for it; `asks` is its question for words.
    """

    name: str
    label: str
    sources: frozenset[Status]
    permission: str
    verb: Callable[[FaqVersion, User, Posted], FaqVersion | None]
    done: str
    template: str = "admin/faq/moves/_button.html"
    asks: str = ""
    # Whether it takes the person's password.
    signs: bool = False


def _withdraw(version: FaqVersion, user: User, posted: Posted) -> None:
    publishing.withdraw(version, by=user, reason=posted.get("words", ""), replaced_by=_replacement(posted))


def _schedule(version: FaqVersion, user: User, posted: Posted) -> None:
    publishing.schedule(version, by=user, at=market_time(posted.get("at", ""), version))


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
        "Sign and approve",
        frozenset({Status.IN_REVIEW}),
        "approve",
        lambda version, user, posted: publishing.approve(version, by=user, shown=posted.get("shown", "")),
        "Approved and signed.",
        template="admin/faq/moves/_approve.html",
        signs=True,
    ),
    Move(
        "publish",
        "Publish now",
        frozenset({Status.APPROVED}),
        "publish",
        lambda version, user, _: publishing.publish(version, by=user),
        "Published.",
    ),
    Move(
        "schedule",
        "Publish at a time",
        frozenset({Status.APPROVED}),
        "publish",
        _schedule,
        "Will be published at the time set.",
        template="admin/faq/moves/_schedule.html",
    ),
    Move(
        "unschedule",
        "Cancel the time",
        frozenset({Status.APPROVED}),
        "publish",
        lambda version, user, _: publishing.unschedule(version, by=user),
        "Waits until somebody publishes it.",
    ),
    Move(
        "send-back",
        "Send back",
        frozenset({Status.IN_REVIEW, Status.APPROVED}),
        "approve",
        lambda version, user, posted: publishing.send_back(version, by=user, comment=posted.get("words", "")),
        "Sent back to its author.",
        template="admin/faq/moves/_words.html",
        asks="What should change? The author reads this.",
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
        "Correct",
        frozenset({Status.PUBLISHED, Status.WITHDRAWN}),
        "submit",
        lambda version, user, _: publishing.revise(version.faq, by=user),
        "A new version was begun, a copy of the newest.",
        template="admin/faq/moves/_correct.html",
    ),
    Move(
        "withdraw",
        "Withdraw",
        frozenset({Status.PUBLISHED}),
        "withdraw",
        _withdraw,
        "Withdrawn.",
        template="admin/faq/moves/_withdraw.html",
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
    if move.name == "revise" and version.faq.versions.filter(number__gt=version.number).exists():
        # What is copied is the newest version; from an older one that would surprise.
        return False
    if move.name == "unschedule" and version.publish_at is None:
        return False
    return user.has_perm(f"faq.{move.permission}_faqversion")


def make(request: HttpRequest, version: FaqVersion, move: Move, *, by: User, log: Log) -> FaqVersion:
    """Makes the move and records it in one transaction; returns the version to look at next. Raises REFUSALS."""
    if move.signs:
        permissions.require_approval(by, version)
        check_move(version.status, Status.APPROVED)
        # Outside the transaction, whose end in a refusal would take back the count of wrong passwords.
        signing.prove(request, by)
    with transaction.atomic():
        begun = move.verb(version, by, request.POST.dict())
        log(request, version, _told(move, request.POST.dict()))
    return begun or version


def _told(move: Move, posted: Posted) -> str:
    other = _replacement(posted)
    leads = f"Answered now by {other}." if other else ""
    return " ".join(filter(None, (move.done, posted.get("words", ""), leads)))


def _last_move(version: FaqVersion) -> str:
    """Who moved `version` last, when and how; for somebody whose page was older than that."""
    moves = LogEntry.objects.filter(content_type__app_label="faq", content_type__model="faqversion")
    # Django writes a form's changes as a JSON list, and the moves of a version stand there as sentences.
    own = moves.filter(object_id=str(version.pk)).exclude(change_message__startswith="[").exclude(change_message="")
    entry = own.select_related("user").order_by("-action_time", "-pk").first()
    return f"{entry.user}, {zone_time(entry.action_time, version)}: {entry.change_message}" if entry else ""


def perform(request: HttpRequest, version: FaqVersion, move: Move, *, by: User, log: Log) -> FaqVersion:
    """Makes the move or tells the person why not; returns the version to look at next."""
    try:
        target = make(request, version, move, by=by, log=log)
    except REFUSALS as refusal:
        for problem in getattr(refusal, "problems", [str(refusal)]):
            messages.error(request, problem)
        if isinstance(refusal, IllegalMove) and (before := _last_move(version)):
            messages.info(request, f"What happened before: {before}")
        give_back_words(request)
        return version
    messages.success(request, f"{target}: {move.done}")
    return target
