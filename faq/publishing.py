"""The verbs that move versions; nothing else assigns a version's status."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from faq import permissions, rendering
from faq.models import Citation, Faq, FaqVersion, Reference
from faq.models.figure import FigureSource
from faq.models.workflow import OPEN, IllegalMove, Status, check_move
from faq.search import index
from portal.accounts.models import User

# What a new version begins with; what changed is said anew.
_CARRIED_ON = ("question", "short_answer", "body", "last_reviewed", "next_review")


class NotReady(Exception):
    """A version lacks something that visitors need; `problems` says what, in sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class ShownDiffers(Exception):
    """The approver was shown something else than what the approval would bind."""

    def __init__(self) -> None:
        super().__init__(
            "This version reads differently from what the page showed you: somebody changed it, or a reference that it"
            " cites. Read it again before you approve it."
        )


class NotDraft(PermissionDenied):
    """Somebody wrote in a version that is no draft any more."""

    def __init__(self, version: FaqVersion) -> None:
        state = version.get_status_display().lower()
        super().__init__(f"{version} is {state}: nobody writes in it until it is a draft again.")
        self.version = version


def problems(version: FaqVersion) -> list[str]:
    """What keeps `version` from being shown to visitors, in sentences; empty when nothing does."""
    wording = rendering.wording_of(version)
    found = marker_problems(wording)
    if not version.short_answer:
        found.append("The short answer is missing.")
    if not version.last_reviewed:
        found.append("The date of last review is missing.")
    if not version.next_review:
        found.append("The date of the next review is missing.")
    if version.number > 1 and not version.what_changed.strip():
        found.append("What changed since the version before is missing.")
    found += [
        f"Figure {figure.key!r} has no description." for figure in wording.figures.values() if not figure.description
    ]
    return found


def marker_problems(wording: rendering.Wording) -> list[str]:
    """The markers of a wording that lead nowhere, and the figures that no marker places."""
    keys = rendering.marked(wording)
    placed = set(keys.figures)
    found = [
        f"No reference has the key {key!r}." for key in dict.fromkeys(keys.references) if key not in wording.references
    ]
    found += [f"No figure has the key {key!r}." for key in dict.fromkeys(keys.figures) if key not in wording.figures]
    found += [f"Figure {key!r} is placed twice." for key in sorted(placed) if keys.figures.count(key) > 1]
    found += [f"Figure {key!r} is never placed in the text." for key in wording.figures if key not in placed]
    found += [
        f"The text refers to a figure {key!r} that it does not show."
        for key in keys.cross_references
        if key not in placed
    ]
    return found


def lock_draft(version: FaqVersion) -> FaqVersion:
    """The draft as the database holds it, locked until the caller's transaction ends. Raises NotDraft."""
    version = _locked(version)
    if not version.is_editable:
        raise NotDraft(version)
    return version


@transaction.atomic
def write(version: FaqVersion, *, by: User) -> None:
    """Locks a draft for a change of its wording or parts by `by`, who will never approve it. Raises NotDraft."""
    lock_draft(version).writers.add(by)


@transaction.atomic
def submit(version: FaqVersion, *, by: User) -> None:
    """Sends a draft to review. Raises NotReady, IllegalMove, PermissionDenied."""
    version = _locked(version)
    permissions.require(by, "submit")
    _refuse_unready(version)
    _move(version, Status.IN_REVIEW, review_comment="", author=version.author or by)


@transaction.atomic
def send_back(version: FaqVersion, *, by: User, comment: str) -> None:
    """Returns a version under review to its author with a comment. Raises IllegalMove, PermissionDenied, ValueError."""
    version = _locked(version)
    permissions.require(by, "approve")
    if not comment.strip():
        raise ValueError("Say what should change.")
    _move(version, Status.DRAFT, review_comment=comment.strip())


@transaction.atomic
def approve(version: FaqVersion, *, by: User, shown: str | None = None) -> None:
    """Binds the approval of `by` to what visitors will be shown.

    `shown` is the fingerprint of what `by` has read (`rendering.fingerprint`), for callers that showed it.
    Raises NotReady, ShownDiffers, IllegalMove, PermissionDenied.
    """
    version = _locked(version)
    permissions.require_approval(by, version)
    check_move(version.status, Status.APPROVED)
    _refuse_unready(version)
    cited = render(version, rendering.wording_of(version))
    if shown is not None and shown != version.content_sha256:
        raise ShownDiffers
    list_citations([(version, cited)])
    _move(version, Status.APPROVED, approver=by, approved_at=timezone.now(), **_rendered(version))


@transaction.atomic
def reopen(version: FaqVersion, *, by: User) -> None:
    """Takes an approved version back to draft and voids its approval. Raises IllegalMove, PermissionDenied."""
    version = _locked(version)
    permissions.require(by, "submit")
    if version.status != Status.APPROVED:
        raise IllegalMove(version.status, Status.DRAFT)
    _move(version, Status.DRAFT, approver=None, approved_at=None, content_sha256="")
    version.citations.all().delete()


@transaction.atomic
def publish(version: FaqVersion, *, by: User) -> None:
    """Shows an approved version to visitors in place of the one before. Raises IllegalMove, PermissionDenied."""
    permissions.require(by, "publish")
    publish_all([_locked(version)])


