"""How the keeping of searches ends."""

from datetime import UTC, datetime

from django.db.models import QuerySet

from faq.search.models import SearchEvent, SearchGap
from portal.chrome.models import Market
from portal.retention.endings import delete, ends


def _events(market: Market | None, before: datetime) -> QuerySet[SearchEvent]:
    # Searches grow old by whole days (UTC), the same in all markets.
    day = before.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return SearchEvent.objects.filter(market=market, at__lt=day)


def _gaps(market: Market | None, before: datetime) -> QuerySet[SearchGap]:
    return SearchGap.objects.filter(market=market, last_asked__lt=before.astimezone(UTC).date())


ends("searches", _events, delete)
ends("searches", _gaps, delete)
