"""The mails about safety flags: a link and a time, never the text and never its sender.

A flag that is raised is told of at once. What could not be mailed then, what was held back from a flood, what comes due
and what is overdue is told by `remind`, in one mail for each market and run.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from portal.chrome.models import Market
from portal.lib import email, ratelimit
from portal.lib.elsewhere import absolute
from portal.safety import kinds
from portal.safety.models import SOON, SafetyFlag

logger = logging.getLogger(__name__)

# A mail tells of so many flags, those that press most; what is left is told of by the next run.
TOLD = 2000
# It names so many of a kind; more are counted, and stand in the list that it links to.
NAMED = 20


class Line(NamedTuple):
    """What a mail says of one flag."""

    address: str
    kind: str
    level: str
    due_at: datetime
    mentions_death: bool


class Report(NamedTuple):
    """What one run did, in lines for whoever reads the command's output, and what it could not do."""

    done: list[str]
    failed: list[str]


def mailbox_of(market: Market) -> str:
    """Where safety is told in `market`."""
    return market.safety_mailbox or market.inquiry_mailbox


def tell_of(pk: int, *, address: str = "") -> bool:
    """Mails one flag that was raised just now; False where it waits for `remind`, as in a flood from `address`."""
    with transaction.atomic():
        found = SafetyFlag.objects.running().select_for_update(of=("self",), skip_locked=True)
        flag = found.select_related("market").filter(pk=pk).first()
        if flag is None or not ratelimit.safety_flag_mail(address, flag.market.code):
            return False
        sent = _send("safety", flag.market, {"flag": _line(flag)})
        if sent:
            SafetyFlag.objects.filter(pk=pk).update(mailed_at=timezone.now())
    return sent


def remind() -> Report:
    """Tells each market what it has had no mail of; may run again, or twice at once, and tells nothing twice."""
    done: list[str] = []
    failed: list[str] = []
    for market in Market.objects.order_by("code"):
        try:
            told = _remind(market)
        except Exception:
            # Whatever is wrong with one market, the others hear of what waits.
            logger.exception("what waits in market %r could not be told", market.code)
            told = 0
        if told:
            done.append(f"{market.code}: {told} mailed.")
        elif told is not None:
            failed.append(f"{market.code}: what waits could not be mailed to {mailbox_of(market) or 'no mailbox'}.")
    return Report(done, failed)


@transaction.atomic
def _remind(market: Market) -> int | None:
    """How many flags a mail told of; 0 where no server took it, None where there was nothing to tell."""
    now = timezone.now()
    waiting = SafetyFlag.objects.untold(now).filter(market=market)
    # What another run holds is what it is mailing.
    held = waiting.select_for_update(of=("self",), skip_locked=True)
    flags = list(held.select_related("market").defer("causes", "points").most_pressing()[:TOLD])
    if not flags:
        return None
    if not _send("safety_waiting", market, {"groups": _groups(flags, now), "count": len(flags)}):
        return 0
    _note(flags, now)
    return len(flags)


def _groups(flags: Sequence[SafetyFlag], now: datetime) -> list[tuple[str, list[Line], int]]:
    """The flags under the heading that presses most, each once: (heading, those that are named, how many more)."""
    headings: dict[str, list[SafetyFlag]] = {"Overdue": [], "Due soon": [], "New": []}
    for flag in flags:
        headings[_heading(flag, now)].append(flag)
    return [
        (heading, [_line(flag) for flag in found[:NAMED]], max(0, len(found) - NAMED))
        for heading, found in headings.items()
        if found
    ]


def _heading(flag: SafetyFlag, now: datetime) -> str:
    if flag.due_at and flag.due_at < now:
        return "Overdue"
    return "Due soon" if flag.due_at and flag.due_at <= now + SOON else "New"


def _note(flags: Sequence[SafetyFlag], now: datetime) -> None:
    told = SafetyFlag.objects.filter(pk__in=[flag.pk for flag in flags])
    told.filter(mailed_at=None).update(mailed_at=now)
    told.due_soon(now).filter(soon_mailed_at=None).update(soon_mailed_at=now)
    told.overdue(now).filter(overdue_mailed_at=None).update(overdue_mailed_at=now)


def _line(flag: SafetyFlag) -> Line:
    assert flag.due_at is not None  # noqa: S101  (the database keeps it: a_raised_flag_has_a_due_time)
    local = flag.due_at.astimezone(ZoneInfo(flag.market.time_zone))
    address = absolute(reverse("admin:safety_safetyflag_change", args=[flag.pk]))
    return Line(address, kinds.of(flag).label, flag.get_level_display(), local, flag.mentions_death)


def _send(template: str, market: Market, context: dict[str, object]) -> bool:
    mailbox = mailbox_of(market)
    queue = absolute(f"{reverse('admin:safety_safetyflag_changelist')}?market__id__exact={market.pk}")
    # Staff read one language, that of the admin, whatever their market's is.
    with translation.override(settings.LANGUAGE_CODE):
        return bool(mailbox) and email.send(template, {**context, "market": market, "queue": queue}, [mailbox])
