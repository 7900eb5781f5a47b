"""What the database itself refuses of safety flags and their history."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.audit.models import Entry
from portal.safety import flagging
from portal.safety.models import SafetyEvent, SafetyFlag
from tests import cast
from tests.portal.auditing import entries
from tests.portal.flagging import HARMLESS, make_flag

pytestmark = pytest.mark.django_db

NOW = timezone.now()
CLOSED = {"closed_at": NOW}
REFUSED = [
    ({"due_at": None}, "a_raised_flag_has_a_due_time"),
    ({"raised_by": ""}, "stays raised"),
    ({"raised_at": None, "raised_by": "", "due_at": None}, "stays raised"),
    ({"due_at": NOW + timedelta(days=30)}, "cannot become due later"),
    ({"due_at": NOW - timedelta(days=900)}, "a_flag_is_due_after_it_was_received"),
    ({"mentions_death": True}, "a_death_is_due_within_24_hours"),
    ({"state": "lost"}, "a_flag_has_a_state"),
    ({"reference": "AE-1"}, "an_open_flag_has_no_reference_reason_person_or_time"),
    ({"reason": "No."}, "an_open_flag_has_no_reference_reason_person_or_time"),
    ({"closed_at": NOW}, "an_open_flag_has_no_reference_reason_person_or_time"),
    ({"state": "forwarded", **CLOSED}, "a_forwarded_flag_has_a_reference_a_person_and_a_time"),
    ({"state": "forwarded", "reference": "AE-1"}, "a_forwarded_flag_has_a_reference_a_person_and_a_time"),
    ({"state": "dismissed", **CLOSED}, "a_dismissed_flag_has_a_reason_a_person_and_a_time"),
    ({"state": "dismissed", "reason": "No."}, "a_dismissed_flag_has_a_reason_a_person_and_a_time"),
    ({"received_at": NOW}, "keeps its text, its market and when that was received"),
    ({"source_id": 0}, "keeps its text, its market and when that was received"),
    ({"kind": "other"}, "keeps its text, its market and when that was received"),
]


def flag():
    # More than a day before it is due, so that a death would have to be due sooner.
    return make_flag(received_at=NOW - timedelta(days=40))


@pytest.mark.parametrize(("changes", "refusal"), REFUSED)
def test_it_refuses_a_flag_that_forgets(changes, refusal, monkeypatch):
    found = flag()
    if "mentions_death" in changes:
        later = NOW + timedelta(hours=30)
        monkeypatch.setattr("portal.safety.receiving.due", lambda *_arguments, **_said: later)
        found = make_flag(received_at=NOW)
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        SafetyFlag.objects.filter(pk=found.pk).update(**changes)


@pytest.mark.parametrize("state", ["forwarded", "dismissed"])
def test_it_refuses_what_nobody_closed(state):
    said = {"forwarded": {"reference": "AE-1"}, "dismissed": {"reason": "No."}}[state]
    with pytest.raises(IntegrityError, match="a_person_and_a_time"), transaction.atomic():
        SafetyFlag.objects.filter(pk=flag().pk).update(state=state, closed_at=NOW, **said)


def test_it_refuses_to_leave_unraised_what_the_screen_found():
    found = make_flag(HARMLESS)
    with pytest.raises(IntegrityError, match="what_the_screen_finds_is_raised"), transaction.atomic():
        SafetyFlag.objects.filter(pk=found.pk).update(level="likely")


def test_it_refuses_a_second_flag_of_the_same_text():
    again = flag()
    again.pk = None
    again._state.adding = True
    with pytest.raises(IntegrityError, match="one_safety_flag_per_source_and_kind_of_text"), transaction.atomic():
        again.save()


def test_it_refuses_to_delete_a_flag_that_is_open():
    with pytest.raises(IntegrityError, match="is open and cannot be deleted"), transaction.atomic():
        flag().delete()


@pytest.mark.parametrize("change", ["UPDATE safety_safetyevent SET note = ''", "DELETE FROM safety_safetyevent"])
def test_it_refuses_to_change_the_history(change):
    flagging.assign(flag(), to=cast.inquiry_handler(), by=cast.inquiry_handler())
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert SafetyEvent.objects.count() == 1


@pytest.mark.parametrize("name", ["event", "flag"])
def test_it_refuses_to_truncate(name):
    table = f"safety_safety{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER safety_{name}_is_never_truncated")
        with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER safety_{name}_is_never_truncated")


def test_the_trail_holds_what_people_decided_and_no_word_of_a_visitor():
    found = flagging.forward(flag(), reference="AE-17", by=cast.inquiry_handler())
    [entry] = entries(kind="safety_safetyflag")
    assert (entry.action, entry.actor_id, entry.after["reference"]) == ("forward", cast.inquiry_handler().pk, "AE-17")
    assert "fainted" not in str(list(Entry.objects.values()))
    assert found.state == "forwarded"