@transaction.atomic
def publish_all(versions: Sequence[FaqVersion]) -> None:
    """Publishes approved versions of different FAQs: supersedes those before, writes the index. Raises IllegalMove."""
    _lock_questions([version.faq_id for version in versions])
    _check_moves(versions, Status.PUBLISHED)
    now = timezone.now()
    before = FaqVersion.objects.published().filter(faq__in=[version.faq_id for version in versions])
    before.update(status=Status.SUPERSEDED, superseded_at=now)
    _move_all(versions, Status.PUBLISHED, published_at=now)
    index.refresh(index.for_index(versions))


@transaction.atomic
def publish_imported(cited: Sequence[tuple[FaqVersion, Sequence[Reference]]]) -> None:
    """Takes drafts whose `imported_from` says where they were approved through every move to published.

    Each comes rendered (`render`) and with the references that it cites, in order. Raises ValueError, IllegalMove.
    """
    versions = [version for version, _ in cited]
    if not all(version.imported_from and version.content_sha256 for version in versions):
        raise ValueError("Only what was approved elsewhere and rendered is published without an approver.")
    _move_all(versions, Status.IN_REVIEW)
    list_citations(cited)
    _move_all(versions, Status.APPROVED, approved_at=timezone.now())
    publish_all(versions)


@transaction.atomic
def withdraw(version: FaqVersion, *, by: User, reason: str, replaced_by: Faq | None = None) -> None:
    """Takes a published version off every page and out of search.

    Visitors of its address are led to `replaced_by` as soon and as long as that question is answered; without one, to
    the nearest answers of the drug. Raises IllegalMove, PermissionDenied, ValueError.
    """
    _lock_questions([version.faq_id])
    version = _locked(version)
    permissions.require(by, "withdraw")
    if not reason.strip():
        raise ValueError("Say why the answer is withdrawn.")
    if replaced_by is not None and not version.faq.may_be_replaced_by(replaced_by):
        raise ValueError("A question is replaced by another one of the same market.")
    _move(version, Status.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_by=by, withdrawal_reason=reason.strip())
    Faq.objects.filter(pk=version.faq_id).update(replaced_by=replaced_by)
    index.remove(version.faq_id)


@transaction.atomic
def revise(faq: Faq, *, by: User) -> FaqVersion:
    """A new draft for `faq`, a copy of its newest version. Raises IllegalMove where one is open already."""
    permissions.require(by, "submit")
    faq = Faq.objects.select_for_update().get(pk=faq.pk)
    latest = faq.versions.with_parts().order_by("-number").first()
    if latest and latest.status in OPEN:
        raise IllegalMove(latest.status, Status.DRAFT)
    copied = {field: getattr(latest, field) for field in _CARRIED_ON} if latest else {}
    draft = FaqVersion.objects.create(faq=faq, author=by, **copied)
    draft.writers.add(by)
    if latest:
        _copy_parts(latest, draft)
    return draft


def render(version: FaqVersion, wording: rendering.Wording) -> list[Reference]:
    """Writes what visitors will get into the unsaved fields of `version`; returns the references it cites, in order."""
    rendered = rendering.render(wording)
    version.rendered_short_answer, version.rendered_body = rendered.short_answer, rendered.body
    version.rendered_references, version.reading_minutes = rendered.references, rendered.reading_minutes
    version.content_sha256 = rendering.fingerprint(version, wording.resources)
    return rendered.cited


def list_citations(cited: Iterable[tuple[FaqVersion, Sequence[Reference]]]) -> None:
    """Makes each version's citation rows those of the references it cites, in order of their numbers."""
    pairs = list(cited)
    Citation.objects.filter(version__in=[version for version, _ in pairs]).delete()
    Citation.objects.bulk_create(
        Citation(version=version, reference=reference, number=number)
        for version, references in pairs
        for number, reference in enumerate(references, start=1)
    )


def _rendered(version: FaqVersion) -> dict[str, object]:
    fields = ("rendered_short_answer", "rendered_body", "rendered_references", "reading_minutes", "content_sha256")
    return {field: getattr(version, field) for field in fields}


def _lock_questions(faqs: Iterable[int]) -> None:
    """Lets nobody else publish or withdraw a version of these FAQs until the transaction ends."""
    # No lock of the key: whoever writes the index checks that the FAQ is there while this waits for the index.
    list(Faq.objects.select_for_update(no_key=True).filter(pk__in=faqs).order_by("pk"))


def _locked(version: FaqVersion) -> FaqVersion:
    """`version` as the database holds it, locked until the transaction ends; its key stays free, as a FAQ's does."""
    return FaqVersion.objects.with_parts().select_for_update(of=("self",), no_key=True).get(pk=version.pk)


def _refuse_unready(version: FaqVersion) -> None:
    found = problems(version)
    if found:
        raise NotReady(found)


def _move(version: FaqVersion, target: Status, **changes: object) -> None:
    _move_all([version], target, **changes)


def _move_all(versions: Sequence[FaqVersion], target: Status, **changes: object) -> None:
    _check_moves(versions, target)
    FaqVersion.objects.filter(pk__in=[version.pk for version in versions]).update(status=target, **changes)
    for version in versions:
        version.status = target


def _check_moves(versions: Iterable[FaqVersion], target: Status) -> None:
    for version in versions:
        check_move(version.status, target)


def _copy_parts(source: FaqVersion, target: FaqVersion) -> None:
    for figure in source.figures.all():
        references = [link.reference for link in figure.figuresource_set.all()]
        figure.pk, figure.version = None, target
        figure._state.adding = True
        figure.save()
        FigureSource.objects.bulk_create(FigureSource(figure=figure, reference=reference) for reference in references)
    for resource in source.resources.all():
        resource.pk, resource.version = None, target
        resource._state.adding = True
        resource.save()
