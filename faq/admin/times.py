"""A time as staff type it: that of the market's clocks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from faq.models import FaqVersion


def market_time(typed: str, version: FaqVersion) -> datetime:
    """The moment at which the clocks of the market of `version` show `typed`, such as 2026-03-01T09:30.

    Raises ValueError where they never do, and where they do twice.
    """
    zone = version.faq.market.time_zone
    try:
        naive = datetime.strptime(typed.strip(), "%Y-%m-%dT%H:%M")
    except ValueError:
        raise ValueError("Give a day and a time, such as 2026-03-01 09:30.") from None
    first, second = (naive.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise ValueError(f"The clocks in {zone} change at that hour: choose another time.")
    return first


def zone_time(moment: datetime, version: FaqVersion) -> str:
    """`moment` as the clocks of the market of `version` show it, with the name of their zone."""
    zone = version.faq.market.time_zone
    local = moment.astimezone(ZoneInfo(zone))
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()} ({zone})"


def soon(version: FaqVersion, now: datetime) -> str:
    """The next full hour in the market of `version`, as a field for a day and a time takes it."""
    local = now.astimezone(ZoneInfo(version.faq.market.time_zone))
    return (local.replace(minute=0) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
