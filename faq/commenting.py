"""The verbs on comments: say, answer, resolve, carry on; nothing else writes them."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from faq.models import Comment, FaqVersion, Invitation
from faq.models.workflow import OPEN, Status
from portal.accounts.models import User
from portal.audit import acted, acting

LONGEST_TEXT, LONGEST_QUOTE = 4000, 600
# Once approved there is no approval left to hold.
BEFORE_APPROVAL = {Status.DRAFT, Status.IN_REVIEW}
Person = User | Invitation
P = ParamSpec("P")
R = TypeVar("R")


def _spoken(verb: Callable[P, R]) -> Callable[P, R]:
    """As `acted`, for verbs of invited reviewers too, whom the row itself names."""

    @wraps(verb)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs.get("by")
        with acting(by if isinstance(by, User) else None):
            return verb(*args, **kwargs)

    return act


@_spoken
@transaction.atomic
def comment(
    version: FaqVersion, text: str, *, by: Person, place: str = "", quote: str = "", must_be_resolved: bool = False
) -> Comment:
    """A remark of `by` on `version`: on all of it, on the section `place`, or on the words `quote`.

    Only staff say that it must be resolved before approval. Raises PermissionDenied, ValueError.
    """
    version = _locked(version)
    _require_voice(by, version)
    if must_be_resolved:
        _require_hold(by, version)
    said = {"text": _said(text), "place": place[:300], "quote": " ".join(quote.split())[:LONGEST_QUOTE]}
    return Comment.objects.create(version=version, must_be_resolved=must_be_resolved, **said, **_named(by))


@_spoken
@transaction.atomic
def answer(begun: Comment, text: str, *, by: Person) -> Comment:
    """An answer of `by` to a comment that begins a thread. Raises PermissionDenied, ValueError."""
    begun = _stored(begun)
    _require_voice(by, begun.version)
    if begun.answers_to_id is not None:
        raise ValueError("Answer the comment, not another answer.")
    return Comment.objects.create(version=begun.version, answers_to=begun, text=_said(text), **_named(by))


@acted
@transaction.atomic
def resolve(begun: Comment, *, by: User, outcome: str) -> None:
    """Closes a thread with a word on what became of it. Raises PermissionDenied, ValueError."""
    begun = _open(begun, by)
    if not outcome.strip():
        raise ValueError("Say what became of the comment.")
    _close(begun, Comment.State.RESOLVED, by, outcome.strip())


@acted
@transaction.atomic
def reopen(begun: Comment, *, by: User) -> None:
    """Opens a thread that was resolved. Raises PermissionDenied, ValueError."""
    begun = _stored(begun)
    _require(by, "change")
    if begun.state != Comment.State.RESOLVED:
        raise ValueError("Only a resolved comment is opened again.")
    if begun.must_be_resolved:
        _require_hold(by, begun.version)
    begun.state, begun.closed_at, begun.closed_by, begun.outcome = Comment.State.OPEN, None, None, ""
    begun.save()


@acted
@transaction.atomic
def hold(begun: Comment, *, by: User, held: bool) -> None:
    """Says whether the version may be approved while the thread is open. Raises PermissionDenied, ValueError."""
    begun = _open(begun, by)
    _require_hold(by, begun.version)
    begun.must_be_resolved = held
    begun.save()


@acted
@transaction.atomic
def carry_on(begun: Comment, *, by: User) -> Comment:
    """Closes an open thread and begins it anew on the later, open version. Raises PermissionDenied, ValueError."""
    begun = _open(begun, by)
    later = FaqVersion.objects.open().filter(faq=begun.version.faq_id, number__gt=begun.version.number).first()
    if later is None:
        raise ValueError("There is no later version that somebody works on. Begin it first.")
    later = _locked(later)
    _close(begun, Comment.State.CARRIED, by, "")
    told = {name: getattr(begun, name) for name in ("author", "invitation", "name", "text", "place", "quote")}
    held = begun.must_be_resolved and later.status in BEFORE_APPROVAL
    return Comment.objects.create(version=later, carried_from=begun, must_be_resolved=held, **told)


@_spoken
@transaction.atomic
def delete(begun: Comment, *, by: Person) -> None:
    """Takes back one's own comment while nobody answered it. Raises PermissionDenied, ValueError."""
    begun = _stored(begun)
    if not begun.is_by(by):
        raise PermissionDenied("Only who wrote a comment takes it back.")
    if not begun.is_open or begun.answers.exists() or begun.carried_from_id:
        raise ValueError("A comment that was answered, closed or carried on stays.")
    begun.delete()


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise ValueError("Write what you mean.")
    if len(said) > LONGEST_TEXT:
        raise ValueError(f"A comment has at most {LONGEST_TEXT} characters.")
    return said


def _named(by: Person) -> dict[str, object]:
    if isinstance(by, Invitation):
        return {"invitation": by, "name": by.reviewer}
    return {"author": by, "name": str(by)}


def _require_voice(by: Person, version: FaqVersion) -> None:
    if isinstance(by, Invitation):
        if by.version_id != version.pk or version.status not in OPEN or by.is_revoked or by.is_expired:
            raise PermissionDenied("This link does not open this version.")
    else:
        _require(by, "add")


def _require_hold(by: Person, version: FaqVersion) -> None:
    if not isinstance(by, User):
        raise PermissionDenied("Only staff hold an approval.")
    _require(by, "change")
    if version.status not in BEFORE_APPROVAL:
        raise ValueError("This version is approved already, so no comment holds its approval.")


def _require(user: User, action: str) -> None:
    if not user.has_perm(f"faq.{action}_comment"):
        raise PermissionDenied(f"{user} may not {'comment' if action == 'add' else 'close comments'}.")


def _open(begun: Comment, by: User) -> Comment:
    begun = _stored(begun)
    _require(by, "change")
    if begun.answers_to_id is not None or not begun.is_open:
        raise ValueError("This comment is closed already.")
    return begun


def _close(begun: Comment, state: Comment.State, by: User, outcome: str) -> None:
    begun.state, begun.closed_at, begun.closed_by, begun.outcome = state, timezone.now(), by, outcome
    begun.save()


def _locked(version: FaqVersion) -> FaqVersion:
    """The version, which nobody approves or publishes meanwhile."""
    return FaqVersion.objects.select_for_update(of=("self",), no_key=True).select_related("faq").get(pk=version.pk)


def _stored(begun: Comment) -> Comment:
    _locked(begun.version)
    return Comment.objects.select_for_update(of=("self",)).select_related("version").get(pk=begun.pk)
