"""Whether the sums are right: received = forwarded + dismissed + open, and every text has a flag."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Entry
from portal.contact.models import Inquiry
from portal.safety import flagging, kinds, reconciling
from portal.safety.catching_up import catch_up
from portal.safety.models import SafetyFlag
from portal.safety.reconciling import Period, reconcile
from tests import cast
from tests.factories import make_market
from tests.portal.auditing import only
from tests.portal.contacting import content, make_inquiry
from tests.portal.flagging import HARM, HARMLESS, make_flag

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:safety_safetyflag_reconciliation")
DAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)
FRIDAY_ASKED = ("--market", "us", "--from", "2026-11-20", "--to", "2026-11-20")


def period(market=None, first=FRIDAY, last=FRIDAY):
    return Period(market or make_market(), first, last)


def run(name, *options):
    said = StringIO()
    call_command(name, *options, stdout=said)
    return said.getvalue()


def run_all_the_same(name, *options):
    """What a command says that ends with an error."""
    said = StringIO()
    with pytest.raises(CommandError):
        call_command(name, *options, stdout=said)
    return said.getvalue()


def make_some():
    """Raised: one forwarded, one dismissed, one open. Not raised: one dismissed, one open."""
    by = cast.safety_officer()
    flagging.forward(make_flag(received_at=DAY), reference="AE-1", by=by)
    flagging.dismiss(make_flag(received_at=DAY), reason="No harm.", by=by)
    make_flag(received_at=DAY)
    flagging.dismiss(make_flag(HARMLESS, received_at=DAY), reason="No harm.", by=by)
    make_flag(HARMLESS, received_at=DAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE safety_safetyflag SET closed_at = received_at + interval '3 hours' WHERE state = 'forwarded'"
        )


def test_it_counts_what_came_in_and_what_became_of_it(monkeypatch):
    make_some()
    monkeypatch.setattr("portal.safety.reconciling.timezone.now", lambda: DAY + timedelta(days=30))
    raised, unraised = reconcile(period()).rows
    assert (raised.kind, raised.has_clock, raised.numbers[:4]) == ("Inquiry", True, (3, 1, 1, 1))
    assert (unraised.has_clock, unraised.numbers) == (False, (2, 0, 1, 1, 0, 0))
    assert (raised.overdue, raised.hours, unraised.hours) == (1, 3.0, None)
    assert raised.is_balanced
    assert unraised.is_balanced


def test_it_counts_what_was_closed_late():
    flag = make_flag(received_at=timezone.now() - timedelta(days=9))
    flagging.dismiss(flag, reason="No harm.", by=cast.safety_officer())
    day = flag.received_at.date()
    assert reconcile(period(first=day, last=day)).rows[0].closed_late == 1


def test_a_period_has_the_days_of_its_market():
    market = make_market("de", time_zone="America/New_York")
    for hour, day in ((4, 20), (5, 20), (4, 21), (5, 21)):
        make_flag(market=market, received_at=datetime(2026, 11, day, hour, tzinfo=UTC))
    assert reconcile(period(market)).rows[0].received == 2


def test_it_names_texts_without_a_flag():
    lost = make_inquiry(question=HARM, received_at=DAY)
    added = make_inquiry(question=HARMLESS, received_at=DAY, added_at=DAY, onset="March")
    found = reconcile(period())
    assert [(texts.missing, texts.named) for texts in found.texts] == [(1, [added]), (2, [lost, added]), (0, [])]
    assert not found.is_right
    catch_up()
    assert reconcile(period()).is_right


def test_it_names_some_and_counts_all(monkeypatch):
    monkeypatch.setattr(reconciling, "NAMED", 1)
    for _ in range(3):
        make_inquiry(received_at=DAY)
    inquiries = reconcile(period()).texts[1]
    assert (inquiries.missing, len(inquiries.named)) == (3, 1)
    assert "  and 2 more" in run_all_the_same("reconcile_safety", *FRIDAY_ASKED)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM contact_inquiry",
        "UPDATE contact_inquiry SET received_at = received_at - interval '1 day'",
        "UPDATE contact_inquiry SET received_at = '2026-11-20 15:00Z'",
    ],
)
def test_it_notices_what_was_done_to_a_text_past_the_portal(change):
    make_flag(received_at=DAY if "2026" not in change else DAY - timedelta(days=3))
    with connection.cursor() as cursor:
        cursor.execute(change)
    found = reconcile(period())
    assert [texts.unmatched for texts in found.texts] == [0, 1, 0]
    assert not found.is_right


def test_what_was_forgotten_in_time_is_still_right():
    flag = make_flag(received_at=DAY)
    flagging.dismiss(flag, reason="No harm.", by=cast.safety_officer())
    Inquiry.objects.update(question="", forgotten_at=timezone.now())
    make_inquiry(question="", received_at=DAY, forgotten_at=timezone.now())
    found = reconcile(period())
    assert found.is_right
    assert (found.texts[1].stored, found.texts[1].flagged) == (1, 1)
    assert catch_up().made == 0


def test_the_command_says_the_sums_and_fails_where_they_are_wrong(tmp_path):
    make_some()
    options = FRIDAY_ASKED
    said = run("reconcile_safety", *options, "--csv", str(tmp_path / "sums.csv"))
    assert "Inquiry, raised: received 3, forwarded 1, dismissed 1, open 1" in said
    assert "Inquiry: 5 texts stored, 5 flagged" in said
    lines = list(csv.reader((tmp_path / "sums.csv").read_text("utf-8-sig").splitlines()))
    assert lines[1][:9] == ["us", "2026-11-20", "2026-11-20", "Inquiry", "yes", "3", "1", "1", "1"]
    make_inquiry(received_at=DAY)
    with pytest.raises(CommandError, match="not right"):
        run("reconcile_safety", *options)
    assert "Flagged now: 1; could not be flagged: 0." in run("reconcile_safety", *options, "--repair")
    with pytest.raises(CommandError, match="no market 'fr'"):
        run("reconcile_safety", "--market", "fr")


def test_the_page_shows_the_sums_and_gives_them_as_a_file(client):
    make_some()
    client.force_login(cast.safety_officer())
    asked = {"market": make_market().pk, "first": "2026-11-20", "last": "2026-11-20"}
    assert "The sums are right" in content(client.get(PAGE, asked))
    file = client.get(PAGE, {**asked, "as": "csv"})
    assert "us,2026-11-20,2026-11-20,Inquiry,yes,3,1,1,1" in b"".join(file.streaming_content).decode()
    assert only(action="export").label == "us 2026-11-20 to 2026-11-20"


def test_the_page_says_what_is_wrong(client):
    make_inquiry(received_at=DAY)
    client.force_login(cast.safety_officer())
    asked = {"market": make_market().pk, "first": "2026-11-20", "last": "2026-11-20"}
    assert "The sums are not right" in content(client.get(PAGE, asked))
    assert "The last day comes before the first." in content(client.get(PAGE, {**asked, "last": "2026-11-19"}))
    assert not Entry.objects.filter(action="export").exists()


def test_the_page_counts_what_the_person_may_read(client):
    make_some()
    client.force_login(cast.feedback_reviewer())
    asked = {"market": make_market().pk, "first": "2026-11-20", "last": "2026-11-20"}
    assert client.get(PAGE, asked).context["found"].rows == []


def test_a_key_names_one_kind_of_text():
    one = kinds.named("inquiry")
    assert kinds.add(one) is one
    with pytest.raises(ValueError, match="already"):
        kinds.add(kinds.Kind(**{**vars(kinds.named("addition")), "key": "inquiry"}))


def test_the_sums_are_those_of_all_flags():
    make_some()
    rows = reconcile(period()).rows
    assert sum(row.received for row in rows) == SafetyFlag.objects.count()
    assert reconciling.COLUMNS[0] == "received"
