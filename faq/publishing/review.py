"""The verbs of review: submit, send back, approve, and void an approval."""

from django.db import transaction
from django.utils import timezone

from faq import checklist, permissions, rendering
from faq.models import Comment, FaqVersion, SendBack, Signature
from faq.models.signature import MEANING
from faq.models.workflow import IllegalMove, Status, check_move
from faq.publishing.moving import locked, move
from faq.publishing.refusals import NotReady, ShownDiffers
from faq.publishing.wording import list_citations, render, rendered
from portal.accounts.models import User
from portal.audit import acted


@acted
@transaction.atomic
def submit(version: FaqVersion, *, by: User) -> None:
    """Sends a draft to review. Raises NotReady, IllegalMove, PermissionDenied."""
    version = locked(version)
    permissions.require(by, "submit")
    _refuse_unready(version, rendering.wording_of(version))
    move(version, Status.IN_REVIEW, submitted_at=timezone.now(), review_comment="", author=version.author or by)


@acted
@transaction.atomic
def send_back(version: FaqVersion, *, by: User, comment: str) -> None:
    """Returns a version to its author with a comment, which voids an approval that nobody has acted on.

    Raises IllegalMove, PermissionDenied, ValueError.
    """
    version = locked(version)
    permissions.require(by, "approve")
    if not comment.strip():
        raise ValueError("Say what should change.")
    check_move(version.status, Status.DRAFT)
    SendBack.objects.create(version=version, by=by, comment=comment.strip())
    _back_to_draft(version, review_comment=comment.strip())


@acted
@transaction.atomic
def approve(version: FaqVersion, *, by: User, meaning: str = MEANING, shown: str | None = None) -> None:
    """Signs what visitors will be shown in the name of `by`, and binds the approval to it.

    `meaning` is the sentence that `by` saw; that it is `by` who asks, the caller has made sure (faq.admin.signing).
    `shown` is the fingerprint of what `by` has read (`rendering.fingerprint`), for callers that showed it.
    Raises NotReady, ShownDiffers, IllegalMove, PermissionDenied.
    """
    version = locked(version)
    permissions.require_approval(by, version)
    check_move(version.status, Status.APPROVED)
    wording = rendering.wording_of(version)
    _refuse_unready(version, wording)
    if Comment.objects.blocking().filter(version=version).exists():
        raise NotReady(["A comment that has to be resolved before approval is still open."])
    cited = render(version, wording)
    if shown is not None and shown != version.content_sha256:
        raise ShownDiffers
    list_citations([(version, cited)])
    now, seal = timezone.now(), version.content_sha256
    Signature.objects.create(
        version=version, signer=by, signer_name=str(by), meaning=meaning, sha256=seal, signed_at=now
    )
    move(version, Status.APPROVED, approver=by, approved_at=now, **rendered(version))


@acted
@transaction.atomic
def reopen(version: FaqVersion, *, by: User) -> None:
    """Takes an approved version back to draft and voids its approval. Raises IllegalMove, PermissionDenied."""
    version = locked(version)
    permissions.require(by, "submit")
    if version.status != Status.APPROVED:
        raise IllegalMove(version.status, Status.DRAFT)
    _back_to_draft(version)


def _back_to_draft(version: FaqVersion, **changes: object) -> None:
    """What an approval left behind goes with it, but for its signature."""
    void = {"approver": None, "approved_at": None, "content_sha256": "", "publish_at": None, "scheduled_by": None}
    move(version, Status.DRAFT, **void, **changes)
    version.citations.all().delete()


def _refuse_unready(version: FaqVersion, wording: rendering.Wording) -> None:
    found = checklist.problems(version, wording)
    if found:
        raise NotReady(found)
