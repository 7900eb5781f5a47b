"""What is known of reading: nobody counts views of pages, so there are openings from a search, and votes."""

from typing import cast

from django.db.models import Q, QuerySet

from faq.satisfaction.spans import Span
from faq.search.models import SearchEvent, UnansweredSearch
from faq.search.models.lines import EVER, PERIODS
from portal.chrome.models import Market


def opened(market: Market, span: Span) -> set[int]:
    """The questions of `market` whose answer somebody opened from a search within `span`."""
    since = {"at__gte": span.begins} if span.first else {}
    events = SearchEvent.objects.filter(market=market, kind=SearchEvent.Kind.OPENED, **since)
    return set(events.order_by().values_list("faq", flat=True).distinct())


def line_days(days: int | None) -> int:
    """The stretch of lines that is nearest to so many days: lines know a few, and else all that is kept."""
    return days if days in PERIODS else EVER


def unanswered(market: Market, days: int | None) -> QuerySet[UnansweredSearch]:
    """Questions that found no answer when they were last asked, those asked most often in vain first."""
    shown = UnansweredSearch.shown & Q(days=line_days(days), market=market)
    lines = UnansweredSearch._default_manager.filter(shown).select_related("drug")
    return cast("QuerySet[UnansweredSearch]", lines).order_by("-unanswered", "-last_asked", "pk")
