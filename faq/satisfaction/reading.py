"""What is known of reading: nobody counts views of pages, so there are openings from a search, and votes."""

from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from faq.models import FaqVersion, Tally
from faq.satisfaction.spans import Span
from faq.search.models import SearchEvent, UnansweredSearch
from faq.search.models.lines import EVER, PERIODS
from portal.chrome.models import Market


def unread(market: Market, span: Span) -> QuerySet[FaqVersion]:
    """Published answers that nobody opened from a search and nobody voted on within `span`, the oldest first.

    Who came by a link or by browsing and did not vote leaves no trace, so an answer here may have been read.
    """
    since = {"at__gte": span.begins} if span.first else {}
    opened = SearchEvent.objects.filter(faq=OuterRef("faq"), kind=SearchEvent.Kind.OPENED, **since)
    days = {"day__gte": span.first} if span.first else {}
    voted = Tally.objects.filter(version__faq=OuterRef("faq"), number__gt=0, **days)
    found = FaqVersion.objects.published().filter(~Exists(opened), ~Exists(voted), faq__market=market)
    return found.select_related("faq__drug").light().order_by("published_at", "pk")


def line_days(days: int | None) -> int:
    """The stretch of lines that is nearest to so many days: lines know a few, and else all that is kept."""
    return days if days in PERIODS else EVER


def unanswered(market: Market, days: int | None) -> QuerySet[UnansweredSearch]:
    """Questions that found no answer when they were last asked, those asked most often in vain first."""
    shown = UnansweredSearch.shown & Q(days=line_days(days), market=market)
    lines = UnansweredSearch._default_manager.filter(shown).select_related("drug")
    return cast("QuerySet[UnansweredSearch]", lines).order_by("-unanswered", "-last_asked", "pk")
