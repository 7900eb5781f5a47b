"""The verbs that decide what visitors read: publish and withdraw."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from faq import permissions, rendering, sources
from faq.models import Faq, FaqVersion, Reference, ReviewRequest
from faq.models.workflow import Status
from faq.publishing.moving import check_moves, lock_questions, locked, move, move_all
from faq.publishing.refusals import NotAsSigned, NotReady
from faq.publishing.wording import list_citations
from faq.search import index
from portal.accounts.models import User
from portal.audit import acted


@acted
@transaction.atomic
def publish(version: FaqVersion, *, by: User) -> None:
    """Shows an approved version to visitors in place of the one before.

    Raises NotReady where a source was retracted since, IllegalMove, NotAsSigned, PermissionDenied.
    """
    permissions.require(by, "publish")
    publish_approved(locked(version))


def publish_approved(version: FaqVersion) -> None:
    """Publishes a locked version if it still is what was signed. Raises NotReady, IllegalMove, NotAsSigned."""
    check_moves([version], Status.PUBLISHED)
    wording = rendering.wording_of(version)
    if found := sources.problems(wording):
        raise NotReady(found)
    if rendering.fingerprint(version, wording.resources) != version.content_sha256:
        raise NotAsSigned(version)
    publish_all([version])


@transaction.atomic
def publish_all(versions: Sequence[FaqVersion]) -> None:
    """Publishes approved versions of different FAQs: supersedes those before, writes the index. Raises IllegalMove."""
    lock_questions([version.faq_id for version in versions])
    check_moves(versions, Status.PUBLISHED)
    now = timezone.now()
    before = FaqVersion.objects.published().filter(faq__in=[version.faq_id for version in versions])
    before.update(status=Status.SUPERSEDED, superseded_at=now)
    move_all(versions, Status.PUBLISHED, published_at=now, publish_at=None, scheduled_by=None)
    ReviewRequest.objects.close_with(versions)
    index.refresh(index.for_index(versions))


@transaction.atomic
def publish_imported(cited: Sequence[tuple[FaqVersion, Sequence[Reference]]]) -> None:
    """Takes drafts whose `imported_from` says where they were approved through every move to published.

    Each comes rendered (`render`) and with the references that it cites, in order. Raises ValueError, IllegalMove.
    """
    versions = [version for version, _ in cited]
    if not all(version.imported_from and version.content_sha256 for version in versions):
        raise ValueError("Only what was approved elsewhere and rendered is published without an approver.")
    move_all(versions, Status.IN_REVIEW)
    list_citations(cited)
    move_all(versions, Status.APPROVED, approved_at=timezone.now())
    publish_all(versions)


@acted
@transaction.atomic
def withdraw(version: FaqVersion, *, by: User | None, reason: str, replaced_by: Faq | None = None) -> None:
    """Takes a published version off every page and out of search.

    Visitors of its address are led to `replaced_by` as soon and as long as that question is answered; without one, to
    the nearest answers of the drug. Without `by`, the policy of the market for overdue answers withdraws it.
    Raises IllegalMove, PermissionDenied, ValueError.
    """
    lock_questions([version.faq_id])
    version = locked(version)
    permissions.require_withdrawal(by, version)
    if not reason.strip():
        raise ValueError("Say why the answer is withdrawn.")
    if replaced_by is not None and not version.faq.may_be_replaced_by(replaced_by):
        raise ValueError("A question is replaced by another one of the same market.")
    move(version, Status.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_by=by, withdrawal_reason=reason.strip())
    Faq.objects.filter(pk=version.faq_id).update(replaced_by=replaced_by)
    index.remove(version.faq_id)
