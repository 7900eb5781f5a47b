"""The verbs on inquiries."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.contact import free_texts, groups, topics
from portal.contact.models import REPORT, Inquiry
from portal.lib import email, ratelimit
from portal.lib.elsewhere import absolute
from portal.lib.language import spoken
from portal.lib.locks import advisory_lock
from portal.safety.receiving import receive_from

logger = logging.getLogger(__name__)

# Within this time, the same words from the same sender are the same inquiry.
AGAIN = timedelta(minutes=10)
# What was held back from a flood of mails must not become one.
AT_ONCE = 60


def receive(inquiry: Inquiry, *, address: str) -> Inquiry:
    """Stores an inquiry, then tells its mailboxes and its sender; it stays stored if no mail server answers.

    `address` is the sender's network address, which limits the mails that one can cause.
    Returns the inquiry, or the one that is there already where its sender pressed the button twice.
    """
    with transaction.atomic():
        # One press waits for the other, so that it finds what the other stored.
        advisory_lock(f"inquiry-{inquiry.market_id}")
        if there := earlier(inquiry):
            return there
        inquiry.topic = topics.stored(inquiry.topic)
        inquiry.save()
        receive_from(free_texts.INQUIRY, inquiry, address=address)
    with _already_stored(inquiry):
        _note(inquiry, mailed=_tell_staff(inquiry, address))
    with _already_stored(inquiry):
        _note(inquiry, acknowledged=_acknowledge(inquiry, address))
    return inquiry


def earlier(inquiry: Inquiry) -> Inquiry | None:
    """What the same sender has just sent with the same words in every field, as by a second press of the button.

    Every field counts, for a report that is sent again with a lot number says something new. Of those who left no
    address nothing is the same: two of them may have sent the same few words about two patients.
    """
    if not inquiry.email and not inquiry.phone:
        return None
    same = {name: getattr(inquiry, name) for name in groups.TYPED}
    found = Inquiry.objects.filter(market=inquiry.market, topic__key=inquiry.topic.key, **same)
    recent = found.filter(received_at__gte=inquiry.received_at - AGAIN).exclude(pk=inquiry.pk)
    return recent.select_related("topic", "market").order_by("received_at", "pk").first()


def complete(inquiry: Inquiry, added: dict[str, Any], *, address: str) -> bool:
    """Stores what the sender of a report added to it, and mails the report again; False if it was added to already.

    `added` has values of the fields REPORT. A report that was marked as answered is new again, with a note of it.
    """
    with transaction.atomic():
        report = Inquiry.objects.select_for_update(of=("self",)).select_related("topic", "market").get(pk=inquiry.pk)
        if not report.may_be_completed:
            return False
        for name in REPORT:
            setattr(report, name, added[name])
        is_text = bool(free_texts.added(report))
        report.added_at = timezone.now() if is_text else None
        _reopen(report)
        report.save()
        if is_text:
            receive_from(free_texts.ADDITION, report, address=address)
    with _already_stored(report):
        _note(report, mailed=_tell_staff(report, address, completed=True))
    return True


def resend() -> tuple[int, int]:
    """Mails to staff up to AT_ONCE inquiries that they have had no mail of; returns how many went out and how many not.

    What fails does not count, so that a mailbox which takes nothing never stands before the others.
    """
    sent = failed = 0
    for pk in list(Inquiry.objects.unmailed().values_list("pk", flat=True)):
        result = _resent(pk) if sent < AT_ONCE else None
        sent, failed = sent + (result is True), failed + (result is False)
    return sent, failed


def mark_answered(inquiries: "list[Inquiry]", *, by: User) -> int:
    """Notes that `by` answered the inquiries that are still new; returns how many those were."""
    new = Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in inquiries], state=Inquiry.State.NEW)
    return new.update(state=Inquiry.State.ANSWERED, answered_at=timezone.now(), answered_by=by)


def _reopen(report: Inquiry) -> None:
    if report.state != Inquiry.State.ANSWERED:
        return
    answered, added = (timezone.localtime(at).isoformat(" ", "minutes") for at in (report.answered_at, timezone.now()))
    report.note = (
        f"Marked as answered by {report.answered_by} ({answered}). "
        f"Its sender added to it afterwards ({added}), so it is new again."
    )
    report.state, report.answered_at, report.answered_by = Inquiry.State.NEW, None, None


def _resent(pk: int) -> bool | None:
    """Whether a mail went out; None where somebody else sends it, or has sent it, at the same time."""
    with transaction.atomic():
        free = Inquiry.objects.select_for_update(of=("self",), skip_locked=True).unmailed()
        inquiry = free.select_related("topic__market", "market").filter(pk=pk).first()
        if inquiry is None:
            return None
        sent = _mail(inquiry)
        _note(inquiry, mailed=sent)
    return sent


def _tell_staff(inquiry: Inquiry, address: str, *, completed: bool = False) -> bool:
    if not inquiry.is_safety or ratelimit.safety_mail(address):
        return _mail(inquiry, completed=completed)
    if ratelimit.safety_mails_held_back(address):
        email.send("inquiry", {"inquiry": inquiry, "held_back": True}, [inquiry.topic.destination])
    return False


def _mail(inquiry: Inquiry, *, completed: bool = False) -> bool:
    """Mails an inquiry to the mailbox of its topic; the safety mailbox is told of it by a link (`portal.safety`).

    Where the two are one, the safety mailbox gets a link here too: what visitors write does not lie in it.
    """
    mailbox = inquiry.topic.destination
    if not mailbox:
        return False
    # Staff read one language, that of the admin, whatever the visitor's is.
    with translation.override(settings.LANGUAGE_CODE):
        if mailbox == inquiry.market.safety_mailbox:
            address = absolute(reverse("admin:contact_inquiry_change", args=[inquiry.pk]))
            return email.send("inquiry", {"inquiry": inquiry, "address": address, "completed": completed}, [mailbox])
        context = {"inquiry": inquiry, "groups": groups.told(inquiry), "completed": completed}
        reply_to = [inquiry.email] if inquiry.email else None
        return email.send("inquiry", context, [mailbox], reply_to=reply_to)


def _acknowledge(inquiry: Inquiry, address: str) -> bool:
    """Confirms the inquiry to the mailbox that was given, which may be a stranger's: hence the limits."""
    wanted = inquiry.email and inquiry.may_be_answered
    if not wanted or not ratelimit.acknowledgement(inquiry.email, address):
        return False
    with spoken(inquiry.market.language_tag):
        context = {"inquiry": inquiry, "market": inquiry.market}
        reply_to = [inquiry.topic.destination]
        return email.send("acknowledgement", context, [inquiry.email], reply_to, is_automatic=True)


@contextmanager
def _already_stored(inquiry: Inquiry) -> Iterator[None]:
    """Nothing that fails after the inquiry is stored, not even the database, may make its sender send it again."""
    try:
        yield
    except Exception:
        logger.exception("%s is stored, but what follows from it failed", inquiry.case_number)


def _note(inquiry: Inquiry, **sent: bool) -> None:
    Inquiry.objects.filter(pk=inquiry.pk).update(**sent)
