"""What people do about safety flags: assign, forward, dismiss, raise and open again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal.safety import flagging, history
from portal.safety.flagging import Refused
from portal.safety.models import SafetyEvent, SafetyFlag
from tests import cast
from tests.portal.flagging import HARMLESS, make_flag

pytestmark = pytest.mark.django_db


def officer():
    return cast.safety_officer()


def told(flag):
    return [(event.what, event.by, event.note) for event in flag.events.all()]


def test_it_forwards_with_a_reference_a_person_and_a_time():
    flag = flagging.forward(make_flag(), reference=" AE  17 ", note="By phone.", by=officer())
    assert (flag.state, flag.reference, flag.closed_by) == ("forwarded", "AE 17", officer())
    assert told(flag) == [("forwarded", officer(), "AE 17\nBy phone.")]


def test_what_is_forwarded_without_a_clock_counts_as_raised_by_a_person():
    flag = flagging.forward(make_flag(HARMLESS), reference="AE-17", by=officer())
    assert (flag.raised_by, flag.due_at) == ("person", make_flag().due_at)
    assert [what for what, _, _ in told(flag)] == ["raised", "forwarded"]


def test_it_dismisses_with_a_reason():
    flag = flagging.dismiss(make_flag(), reason="A quotation of the label.", by=officer())
    assert (flag.state, flag.reason, flag.closed_by) == ("dismissed", "A quotation of the label.", officer())


def test_it_opens_again_with_the_old_clock_and_tells_what_was_before():
    flag = make_flag()
    flagging.dismiss(flag, reason="No harm.", by=officer())
    again = flagging.reopen(flag, reason="There was a second visit.", by=cast.inquiry_handler())
    assert (again.state, again.due_at, again.reason, again.closed_by) == ("open", flag.due_at, "", None)
    assert told(flag) == [
        ("dismissed", officer(), "No harm."),
        ("reopened", cast.inquiry_handler(), "There was a second visit."),
    ]


def test_it_assigns_to_somebody_and_to_nobody():
    flag = flagging.assign(make_flag(), to=cast.inquiry_handler(), by=officer())
    assert flag.assigned_to == cast.inquiry_handler()
    assert flagging.assign(flag, to=None, by=officer()).assigned_to is None
    assert [note for _, _, note in told(flag)] == ["To Dora", "To nobody"]


def test_it_raises_with_the_clock_counted_from_receipt():
    flag = make_flag(HARMLESS)
    raised = flagging.raise_by_hand(flag, note="The photograph shows a rash.", by=officer())
    assert (raised.raised_by, raised.due_at) == ("person", make_flag(received_at=flag.received_at).due_at)


def test_a_death_that_a_person_notes_brings_the_clock_forward():
    flag = make_flag()
    noted = flagging.raise_by_hand(flag, mentions_death=True, by=officer())
    assert noted.mentions_death
    assert noted.due_at <= min(flag.due_at, flag.received_at + timedelta(hours=24))
    assert [what for what, _, _ in told(flag)] == ["death"]


REFUSALS = [
    (lambda flag: flagging.forward(flag, reference=" ", by=officer()), "Say the reference number"),
    (lambda flag: flagging.forward(flag, reference="A" * 81, by=officer()), "80 characters"),
    (lambda flag: flagging.dismiss(flag, reason=" ", by=officer()), "Say why"),
    (lambda flag: flagging.reopen(flag, reason="Why not", by=officer()), "is open by now"),
    (lambda flag: flagging.raise_by_hand(flag, by=officer()), "raised already"),
    (lambda flag: flagging.assign(flag, to=cast.author(), by=officer()), "Ada may not deal"),
]


@pytest.mark.parametrize(("verb", "refusal"), REFUSALS)
def test_it_refuses_what_makes_no_sense(verb, refusal):
    flag = make_flag()
    with pytest.raises(Refused, match=refusal):
        verb(flag)
    assert not SafetyEvent.objects.exists()


def test_it_closes_nothing_twice():
    flag = make_flag()
    flagging.forward(flag, reference="AE-17", by=officer())
    with pytest.raises(Refused, match="forwarded by now"):
        flagging.dismiss(flag, reason="No harm.", by=cast.inquiry_handler())
    with pytest.raises(Refused, match="Say why it is opened again"):
        flagging.reopen(flag, reason="", by=officer())


# The feedback reviewer may triage, but may not read inquiries.
@pytest.mark.parametrize("role", ["author", "approver", "feedback_reviewer", "stranger"])
def test_who_may_not_read_the_text_decides_nothing(role):
    flag, person = make_flag(), getattr(cast, role)()
    for verb in (
        lambda: flagging.forward(flag, reference="AE-17", by=person),
        lambda: flagging.dismiss(flag, reason="No.", by=person),
        lambda: flagging.assign(flag, to=officer(), by=person),
        lambda: flagging.raise_by_hand(flag, by=person),
        lambda: flagging.reopen(flag, reason="No.", by=person),
    ):
        with pytest.raises(PermissionDenied):
            verb()


@pytest.mark.parametrize("role", ["safety_officer", "inquiry_handler", "administrator", "superuser"])
def test_who_reads_inquiries_and_triages_decides(role):
    assert flagging.dismiss(make_flag(), reason="No harm.", by=getattr(cast, role)()).state == "dismissed"


def test_in_bulk_it_dismisses_what_is_not_raised_and_leaves_what_is():
    raised, first, second = make_flag(), make_flag(HARMLESS), make_flag(HARMLESS)
    done = flagging.dismiss_unraised(SafetyFlag.objects.all(), reason="No safety information.", by=officer())
    assert done == 2
    raised.refresh_from_db()
    assert raised.state == "open"
    assert [told(flag) for flag in (first, second)] == [[("dismissed", officer(), "No safety information.")]] * 2


def test_in_bulk_it_refuses_without_a_reason_or_a_right():
    make_flag(HARMLESS)
    with pytest.raises(Refused):
        flagging.dismiss_unraised(SafetyFlag.objects.all(), reason=" ", by=officer())
    with pytest.raises(PermissionDenied):
        flagging.dismiss_unraised(SafetyFlag.objects.all(), reason="No.", by=cast.author())
    assert flagging.dismiss_unraised(SafetyFlag.objects.all(), reason="No.", by=cast.feedback_reviewer()) == 0


def test_in_bulk_it_assigns_what_the_person_may_read():
    make_flag()
    flagging.dismiss(make_flag(), reason="No.", by=officer())
    flags = SafetyFlag.objects.all()
    assert flagging.assign_all(flags, to=cast.feedback_reviewer(), by=officer()) == 0
    assert flagging.assign_all(flags, to=cast.inquiry_handler(), by=officer()) == 1
    assert flagging.assign_all(flags, to=cast.inquiry_handler(), by=officer()) == 0
    with pytest.raises(Refused):
        flagging.assign_all(flags, to=cast.author(), by=officer())


def test_the_history_tells_what_the_portal_and_what_people_did():
    flag = make_flag()
    flag = flagging.forward(flag, reference="AE-17", by=officer())
    lines = [(line.what, line.who) for line in history.told(flag)]
    assert lines == [("Received", ""), ("Raised by the screen", ""), ("Forwarded", "Gita")]
