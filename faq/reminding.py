"""Who is told what comes due for review, and the one mail that tells each of it."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from faq.models import FaqVersion, ReviewReminder, overdue
from faq.models.workflow import Status
from portal.accounts.models import User
from portal.lib import email

Stage = ReviewReminder.Stage
# A mail names so many answers of a kind; more are counted, and stand in the list of the admin.
NAMED = 100
# The most pressing first, as the mail says it.
HEADINGS = {
    Stage.WITHDRAWN: "Withdrawn, because the review was overdue for too long",
    Stage.DUE: "Due for review now",
    Stage.THIRTY: "Due within 30 days",
    Stage.SIXTY: "Due within 60 days",
}


def approvers() -> list[str]:
    """The addresses of all who may approve; superusers, who run the portal, only where they belong to such a group."""
    people = User.objects.with_perm(
        "faq.approve_faqversion", include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    return sorted({person.email for person in people.filter(is_staff=True).exclude(email="")})


def reminders(version: FaqVersion, due: date, stage: Stage, approvers: list[str]) -> list[ReviewReminder]:
    """The rows that note who is to be told of `version`, not stored yet."""
    # Where there is nobody to tell it is noted all the same, for the policy counts from there.
    mailboxes = _mailboxes(version, approvers) or [""]
    now = timezone.now()
    return [
        ReviewReminder(version=version, due=due, stage=stage, mailbox=mailbox, noted_at=now) for mailbox in mailboxes
    ]


def _mailboxes(version: FaqVersion, approvers: list[str]) -> list[str]:
    if version.faq.market.review_mailbox:
        return [version.faq.market.review_mailbox]
    author = version.author
    own = [author.email] if author and author.is_active and author.email else []
    return list(dict.fromkeys([*own, *approvers]))


def mail_all() -> tuple[list[str], list[str]]:
    """Mails to each mailbox what it was not told yet; what went out and what did not, in lines."""
    done: list[str] = []
    failed: list[str] = []
    for mailbox in _waiting():
        result = _mail(mailbox)
        if result is True:
            done.append(f"Mailed to {mailbox}.")
        elif result is False:
            failed.append(f"Could not be mailed to {mailbox}.")
    return done, failed


def rehearse() -> list[str]:
    """What `mail_all` would send now, in lines."""
    mails = [(mailbox, _digest(_unsent(mailbox))) for mailbox in _waiting()]
    return [
        f"To be mailed to {mailbox}: " + "; ".join(f"{heading}: {len(found)}" for heading, found in digest.items())
        for mailbox, digest in mails
        if digest
    ]


def _waiting() -> list[str]:
    found = ReviewReminder.objects.unsent().exclude(mailbox="").order_by("mailbox")
    return list(found.values_list("mailbox", flat=True).distinct())


def _unsent(mailbox: str) -> list[ReviewReminder]:
    """What `mailbox` was not told yet and no other process is about to tell it, locked until the transaction ends."""
    rows = ReviewReminder.objects.unsent().filter(mailbox=mailbox).order_by("due", "pk")
    return list(rows.select_for_update(skip_locked=True, of=("self",)))


@transaction.atomic
def _mail(mailbox: str) -> bool | None:
    """Whether a mail went out; None where there was nothing to tell, or another process tells it."""
    rows = _unsent(mailbox)
    digest = _digest(rows)
    told = {version.pk for found in digest.values() for version in found}
    # What was noted and then dealt with before any mail could tell of it: nobody need hear of it any more.
    ReviewReminder.objects.filter(pk__in=[row.pk for row in rows if row.version_id not in told]).delete()
    if not digest:
        return None
    if not _send(mailbox, digest):
        return False
    ReviewReminder.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now())
    return True


def _digest(rows: Iterable[ReviewReminder]) -> dict[str, list[FaqVersion]]:
    """The answers of which `rows` still tell the truth, each once, under the heading of a mail that fits it today."""
    days: dict[int, set[date]] = {}
    for row in rows:
        days.setdefault(row.version_id, set()).add(row.due)
    withdrawn = {row.version_id for row in rows if row.stage == Stage.WITHDRAWN}
    versions = FaqVersion.objects.filter(pk__in=days).with_due_day().light()
    found: dict[str, list[FaqVersion]] = {heading: [] for heading in HEADINGS.values()}
    for version in versions.select_related("faq__drug", "faq__market", "author"):
        stage = Stage.WITHDRAWN if version.pk in withdrawn else _stage(version, days[version.pk])
        if stage is not None:
            found[HEADINGS[stage]].append(version)
    for named in found.values():
        named.sort(key=lambda version: (version.due_day or date.max, version.pk))
    return {heading: named for heading, named in found.items() if named}


def _stage(version: FaqVersion, days: set[date]) -> Stage | None:
    """How pressing the review of an answer is today, noted as due on `days`; None where that is dealt with."""
    if version.status != Status.PUBLISHED or version.due_day is None or version.due_day not in days:
        return None
    return ReviewReminder.stage_on(overdue.today(version.faq.market), version.due_day)


def _send(mailbox: str, digest: dict[str, list[FaqVersion]]) -> bool:
    told = [(heading, found[:NAMED], max(0, len(found) - NAMED)) for heading, found in digest.items()]
    counts = {"count": sum(len(found) for found in digest.values()), "withdrawn": HEADINGS[Stage.WITHDRAWN] in digest}
    # Staff read one language, that of the admin, whatever their market's is.
    with translation.override(settings.LANGUAGE_CODE):
        return email.send("review", {"told": told, **counts}, [mailbox])
