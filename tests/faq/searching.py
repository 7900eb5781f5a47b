"""What the tests of searches and their lists share."""

from datetime import UTC, datetime, timedelta

from faq.search import log
from faq.search.models import SearchEvent, SearchGap
from tests.factories import make_market


def ask(text="How is it stored?", market=None, drug=None, total=3, answered=True):
    log.asked(text, market or make_market(), drug, total=total, answered=answered)


def miss(text="Does it glow?", drug=None, market=None):
    """Asks what finds no answer; the gap that it joins."""
    ask(text, market, drug, total=0, answered=False)
    return SearchGap.objects.order_by("-pk").first()


def make_event(days=0, **changes):
    """An event of so many days ago."""
    at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=days)
    fields = {"at": at, "market": make_market(), "text": "Storage?", "key": "storag", "kind": "asked"}
    return SearchEvent.objects.create(**{**fields, "results": 1, "answered": True, **changes})
