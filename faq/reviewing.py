"""The verbs that ask for a review of answers, and that say it was done."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from faq.models import Faq, Reference, ReviewRequest
from portal.accounts.models import User


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
    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("Say what changed.")
    asked = []
    for faq in faqs:
        kept = ReviewRequest.objects.open().select_for_update().filter(faq=faq, cause=cause, reference=reference)
        request = None if cause == ReviewRequest.Cause.ASKED else kept.first()
        if request is None:
            request = ReviewRequest(faq=faq, cause=cause, reference=reference, due=due, asked_by=by)
        request.reason, request.due = reason.strip(), min(due, request.due)
        request.save()
        asked.append(request)
    return asked
