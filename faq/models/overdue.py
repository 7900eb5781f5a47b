"""The policy of a market on answers whose review is overdue."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from faq.models.faq import LabelStatus
from faq.models.reminder import ReviewReminder
from faq.models.version import FaqVersion
from portal.chrome.models import Market

# Nothing is withdrawn before so many days after the clock noted that it is due, even where the clock had long stood
# still or the policy has just become stricter: somebody has to have had the time to act.
NOTICE = timedelta(days=7)


def today(market: Market) -> date:
    """The day that it is in `market`."""
    return timezone.localdate(timezone=ZoneInfo(market.time_zone))


def withdrawn_on(version: FaqVersion) -> date | None:
    """The day on which the policy withdraws a published version; None where it never does, or has not noted it yet."""
    market, due = version.faq.market, version.due_day
    on_label = version.faq.label_status == LabelStatus.ON_LABEL
    days = market.overdue_days if on_label else market.overdue_days_unlabelled
    if days is None or due is None:
        return None
    noted = ReviewReminder.objects.filter(version=version, due=due, stage=ReviewReminder.Stage.DUE)
    first = noted.order_by("noted_at").values_list("noted_at", flat=True).first()
    if first is None:
        return None
    noted_on = timezone.localdate(first, timezone=ZoneInfo(market.time_zone))
    return max(due + timedelta(days=days), noted_on + NOTICE)


def is_over(version: FaqVersion) -> bool:
    """Whether the policy withdraws `version` today."""
    day = withdrawn_on(version)
    return day is not None and day <= today(version.faq.market)
