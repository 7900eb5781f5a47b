"""What visitors were served on a day that has passed, from the versions that the database keeps unchanged."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from faq.models import FaqVersion
from faq.models.version import FaqVersionQuerySet
from faq.models.workflow import FROZEN
from portal.chrome.models import Market


class Span(NamedTuple):
    """A stretch of time by the clock of a market, from `start` to just before `end`."""

    start: datetime
    end: datetime


def span(market: Market, day: date, at: time | None = None) -> Span:
    """The whole of `day` in `market`, or the moment `at` of it."""
    zone = ZoneInfo(market.time_zone)
    if at is not None:
        moment = timezone.make_aware(datetime.combine(day, at), zone)
        return Span(moment, moment + timedelta(microseconds=1))
    start, end = (datetime.combine(on, time()) for on in (day, day + timedelta(days=1)))
    return Span(timezone.make_aware(start, zone), timezone.make_aware(end, zone))


def served(market: Market, within: Span) -> FaqVersionQuerySet:
    """The versions that visitors of `market` could read at any moment of `within`, with `served_until` or None.

    What is published stays so until it is superseded or withdrawn, and neither is ever taken back.
    """
    ended = FaqVersion.objects.annotate(served_until=Coalesce(F("superseded_at"), F("withdrawn_at")))
    still = Q(served_until=None) | Q(served_until__gt=within.start)
    found: FaqVersionQuerySet = ended.filter(
        still, faq__market=market, status__in=FROZEN, published_at__lt=within.end
    ).order_by("faq__drug__name", "faq__number", "number")
    return found
