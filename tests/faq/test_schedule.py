"""Publishing at a time: set, shown, changed, cancelled, and kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from faq import publishing
from faq.admin.times import market_time, soon
from faq.models import FaqVersion
from faq.models.workflow import IllegalMove
from faq.publishing import due
from tests import cast
from tests.factories import make_draft, make_market
from tests.faq.administering import approved, in_review, page, press, status_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def waiting(**changes):
    """An approved version that is published in an hour."""
    version = approved(**changes)
    publishing.schedule(version, by=cast.approver(), at=timezone.now() + HOUR)
    return version


def later():
    return publishing.publish_due(timezone.now() + 2 * HOUR)


def test_a_version_is_published_once_its_time_has_come():
    version = waiting()
    assert publishing.publish_due().published == []
    assert [kept.pk for kept in later().published] == [version.pk]
    stored = FaqVersion.objects.get(pk=version.pk)
    assert (stored.status, stored.publish_at, stored.scheduled_by) == ("published", None, None)
    assert later() == ([], [])


def test_a_time_is_set_by_who_may_publish_on_what_is_approved():
    at = timezone.now() + HOUR
    with pytest.raises(PermissionDenied):
        publishing.schedule(approved(), by=cast.author(), at=at)
    for version in (make_draft(), in_review()):
        with pytest.raises(IllegalMove):
            publishing.schedule(version, by=cast.approver(), at=at)


def test_a_time_that_has_passed_is_refused():
    with pytest.raises(ValueError, match="has passed"):
        publishing.schedule(approved(), by=cast.approver(), at=timezone.now() - HOUR)


def test_a_time_can_be_cancelled():
    version = waiting()
    publishing.unschedule(version, by=cast.approver())
    assert later().published == []
    with pytest.raises(ValueError, match="No time is set"):
        publishing.unschedule(version, by=cast.approver())


@pytest.mark.parametrize("verb", ["reopen", "send_back"])
def test_a_version_whose_approval_was_voided_is_never_published(verb):
    version = waiting()
    if verb == "reopen":
        publishing.reopen(version, by=cast.author())
    else:
        publishing.send_back(version, by=cast.approver(), comment="Wait.")
    assert FaqVersion.objects.get(pk=version.pk).publish_at is None
    assert later().published == []
    assert status_of(version) == "draft"


def test_the_database_keeps_a_time_on_approved_versions_alone():
    with pytest.raises(DatabaseError, match="only_an_approved_version_waits"), transaction.atomic():
        FaqVersion.objects.filter(pk=make_draft().pk).update(publish_at=timezone.now(), scheduled_by=cast.approver())
    with pytest.raises(DatabaseError, match="says_who_set_it"), transaction.atomic():
        FaqVersion.objects.filter(pk=approved().pk).update(publish_at=timezone.now())


def test_one_that_fails_is_logged_and_keeps_nobody_back(monkeypatch, caplog):
    broken, whole = waiting(question="Broken?"), waiting(question="Whole?")
    publish = due.publish_approved

    def fail(version):
        if version.pk == broken.pk:
            raise RuntimeError("the index broke")
        publish(version)

    monkeypatch.setattr(due, "publish_approved", fail)
    kept = later()
    assert [version.pk for version in kept.published] == [whole.pk]
    assert [(version.pk, why) for version, why in kept.failed] == [(broken.pk, "the index broke")]
    assert f"{broken} was to be published" in caplog.text
    monkeypatch.undo()
    assert [version.pk for version in later().published] == [broken.pk]


def test_what_was_changed_behind_the_approval_is_not_published():
    version = waiting()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE faq_faqversion DISABLE TRIGGER frozen_versions_never_change")
        cursor.execute("UPDATE faq_faqversion SET rendered_body = '<p>Else.</p>' WHERE id = %s", [version.pk])
        cursor.execute("ALTER TABLE faq_faqversion ENABLE TRIGGER frozen_versions_never_change")
    assert "is not what was approved" in later().failed[0][1]
    assert status_of(version) == "approved"


def test_the_command_says_what_it_did_and_fails_where_something_failed(monkeypatch, capsys):
    version = waiting()
    call_command("publish_due")
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(due.timezone, "now", lambda: datetime.now(UTC) + 2 * HOUR)
    call_command("publish_due")
    assert capsys.readouterr().out == f"Published {version}.\n"
    other = waiting(question="Other?")
    monkeypatch.setattr(due, "publish_approved", lambda _version: 1 / 0)
    monkeypatch.setattr(due.timezone, "now", lambda: datetime.now(UTC) + 4 * HOUR)
    with pytest.raises(CommandError, match=f"{other} was not published: division by zero"):
        call_command("publish_due")


@pytest.mark.parametrize(
    ("zone", "typed", "expected"),
    [
        ("UTC", "2027-01-15T09:00", datetime(2027, 1, 15, 9, tzinfo=UTC)),
        ("America/New_York", "2027-01-15T09:00", datetime(2027, 1, 15, 14, tzinfo=UTC)),
        ("Europe/Berlin", "2027-07-15T09:00", datetime(2027, 7, 15, 7, tzinfo=UTC)),
    ],
)
def test_a_time_is_that_of_the_markets_clocks(zone, typed, expected):
    version = make_draft()
    version.faq.market.time_zone = zone
    assert market_time(typed, version) == expected


@pytest.mark.parametrize("typed", ["", "tomorrow", "2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_time_that_the_clocks_never_or_twice_show_is_refused(typed):
    version = make_draft()
    version.faq.market.time_zone = "Europe/Berlin"
    with pytest.raises(ValueError, match=r"Give a day and a time|change at that hour"):
        market_time(typed, version)


def test_the_field_begins_with_the_next_full_hour_there():
    version = make_draft()
    version.faq.market.time_zone = "Asia/Kolkata"
    assert soon(version, datetime(2027, 1, 1, 12, 10, tzinfo=UTC)) == "2027-01-01T18:00"


def test_the_page_sets_shows_and_cancels_a_time(approver):
    make_market("us", time_zone="America/New_York", is_default=True)
    version = approved()
    press(approver, version, "schedule", at="2099-03-01T09:30")
    assert FaqVersion.objects.get(pk=version.pk).publish_at == datetime(2099, 3, 1, 14, 30, tzinfo=UTC)
    text = approver.get(page(version)).content.decode()
    assert "It is published on March 1, 2099, 9:30 AM EST (America/New_York)" in text
    press(approver, version, "unschedule")
    assert "It is published on" not in approver.get(page(version)).content.decode()


def test_the_page_says_that_a_time_was_missed(approver):
    version = waiting()
    FaqVersion.objects.filter(pk=version.pk).update(publish_at=timezone.now() - HOUR)
    assert "and is not yet</strong>" in approver.get(page(version)).content.decode()


def test_the_page_says_why_a_time_is_refused(approver):
    assert "That time has passed" in press(approver, approved(), "schedule", at="2001-03-01T09:30").content.decode()
