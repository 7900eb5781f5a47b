"""What becomes of a visitor's free text as it is stored: it is screened, flagged, and told of where it is raised."""

import logging
import traceback
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
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


def receive_from(kind: Kind, source: Any, *, address: str = "") -> SafetyFlag | None:
    """Screens and flags the text of `kind` that `source` holds, and tells of it where it is raised.

    To be called in the transaction that stores the text. Whatever goes wrong here must not lose what the visitor
    wrote: a text that cannot be screened is raised, and one that cannot be flagged is logged, and flagged by
    `manage.py flag_texts`. Returns the flag, if there is one.
    `address` is the sender's network address, which limits the mails that one can cause.
    """
    flag = flagged(kind, source)
    if flag and flag.is_raised:
        transaction.on_commit(partial(mailing.tell_of, flag.pk, address=address), robust=True)
    return flag


def flagged(kind: Kind, source: Any) -> SafetyFlag | None:
    """`receive_from` without a mail of its own: what is raised is told of with others, some minutes later."""
    try:
        with transaction.atomic():
            flag = screened(kind, source)
            start(flag, calendar_of(flag.market))
            flag.save(force_insert=True)
    except Exception as error:
        told = "a text of kind %r (%s) is stored, but could not be flagged: %s"
        logger.error(told, kind.key, source.pk, wordless(error))
        return None
    return flag


def screened(kind: Kind, source: Any) -> SafetyFlag:
    """The flag of a text, as the screen and its sender would have it; not stored, and its clock not started."""
    held_by = {"source_type": kind.content_type, "source_id": source.pk}
    flag = SafetyFlag(**held_by, kind=kind.key, market=kind.market_of(source), received_at=kind.received_of(source))
    flag.products = list(dict.fromkeys(filter(None, kind.products(source))))
    _screen(flag, kind.text(source), about_product=kind.about_product(source))
    flag.mentions_death = flag.mentions_death or kind.mentions_death(source)
    if kind.is_report(source):
        flag.raised_by = RaisedBy.SENDER
    elif flag.level != Level.UNLIKELY:
        flag.raised_by = RaisedBy.SCREEN
    return flag


def start(flag: SafetyFlag, calendar: Calendar) -> None:
    """Starts the clock of a flag that the screen or its sender raised; of another one it does nothing."""
    if flag.raised_by:
        flag.raised_at = timezone.now()
        flag.due_at = due(flag.received_at, calendar, mentions_death=flag.mentions_death)


def due_of(flag: SafetyFlag) -> datetime:
    """When `flag` is due by its market's calendar, counted from when its text was received."""
    return due(flag.received_at, calendar_of(flag.market), mentions_death=flag.mentions_death)


def calendar_of(market: Market) -> Calendar:
    """The business days of `market`, out of the opening hours and holidays of its phone."""
    hours = market.opening_hours.values_list("weekday", "closes")
    return Calendar.of(hours, market.holidays.values_list("day", flat=True), market.time_zone)


def _screen(flag: SafetyFlag, text: str, *, about_product: bool) -> None:
    try:
        result = screen(text, flag.market.language_tag, flag.products, about_product=about_product)
        flag.score, flag.level, flag.mentions_death = result.score, str(result.level), result.mentions_death
        # Where the words stand, not the sentences around them: those are kept where the text is, and nowhere else.
        flag.causes = [{name: getattr(cause, name) for name in KEPT} for cause in result.causes]
        flag.points = [asdict(point) for point in result.points]
    except Exception as error:
        logger.error("a text could not be screened, so a person has to read it: %s", wordless(error))
        flag.score, flag.level = UNSCREENED, Level.LIKELY


def wordless(error: Exception) -> str:
    """What went wrong and where, for the log, without the error's own words.

    A database quotes the row that it refuses, and much else quotes what it was given: a visitor's words.
    """
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
