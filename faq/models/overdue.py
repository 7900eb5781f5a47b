"""The policy of a market on answers whose review is overdue."""

from collections.abc import Iterable
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


def noted_on(versions: Iterable[FaqVersion]) -> dict[int, date]:
    """For each of `versions` that came due: the day on which the clock noted that, which is when staff were told."""
    due = {version.pk: version for version in versions}
    rows = ReviewReminder.objects.filter(version__in=due, stage=ReviewReminder.Stage.DUE).order_by("-noted_at")
    return {
        key: timezone.localdate(at, timezone=ZoneInfo(due[key].faq.market.time_zone))
        for key, day, at in rows.values_list("version", "due", "noted_at")
        if day == due[key].due_day
    }


def withdrawn_on(version: FaqVersion, noted: date | None) -> date | None:
    """The day on which the policy withdraws a published version; None where it never does, or has not noted it yet."""
    market, due = version.faq.market, version.due_day
    on_label = version.faq.label_status == LabelStatus.ON_LABEL
    days = market.overdue_days if on_label else market.overdue_days_unlabelled
    if days is None or due is None or noted is None:
        return None
    return max(due + timedelta(days=days), noted + NOTICE)


def over(versions: Iterable[FaqVersion]) -> list[FaqVersion]:
    """Those of `versions` that the policy withdraws today; one query for all."""
    late = list(versions)
    noted = noted_on(late)
    days = [(version, withdrawn_on(version, noted.get(version.pk))) for version in late]
    return [version for version, day in days if day is not None and day <= today(version.faq.market)]
