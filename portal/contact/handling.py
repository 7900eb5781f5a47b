"""The verbs on inquiries."""

import contextlib

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.contact import groups, topics
from portal.contact.models import REPORT, Inquiry
from portal.lib import email, ratelimit
from portal.lib.language import spoken


def receive(inquiry: Inquiry) -> None:
    """Stores an inquiry, then tells its mailboxes and its sender; it stays stored if no mail server answers."""
    with transaction.atomic():
        inquiry.topic = topics.stored(inquiry.topic)
        inquiry.save()
    _note(inquiry, mailed=_tell_staff(inquiry))
    # The inquiry is stored: a database that fails now must not make the visitor send it again.
    with contextlib.suppress(DatabaseError):
        _note(inquiry, acknowledged=_acknowledge(inquiry))


def complete(inquiry: Inquiry) -> None:
    """Stores what the sender of a report added to it, and mails the report again."""
    inquiry.save(update_fields=REPORT)
    _note(inquiry, mailed=_tell_staff(inquiry, completed=True))


def mark_answered(inquiries: "list[Inquiry]", *, by: User) -> int:
    """Notes that `by` answered the inquiries that are still new; returns how many those were."""
    new = Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in inquiries], state=Inquiry.State.NEW)
    return new.update(state=Inquiry.State.ANSWERED, answered_at=timezone.now(), answered_by=by)


def _tell_staff(inquiry: Inquiry, *, completed: bool = False) -> bool:
    # Staff read one language, that of the admin, whatever the visitor's is.
    with translation.override(settings.LANGUAGE_CODE):
        context = {"inquiry": inquiry, "groups": groups.told(inquiry), "completed": completed}
        reply_to = [inquiry.email] if inquiry.email else None
        return email.send("inquiry", context, inquiry.mailboxes, reply_to=reply_to)


def _acknowledge(inquiry: Inquiry) -> bool:
    """Confirms the inquiry to the address that was given, which may be a stranger's: hence the limit."""
    wanted = inquiry.email and inquiry.may_be_answered
    if not wanted or not ratelimit.acknowledgement(inquiry.email):
        return False
    with spoken(inquiry.market.language_tag):
        context = {"inquiry": inquiry, "market": inquiry.market}
        reply_to = [inquiry.topic.destination]
        return email.send("acknowledgement", context, [inquiry.email], reply_to, is_automatic=True)


def _note(inquiry: Inquiry, **sent: bool) -> None:
    with contextlib.suppress(DatabaseError):
        Inquiry.objects.filter(pk=inquiry.pk).update(**sent)
