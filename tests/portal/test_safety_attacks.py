"""What an unkind visitor, an unlucky moment or a changed calendar cannot do to a safety flag."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.chrome.models import Holiday, Market, OpeningHours
from portal.safety import flagging, mailing
from portal.safety.flagging import Refused
from portal.safety.models import SafetyFlag
from portal.safety.receiving import due_of
from tests import cast
from tests.factories import make_market
from tests.portal.contacting import content
from tests.portal.flagging import HARM, HARMLESS, make_flag

pytestmark = pytest.mark.django_db

LIST = reverse("admin:safety_safetyflag_changelist")
SUMS = reverse("admin:safety_safetyflag_reconciliation")
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
INVISIBLE = ["", " ", "\t\n", "\u00a0", "\u200b", "\u202e", "\x00", "--", "…"]


@pytest.fixture
def officer(client):
    client.force_login(cast.safety_officer())
    return client


def page(flag):
    return reverse("admin:safety_safetyflag_change", args=[flag.pk])


def press(client, flag, name, **data):
    client.post(reverse(f"admin:safety_safetyflag_{name}", args=[flag.pk]), data)
    flag.refresh_from_db()
    return flag


@pytest.mark.parametrize("words", INVISIBLE)
def test_nothing_closes_a_flag_or_opens_it_without_words_that_can_be_read(words):
    flag, by = make_flag(), cast.safety_officer()
    for verb in (
        lambda: flagging.forward(flag, reference=words, by=by),
        lambda: flagging.dismiss(flag, reason=words, by=by),
        lambda: flagging.dismiss_unraised(SafetyFlag.objects.all(), reason=words, by=by),
    ):
        with pytest.raises(Refused, match="Say"):
            verb()
    flagging.dismiss(flag, reason="No harm.", by=by)
    with pytest.raises(Refused, match="Say why it is opened again"):
        flagging.reopen(flag, reason=words, by=by)


def test_a_nul_in_what_staff_write_is_dropped(officer):
    flag = press(officer, make_flag(), "forward", reference="AE\x00-17", words="By\x00 phone.")
    assert (flag.reference, flag.events.get().note) == ("AE-17", "AE-17\nBy phone.")
    assert press(officer, flag, "reopen", words="A sec\x00ond visit.").is_open
    assert press(officer, flag, "dismiss", words="No\x00 harm.").reason == "No harm."
    assert press(officer, make_flag(HARMLESS), "raise_clock", words="A\x00 rash.").is_raised


@pytest.mark.parametrize(
    "asked",
    [
        {"product": "\x00"},
        {"q": "\x00"},
        {"state": "\x00"},
        {"kind": "\x00"},
        {"level": "\x00"},
        {"market__id__exact": "9" * 30},
        {"product": "x" * 9000},
        {"q": "\u202e😀<script>"},
    ],
)
def test_the_queue_can_be_asked_anything(officer, asked):
    make_flag()
    assert officer.get(LIST, asked).status_code in {200, 302, 400}


@pytest.mark.parametrize(
    ("first", "last"),
    [("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"), ("0001-01-01", "9999-12-31"), ("x", "\x00")],
)
def test_the_sums_can_be_asked_of_any_days(officer, first, last):
    asked = {"market": make_market().pk, "first": first, "last": last}
    assert officer.get(SUMS, asked).status_code == 200
    assert officer.get(SUMS, {**asked, "as": "csv", "market": "\x00"}).status_code == 200


@pytest.mark.parametrize(
    "text",
    ["😀😀😀", "\u202e.deid eh\u202c", "=HYPERLINK(1)", "<img src=x onerror=alert(1)>{{ 7|add:7 }}", "fainted " * 500],
)
def test_whatever_a_visitor_writes_is_shown_and_stays_out_of_mails(officer, text):
    flag = make_flag(text, topic="adverse-event", product_named=text[:200])
    assert mailing.tell_of(flag.pk)
    for address in (LIST, page(flag)):
        shown = content(officer.get(address))
        assert "<img src=x" not in shown
        assert "14" not in shown.partition("{{ 7|add:7 }}")[2][:3]
    assert text.strip()[:10] not in mail.outbox[-1].body + mail.outbox[-1].subject


def test_a_name_with_a_line_break_adds_no_header_to_a_mail():
    market = make_market()
    Market.objects.update(name="Aldermoor\r\nBcc: thief@example.org")
    mailing.tell_of(make_flag(market=Market.objects.get(pk=market.pk)).pk)
    mailing.remind()
    assert all("\n" not in sent.subject and sent.recipients() == [market.inquiry_mailbox] for sent in mail.outbox)


def test_a_holiday_that_is_added_later_moves_no_flag_that_has_its_time():
    flag = make_flag(received_at=FRIDAY)
    assert flag.due_at == datetime(2026, 11, 23, 17, tzinfo=UTC)
    Holiday.objects.create(market=flag.market, day=date(2026, 11, 23), name="New")
    flagging.dismiss(flag, reason="No harm.", by=cast.safety_officer())
    again = flagging.reopen(flag, reason="After all.", by=cast.safety_officer())
    noted = flagging.raise_by_hand(again, mentions_death=True, by=cast.safety_officer())
    assert (again.due_at, noted.due_at) == (flag.due_at, FRIDAY + timedelta(hours=24))


def test_another_zone_or_other_hours_of_a_market_move_no_flag_and_count_for_the_next():
    market = make_market("de", time_zone="Europe/Berlin")
    flag = make_flag(market=market, received_at=FRIDAY)
    market.time_zone = "Asia/Tokyo"
    market.save()
    OpeningHours.objects.create(market=market, weekday=0, opens=time(8), closes=time(9))
    flag.refresh_from_db()
    assert flag.due_at == datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert due_of(flag) == datetime(2026, 11, 23, tzinfo=UTC)
    # 15:00 UTC is Saturday in Tokyo.
    assert make_flag(market=market, received_at=FRIDAY).due_at == datetime(2026, 11, 23, tzinfo=UTC)


def test_what_a_person_raises_late_may_be_overdue_at_once():
    flag = make_flag(HARMLESS, received_at=timezone.now() - timedelta(days=9))
    assert flagging.raise_by_hand(flag, by=cast.safety_officer()).is_overdue
    assert flagging.forward(flag, reference="AE-1", by=cast.safety_officer()).was_late


def test_a_flag_that_was_opened_again_is_dismissed_and_forwarded_like_any_other():
    flag, by = make_flag(), cast.safety_officer()
    for _ in range(2):
        flagging.forward(flag, reference="AE-1", by=by)
        flagging.reopen(flag, reason="Wrong number.", by=by)
    assert flagging.dismiss(flag, reason="No harm.", by=by).reference == ""
    assert [event.what for event in flag.events.all()] == ["forwarded", "reopened"] * 2 + ["dismissed"]


def test_a_market_without_a_mailbox_keeps_no_other_from_its_mail(monkeypatch, caplog):
    make_flag(received_at=FRIDAY, market=make_market("de"))
    make_flag(received_at=FRIDAY)

    def fail(flag, line=mailing._line):
        if flag.market.code == "de":
            raise LookupError
        return line(flag)

    monkeypatch.setattr(mailing, "_line", fail)
    report = mailing.remind()
    assert (report.done, len(report.failed), len(mail.outbox)) == (["us: 1 mailed."], 1, 1)
    assert HARM not in caplog.text


def test_what_is_too_much_for_one_mail_is_told_by_the_next(monkeypatch):
    monkeypatch.setattr(mailing, "TOLD", 2)
    for _ in range(3):
        make_flag(received_at=FRIDAY)
    assert [mailing.remind().done for _ in range(3)] == [["us: 2 mailed."], ["us: 1 mailed."], []]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_officers_who_decide_at_once_one_is_told_that_it_is_done():
    flag, told, barrier = make_flag(), [], Barrier(2)
    people = cast.safety_officer(), cast.inquiry_handler()

    def decide(verb):
        barrier.wait()
        try:
            told.append(verb().state)
        except Refused as refusal:
            told.append(str(refusal))
        connection.close()

    verbs = [
        lambda: flagging.forward(flag, reference="AE-1", by=people[0]),
        lambda: flagging.dismiss(flag, reason="No harm.", by=people[1]),
    ]
    threads = [Thread(target=decide, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    flag.refresh_from_db()
    assert sorted(told) == sorted([flag.state, f"This flag is {flag.state} by now."])
    assert flag.events.count() == 1
