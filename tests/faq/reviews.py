"""What the tests of reviews share: answers that are due, and a clock that stands where a test sets it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from faq import reviewing
from tests import cast
from tests.factories import make_draft, make_published

TODAY = date(2027, 3, 1)


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock: clock(day) for noon of that day; it stands at TODAY when the test begins."""

    def put(day, hour=12):
        monkeypatch.setattr(timezone, "now", lambda: at(day, hour))

    put(TODAY)
    return put


def days(number):
    return timedelta(days=number)


def make_due(day, faq=None, **changes):
    """A published answer whose next review is on `day`."""
    return make_published(faq, last_reviewed=date(2025, 1, 1), next_review=day, **changes)


def ask_for(version, day=TODAY, reason="A new trial."):
    return reviewing.ask_for(version.faq, reason=reason, due=day, by=cast.approver())


def make_next(version):
    """The published version after `version`, begun now."""
    return make_published(version.faq, draft=make_draft(version.faq, last_reviewed=date(2027, 2, 1)))
