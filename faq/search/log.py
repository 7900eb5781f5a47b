"""Notes what happens to searches, without identity and for a time only (Market.search_days)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import Error, transaction
from django.utils import timezone

from faq.models import Drug, Faq
from faq.search import analysis, gaps
from faq.search.models import SearchEvent, SearchGap
from faq.search.personal import looks_personal
from faq.search.query import MAX_LENGTH, clean
from portal.chrome.models import Market

logger = logging.getLogger(__name__)

Kind = SearchEvent.Kind
# What a visitor waits for while old searches are forgotten; the command takes the rest.
_AT_ONCE = 2000


def asked(text: str, market: Market, drug: Drug | None, *, total: int, answered: bool) -> None:
    """Notes that `text` was searched in `drug`, or everywhere, and what was shown: `total` answers, or none.

    What found no answer joins the gaps. Text that looks personal is stored nowhere, here and in all that follows.
    """
    with _kept(text, market) as words:
        if words:
            _store(words, market, drug, kind=Kind.ASKED, results=total, answered=answered)
            if not answered:
                gaps.count(*words, market, drug, today())
            forget(market, most=_AT_ONCE)


def opened(text: str, market: Market, drug: Drug | None, faq: Faq) -> None:
    """Notes that an answer was opened from the results for `text`."""
    with _kept(text, market) as words:
        if words:
            _store(words, market, drug, kind=Kind.OPENED, faq=faq)


def judged(text: str, market: Market, drug: Drug | None, faq: Faq, satisfied: bool) -> None:
    """Notes whether an answer that was opened from the results for `text` satisfied its reader."""
    with _kept(text, market) as words:
        if words:
            _store(words, market, drug, kind=Kind.SATISFIED if satisfied else Kind.UNSATISFIED, faq=faq)


def forget(market: Market, most: int | None = None) -> tuple[int, int]:
    """Deletes what is older than the market keeps searches, at most so many of each; how many events and gaps it were.

    The age counts in whole days, so there is something to delete once a day, and otherwise one look at the oldest.
    """
    since = today() - timedelta(days=market.search_days)
    events = SearchEvent.objects.filter(market=market, at__lt=datetime.combine(since, time(), UTC))
    past = SearchGap.objects.filter(market=market, last_asked__lt=since)
    return _deleted(SearchEvent, events.order_by("at"), most), _deleted(SearchGap, past.order_by("last_asked"), most)


def today() -> date:
    """The day by which searches grow old, the same in all markets."""
    return timezone.now().astimezone(UTC).date()


@contextmanager
def _kept(text: str, market: Market) -> Iterator[tuple[str, str] | None]:
    """`text` on one line and its key, or None where nothing of it may or need be stored.

    Whatever the database does to a note, the visitor's page must not suffer.
    """
    try:
        with transaction.atomic():
            yield _words(text, market)
    except Error as error:
        # Its kind alone: what the database tells of it would put the visitor's words into the server's log.
        logger.warning("a search was not noted: %s", type(error).__name__)


def _words(text: str, market: Market) -> tuple[str, str] | None:
    line = clean(text)
    # As it was typed too, for what stands beyond the cut belongs to what stands before it.
    if looks_personal(line) or looks_personal(text[: 4 * MAX_LENGTH]):
        return None
    language = analysis.language_of(market.language_tag)
    # A question of stop words only is known by these.
    stems = sorted(set(analysis.tokens(line, language) or analysis.words(line)))
    return (line, " ".join(stems)[:MAX_LENGTH]) if stems else None


def _store(words: tuple[str, str], market: Market, drug: Drug | None, **what: Any) -> None:
    text, key = words
    hour = timezone.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    SearchEvent.objects.create(at=hour, market=market, drug=drug, text=text, key=key, **what)


def _deleted(model: type[SearchEvent] | type[SearchGap], rows: Any, most: int | None) -> int:
    chosen = rows.values("pk") if most is None else rows.values("pk")[:most]
    return int(model._base_manager.filter(pk__in=chosen).delete()[0])
