"""The verbs that ask for a review of answers, and that say it was done."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from faq import permissions
from faq.models import Drug, Faq, FaqVersion, Reference, ReviewRequest
from portal.accounts.models import User
from portal.audit import acted


@acted
@transaction.atomic
def ask(
    faqs: Iterable[Faq],
    cause: ReviewRequest.Cause,
    *,
    reason: str,
    due: date,
    by: User | None,
    reference: Reference | None = None,
) -> list[ReviewRequest]:
    """Asks for a review of each of `faqs` by the day `due`; returns the open requests.

    Where the same cause is open for a question already, its request takes the new reason and keeps the earlier day.
    A version that is begun after it and published answers it. Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("Say what changed.")
    chosen = list(faqs)
    newest = _newest(chosen)
    asked = []
    for faq in chosen:
        kept = ReviewRequest.objects.open().select_for_update().filter(faq=faq, cause=cause, reference=reference)
        request = None if cause == ReviewRequest.Cause.ASKED else kept.first()
        if request is None:
            request = ReviewRequest(faq=faq, cause=cause, reference=reference, due=due, asked_by=by)
        request.reason, request.due = reason.strip(), min(due, request.due)
        request.newest_version = newest.get(faq.pk, 0)
        request.save()
        asked.append(request)
    return asked


def ask_for(faq: Faq, *, reason: str, due: date, by: User) -> ReviewRequest:
    """Asks on behalf of `by` for a review of one answer. Raises PermissionDenied, and ValueError without a reason."""
    _require(by, "ask")
    if not reason.strip():
        raise ValueError("Say why the answer should be reviewed.")
    _refuse_past(due)
    return ask([faq], ReviewRequest.Cause.ASKED, reason=reason, due=due, by=by)[0]


def label_changed(drug: Drug, *, reason: str, by: User, due: date | None = None) -> list[ReviewRequest]:
    """Sets all published answers about `drug` due, by today unless `due` says another day.

    Raises PermissionDenied, and ValueError without a reason or where nothing about the drug is published.
    """
    _require(by, "label")
    day = due or timezone.localdate()
    _refuse_past(day)
    faqs = list(Faq.objects.answered().filter(drug=drug))
    if not faqs:
        raise ValueError(f"No answer about {drug} is published.")
    return ask(faqs, ReviewRequest.Cause.LABEL, reason=reason, due=day, by=by)


@acted
@transaction.atomic
def close(request: ReviewRequest, *, outcome: str, by: User) -> None:
    """Says that the answer stays as it is, and why.

    Nobody says so of what they wrote themselves, for it is as good as an approval.
    Raises PermissionDenied, and ValueError without a reason or where the request is closed already.
    """
    _require(by, "close")
    locked = ReviewRequest.objects.select_for_update().get(pk=request.pk)
    published = locked.faq.versions.published().first()
    if published and permissions.has_written(by, published):
        raise PermissionDenied("Somebody who wrote nothing in the answer decides that it stays as it is.")
    if not outcome.strip():
        raise ValueError("Say why the answer stays as it is.")
    if locked.closed_at is not None:
        raise ValueError("This request is closed already.")
    locked.closed_at, locked.closed_by, locked.outcome = timezone.now(), by, outcome.strip()
    locked.save()


def may(user: User, action: str) -> bool:
    """Whether `user` may `ask` for reviews, say that a `label` changed, or `close` requests."""
    return user.has_perm(f"faq.{action}_reviewrequest")


def _require(user: User, action: str) -> None:
    if not may(user, action):
        raise PermissionDenied(f"{user} may not {action} review requests.")


def _refuse_past(due: date) -> None:
    # Whoever asks today cannot have wanted it yesterday; the answer would be overdue before anybody was told.
    if due < timezone.localdate():
        raise ValueError("The day by which the review is wanted lies in the past.")


def _newest(faqs: Iterable[Faq]) -> dict[int, int]:
    """The number of the newest version of each question that has one."""
    numbers = FaqVersion.objects.filter(faq__in=faqs).order_by().values_list("faq").annotate(newest=Max("number"))
    return dict(numbers)
