"""What becomes of a visitor's free text as it is stored: it is screened, flagged, and told of where it is raised."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from portal.chrome.models import Market
from portal.safety import mailing
from portal.safety.due import Calendar, due
from portal.safety.kinds import Kind
from portal.safety.models import SafetyFlag
from portal.safety.screen import screen

logger = logging.getLogger(__name__)

Level = SafetyFlag.Level
RaisedBy = SafetyFlag.RaisedBy
# Stands first among what waits: a person has to find out what the screen could not.
UNSCREENED = 100
KEPT = ("words", "start", "end", "category", "rule")


def receive(
    source: models.Model,
    text: str,
    *,
    market: Market,
    kind: str,
    is_report: bool = False,
    products: Sequence[str] = (),
    about_product: bool = False,
    mentions_death: bool = False,
    received_at: datetime | None = None,
    address: str = "",
    at_once: bool = True,
) -> SafetyFlag | None:
    """Screens `text`, which `source` holds, and flags it; to be called in the transaction that stores the text.

    Whatever goes wrong here must not lose what the visitor wrote: a text that cannot be screened is raised, and one
    that cannot be flagged is logged, and flagged by `manage.py flag_texts`. Returns the flag, if there is one.

    Args:
        kind: the key of its kind; `is_report`, `products`, `about_product` and `mentions_death` are explained there.
        received_at: when it came in; now.
        address: the sender's network address, which limits the mails that one can cause.
        at_once: whether a raised flag has a mail of its own; else it is told with others, some minutes later.
    """
    if not text.strip() and not is_report:
        return None
    held_by = {"source_type": ContentType.objects.get_for_model(source), "source_id": source.pk}
    flag = SafetyFlag(**held_by, kind=kind, market=market, received_at=received_at or timezone.now())
    flag.products = list(dict.fromkeys(filter(None, products)))
    _screen(flag, text, about_product=about_product)
    flag.mentions_death = flag.mentions_death or mentions_death
    if not _stored(flag, is_report=is_report):
        return None
    if flag.is_raised and at_once:
        transaction.on_commit(partial(mailing.tell_of, flag.pk, address=address), robust=True)
    return flag


def receive_from(kind: Kind, source: Any, *, address: str = "", at_once: bool = True) -> SafetyFlag | None:
    """`receive` for a text of which its app has told everything."""
    return receive(
        source,
        kind.text(source),
        market=kind.market_of(source),
        kind=kind.key,
        is_report=kind.is_report(source),
        products=kind.products(source),
        about_product=kind.about_product(source),
        mentions_death=kind.mentions_death(source),
        received_at=kind.received_of(source),
        address=address,
        at_once=at_once,
    )


def due_of(flag: SafetyFlag) -> datetime:
    """When `flag` is due by its market's calendar, counted from when its text was received."""
    return due(flag.received_at, calendar_of(flag.market), mentions_death=flag.mentions_death)


def calendar_of(market: Market) -> Calendar:
    """The business days of `market`, out of the opening hours and holidays of its phone."""
    hours = market.opening_hours.values_list("weekday", "closes")
    return Calendar.of(hours, market.holidays.values_list("day", flat=True), market.time_zone)


def _stored(flag: SafetyFlag, *, is_report: bool) -> bool:
    try:
        with transaction.atomic():
            if is_report or flag.level != Level.UNLIKELY:
                _raise(flag, RaisedBy.SENDER if is_report else RaisedBy.SCREEN)
            flag.save(force_insert=True)
    except DatabaseError:
        logger.exception("a text of kind %r (%s) is stored, but could not be flagged", flag.kind, flag.source_id)
        return False
    return True


def _raise(flag: SafetyFlag, raised_by: RaisedBy) -> None:
    flag.raised_by = raised_by
    flag.raised_at = timezone.now()
    flag.due_at = due_of(flag)


def _screen(flag: SafetyFlag, text: str, *, about_product: bool) -> None:
    try:
        result = screen(text, flag.market.language_tag, flag.products, about_product=about_product)
        flag.score, flag.level, flag.mentions_death = result.score, str(result.level), result.mentions_death
        # Where the words stand, not the sentences around them: those are kept where the text is, and nowhere else.
        flag.causes = [{name: getattr(cause, name) for name in KEPT} for cause in result.causes]
        flag.points = [asdict(point) for point in result.points]
    except Exception:
        logger.exception("a text could not be screened, so a person has to read it")
        flag.score, flag.level = UNSCREENED, Level.LIKELY
