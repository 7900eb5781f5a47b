"""Votes from before there were reasons, remarks and tallies."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published

BEFORE = [("faq", "0018_presence")]
AFTER = [("faq", "0019_feedback_that_is_read")]
EVENING = datetime(2026, 5, 2, 3, 59, tzinfo=UTC)
MORNING = datetime(2026, 5, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def migrate(db):
    """Goes to a state of the migrations and returns its models; the test's own transaction takes all of it back."""

    def migrate(targets):
        with connection.cursor() as cursor:
            # No table changes while rows of it wait to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return MigrationExecutor(connection).migrate(targets).apps

    return migrate


def test_votes_from_before_are_counted_on_the_day_of_their_market(migrate):
    market = make_market("us", time_zone="America/New_York")
    version = make_published(make_faq(make_drug(market)))
    reader = cast.feedback_reviewer()
    old = migrate(BEFORE).get_model("faq", "Feedback").objects
    late = old.create(version_id=version.pk, satisfied=True)
    old.create(version_id=version.pk, satisfied=True, read_by_id=reader.pk, read_at=MORNING)
    old.create(version_id=version.pk, satisfied=False)
    old.update(created_at=MORNING)
    old.filter(pk=late.pk).update(created_at=EVENING)
    apps = migrate(AFTER)
    votes = apps.get_model("faq", "Feedback").objects.order_by("pk")
    first = votes[0]
    assert (first.given_at, str(first.day), first.reasons, first.device) == (EVENING, "2026-05-01", [], "unknown")
    assert (first.visitor, first.origin, first.suspicion, first.searched) == (None, None, "", "")
    rows = apps.get_model("faq", "Tally").objects.order_by("day", "satisfied")
    counted = [(str(row.day), row.satisfied, row.standing, row.number) for row in rows]
    assert counted == [
        ("2026-05-01", True, "counted", 1),
        ("2026-05-02", False, "counted", 1),
        ("2026-05-02", True, "counted", 1),
    ]


def test_it_can_be_undone_and_votes_stay(migrate):
    version = make_published()
    new = migrate(AFTER).get_model("faq", "Feedback").objects
    new.create(version_id=version.pk, satisfied=True, day=EVENING.date(), given_at=EVENING, reasons=["yes-clear"])
    old = migrate(BEFORE).get_model("faq", "Feedback").objects.get()
    assert (old.satisfied, old.created_at, old.read_at) == (True, EVENING, None)
    again = migrate(AFTER).get_model("faq", "Tally").objects.get()
    assert (again.number, again.standing) == (1, "counted")
