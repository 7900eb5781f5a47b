"""The keeping of records ends: in time, once, in every market by its own time, and never too early."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from faq.free_texts import REMARK
from faq.models import Feedback, Reason, Remark, Tally
from portal.chrome.models import Market
from portal.contact.free_texts import INQUIRY
from portal.contact.models import Inquiry
from portal.retention import applying
from portal.retention.models import RetentionPeriod
from portal.safety import flagging
from portal.safety.models import SafetyFlag
from portal.safety.receiving import flagged, receive_from
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.portal.auditing import entries, only
from tests.portal.contacting import make_inquiry

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


def make_remark(days, state=Remark.State.READ, version=None, *, is_triaged=True):
    version = version or make_published()
    vote = Feedback.objects.create(version=version, satisfied=False, given_at=ago(days))
    by = {} if state == Remark.State.NEW else {"handled_by": cast.feedback_reviewer(), "handled_at": ago(days)}
    remark = Remark.objects.create(vote=vote, text="It was unclear.", written_at=ago(days), state=state, **by)
    return triaged(REMARK, remark) if is_triaged else remark


def triaged(kind, row):
    """`row`, whose text safety has read and dismissed."""
    flagging.dismiss(flagged(kind, row), reason="No harm.", by=cast.safety_officer())
    return row


def make_answered(days, **said):
    inquiry = make_inquiry(**said)
    Inquiry.objects.filter(pk=inquiry.pk).update(
        state="answered", answered_at=ago(days), answered_by=cast.inquiry_handler()
    )
    return triaged(INQUIRY, inquiry)


def apply_again(row):
    applying.apply()
    row.refresh_from_db()
    return row


def test_words_of_visitors_go_and_that_there_were_some_stays():
    remark = apply_again(make_remark(731))
    assert (remark.text, remark.forgotten_at is not None) == ("", True)
    assert applying.apply()["remarks"] == 0


@pytest.mark.parametrize("remark", [(729, Remark.State.READ), (4000, Remark.State.NEW)])
def test_words_stay_that_are_young_or_that_nobody_has_read(remark):
    assert apply_again(make_remark(*remark)).text == "It was unclear."


def test_words_stay_while_their_flag_is_open_and_for_years_where_they_report_harm():
    young, old = (make_remark(days, is_triaged=False) for days in (800, 3651))
    flags = [receive_from(REMARK, remark) for remark in (young, old)]
    for flag in flags:
        flagging.raise_by_hand(flag, by=cast.safety_officer())
    assert [apply_again(remark).text != "" for remark in (young, old)] == [True, True]
    for flag in flags:
        flagging.dismiss(flag, reason="No patient.", by=cast.safety_officer())
    assert [apply_again(remark).text != "" for remark in (young, old)] == [True, False]


def test_words_stay_that_nobody_has_screened():
    assert apply_again(make_remark(800, is_triaged=False)).text
    inquiry = make_inquiry()
    Inquiry.objects.filter(pk=inquiry.pk).update(
        state="answered", answered_at=ago(9000), answered_by=cast.inquiry_handler()
    )
    assert apply_again(inquiry).question


@pytest.mark.parametrize("state", [Remark.State.READ, Remark.State.SPAM])
def test_words_stay_until_somebody_has_read_them_for_safety_though_nothing_was_raised(state):
    remark = make_remark(4000, state, is_triaged=False)
    flag = receive_from(REMARK, remark)
    assert not flag.is_raised
    assert apply_again(remark).text
    flagging.dismiss(flag, reason="No harm.", by=cast.safety_officer())
    assert apply_again(remark).text == ""


def test_words_that_were_forwarded_stay_for_years_and_those_opened_again_wait_again():
    young, old, again = (make_remark(days, is_triaged=False) for days in (800, 3651, 3651))
    for remark in (young, old, again):
        flag = receive_from(REMARK, remark)
        flagging.raise_by_hand(flag, by=cast.safety_officer())
        flagging.forward(flag, reference=f"AE-{remark.pk}", by=cast.safety_officer())
    flagging.reopen(flag, reason="A second event.", by=cast.safety_officer())
    assert [apply_again(remark).text != "" for remark in (young, old, again)] == [True, False, True]
    assert SafetyFlag.objects.get(source_id=old.pk).reference == f"AE-{old.pk}"


def test_what_a_flag_quotes_goes_with_the_words():
    remark = make_remark(800, is_triaged=False)
    flag = receive_from(REMARK, remark)
    SafetyFlag.objects.update(causes=[{"words": "unclear"}])
    flagging.dismiss(flag, reason="No harm.", by=cast.safety_officer())
    apply_again(remark)
    flag.refresh_from_db()
    assert (flag.causes, flag.points, flag.reason) == ([], [], "No harm.")


def test_what_recognises_a_visitor_goes_with_the_day():
    version = make_published()
    voters = [
        Feedback.objects.create(version=version, satisfied=True, given_at=ago(days), visitor=str(days), origin="o")
        for days in (0, 1)
    ]
    assert [apply_again(vote).visitor for vote in voters] == ["0", None]
    assert [vote.origin for vote in voters] == ["o", None]
    assert Tally.objects.filter(standing="counted").count() == 2


def test_searches_of_votes_go_when_the_market_forgets_searches():
    version = make_published()
    Market.objects.update(search_days=10)
    reasons = [Reason.YES_CLEAR]
    votes = [
        Feedback.objects.create(version=version, satisfied=True, given_at=ago(days), searched="why", reasons=reasons)
        for days in (9, 11)
    ]
    assert [apply_again(vote).searched for vote in votes] == ["why", ""]
    assert votes[1].reasons == reasons


@pytest.mark.parametrize(
    ("days", "topic", "is_kept"),
    [
        (1094, "medical-question", True),
        (1096, "medical-question", False),
        (1096, "adverse-event", True),
        (3651, "adverse-event", False),
    ],
)
def test_answered_inquiries_lose_who_sent_them_and_what_reports_harm_stays_longer(days, topic, is_kept):
    inquiry = make_answered(days, topic=topic, name="Dr Who", email="who@example.org")
    apply_again(inquiry)
    assert (inquiry.question != "", inquiry.name, inquiry.email) == (
        (True, "Dr Who", "who@example.org") if is_kept else (False, "", "")
    )
    assert inquiry.case_number.startswith("US-")


def test_an_inquiry_that_nobody_answered_stays_whatever_its_age():
    inquiry = make_inquiry()
    Inquiry.objects.filter(pk=inquiry.pk).update(received_at=ago(9000))
    assert apply_again(inquiry).question


def test_a_market_keeps_what_it_chose_to_and_others_as_the_policy_says():
    RetentionPeriod.objects.create(market=make_market("us"), kind="remarks", days=100)
    remark = make_remark(101)
    other = make_remark(101, version=make_published(make_faq(make_drug(make_market("de")))))
    applying.apply()
    assert list(Remark.objects.filter(forgotten_at=None)) == [other]
    assert remark != other


@pytest.mark.parametrize(
    ("kind", "days", "message"), [("remarks", 89, "90 to 3650"), ("safety-inquiries", 1, "3650 to")]
)
def test_a_market_cannot_choose_what_the_policy_forbids(kind, days, message):
    with pytest.raises(ValidationError, match=message):
        RetentionPeriod(market=make_market(), kind=kind, days=days).full_clean()


def test_a_period_that_the_policy_no_longer_allows_is_not_kept_to():
    RetentionPeriod.objects.create(market=make_market(), kind="safety-inquiries", days=10)
    assert apply_again(make_answered(3000, topic="adverse-event")).question


def test_it_ends_in_steps_and_notes_once_what_ended(monkeypatch):
    monkeypatch.setattr(applying, "STEP", 2)
    version = make_published()
    for _ in range(5):
        make_remark(800, version=version)
    assert applying.apply()["remarks"] == 5
    assert applying.apply()["remarks"] == 0
    entry = only(kind="retention")
    assert (entry.action, entry.after["remarks"]) == ("ended", 5)


def test_a_second_run_changes_and_notes_nothing():
    make_remark(800)
    make_answered(1096, topic="medical-question")
    applying.apply()
    before = [list(model.objects.order_by("pk").values()) for model in (Remark, Inquiry, Feedback, SafetyFlag)]
    assert applying.apply().total() == 0
    assert [list(model.objects.order_by("pk").values()) for model in (Remark, Inquiry, Feedback, SafetyFlag)] == before
    assert only(kind="retention").action == "ended"


def test_a_run_that_breaks_off_keeps_and_notes_what_it_did_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr(applying, "STEP", 2)
    version = make_published()
    for _ in range(3):
        make_remark(800, version=version)
    step, steps = applying._step, []

    def breaks(ending, *where):
        steps.append(ending.kind)
        if steps.count("remarks") == 2:
            raise RuntimeError("The database went away.")
        return step(ending, *where)

    monkeypatch.setattr(applying, "_step", breaks)
    with pytest.raises(RuntimeError):
        applying.apply()
    monkeypatch.setattr(applying, "_step", step)
    assert Remark.objects.filter(forgotten_at=None).count() == 1
    assert applying.apply()["remarks"] == 1
    assert [entry.after.get("remarks") for entry in entries(kind="retention")] == [2, 1]


def test_it_never_goes_round_in_circles(monkeypatch):
    make_remark(800)
    idle = [each._replace(end=lambda _rows: None) if each.kind == "remarks" else each for each in applying.ENDINGS]
    monkeypatch.setattr(applying, "ENDINGS", idle)
    with pytest.raises(RuntimeError, match="still past their time"):
        applying.apply()


def test_the_command_only_counts_where_it_is_asked_to(capsys):
    remark = make_remark(800)
    call_command("apply_retention", "--dry-run")
    assert "What visitors wrote below a vote: 1 to end\n" in capsys.readouterr().out
    remark.refresh_from_db()
    assert remark.text
    assert entries(kind="retention") == []
    call_command("apply_retention")
    assert "What visitors wrote below a vote: 1 ended\n" in capsys.readouterr().out


def test_two_do_not_apply_it_at_once(monkeypatch):
    @contextmanager
    def taken(_name):
        yield False

    monkeypatch.setattr(applying, "held_alone", taken)
    with pytest.raises(CommandError, match="another process"):
        call_command("apply_retention")
