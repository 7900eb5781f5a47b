"""The verbs on inquiries."""

import contextlib

from django.db import DatabaseError
from django.utils import timezone

from portal.accounts.models import User
from portal.contact.models import Inquiry
from portal.lib import email


def receive(inquiry: Inquiry) -> None:
    """Stores an inquiry, then mails it to the market's mailbox; it stays stored if no mail server answers."""
    inquiry.save()
    sent = email.send("inquiry", {"inquiry": inquiry}, inquiry.mailboxes, reply_to=[inquiry.email])
    if sent:
        # The inquiry is stored: a database that fails now must not make the visitor send it again.
        with contextlib.suppress(DatabaseError):
            Inquiry.objects.filter(pk=inquiry.pk).update(mailed=True)


def mark_answered(inquiries: "list[Inquiry]", *, by: User) -> int:
    """Notes that `by` answered the inquiries that are still new; returns how many those were."""
    new = Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in inquiries], state=Inquiry.State.NEW)
    return new.update(state=Inquiry.State.ANSWERED, answered_at=timezone.now(), answered_by=by)
