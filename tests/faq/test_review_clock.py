"""What the review clock tells, and what it withdraws."""

from io import StringIO
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq import publishing, reviewing
from faq.models import FaqVersion, ReviewReminder
from portal.lib import email
from tests import cast
from tests.factories import make_drug, make_faq, make_market
from tests.faq.reviews import TODAY, ask_for, clock, days, make_due, make_next

__all__ = ["clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def run(**options):
    told = StringIO()
    call_command("review_clock", stdout=told, **options)
    return told.getvalue()


def mails():
    """What was mailed since it was asked last, as (mailbox, subject, text)."""
    found = [(message.to[0], message.subject, message.body) for message in mail.outbox]
    mail.outbox.clear()
    return found


def boxes():
    return [mailbox for mailbox, _, _ in mails()]


def status(version):
    return FaqVersion.objects.get(pk=version.pk).status


def with_mailbox(**changes):
    return make_market(review_mailbox="review@aldermoor.example", **changes)


def test_it_sends_each_reminder_once_60_and_30_days_before_and_on_the_day(clock):
    with_mailbox()
    due = TODAY + days(100)
    make_due(due)
    sent = []
    for left in range(70, -10, -1):
        clock(due - days(left))
        run()
        sent += [(left, subject) for _, subject, _ in mails()]
    assert sent == [(left, "An answer is due for review") for left in (60, 30, 0)]


def test_it_sends_one_mail_for_all_answers_that_are_due():
    with_mailbox()
    for left in (5, 40, 60, 61, 300):
        make_due(TODAY + days(left))
    run()
    [(mailbox, subject, text)] = mails()
    assert (mailbox, subject) == ("review@aldermoor.example", "3 answers are due for review")
    assert text.index("Due within 30 days") < text.index("Due within 60 days")


def test_it_tells_the_author_and_the_approvers_where_there_is_no_mailbox():
    cast.superuser()
    make_due(TODAY)
    run()
    assert boxes() == ["ada@example.com", "bela@example.com"]


def test_it_notes_what_is_due_where_there_is_nobody_to_tell():
    make_due(TODAY)
    type(cast.author()).objects.update(email="")
    run()
    assert ReviewReminder.objects.values_list("mailbox", "sent_at").get() == ("", None)


def test_it_sends_again_what_no_server_took_and_to_that_mailbox_only(monkeypatch):
    make_due(TODAY)
    send = email.EmailMessage.send

    def refuse_ada(message, *args):
        if message.to == ["ada@example.com"]:
            raise SMTPException
        return send(message, *args)

    with monkeypatch.context() as broken:
        broken.setattr(email.EmailMessage, "send", refuse_ada)
        with pytest.raises(CommandError, match="Could not be mailed to ada"):
            run()
    assert boxes() == ["bela@example.com"]
    run()
    assert boxes() == ["ada@example.com"]


def test_it_tells_of_a_request_on_the_day_for_which_it_was_made():
    with_mailbox()
    version = make_due(TODAY + days(300))
    run()
    assert boxes() == []
    reviewing.label_changed(version.faq.drug, reason="New warning.", by=cast.approver())
    run()
    [(_, _, text)] = mails()
    assert "Due for review now" in text
    assert version.faq.content_id in text


def test_it_does_not_tell_of_what_was_dealt_with_meanwhile(monkeypatch):
    with_mailbox()
    version = make_due(TODAY)
    with monkeypatch.context() as broken:
        broken.setattr(email.EmailMessage, "send", lambda _message: 0)
        with pytest.raises(CommandError):
            run()
    make_next(version)
    assert "Nothing to tell" in run()
    assert boxes() == []
    assert not ReviewReminder.objects.exists()


def test_it_withdraws_after_the_days_of_the_policy_and_tells(clock):
    with_mailbox(overdue_days=90)
    version = make_due(TODAY)
    run()
    mails()
    clock(TODAY + days(89))
    run()
    assert (status(version), boxes()) == ("published", [])
    clock(TODAY + days(90))
    assert "Withdrawn: " in run()
    [(_, subject, text)] = mails()
    assert (status(version), subject) == ("withdrawn", "Answers were withdrawn: their review was overdue")
    assert version.faq.content_id in text


def test_what_it_withdraws_says_why_and_that_nobody_did_it(clock, client):
    with_mailbox()
    version = make_due(TODAY - days(200))
    run()
    clock(TODAY + days(7))
    run()
    version.refresh_from_db()
    assert version.withdrawn_by is None
    assert version.withdrawal_reason.startswith("Its review was due on August 13, 2026")
    assert client.get(version.get_absolute_url()).status_code == 410


def test_it_withdraws_nothing_of_which_staff_have_not_known_for_a_week(clock):
    with_mailbox(overdue_days=1)
    version = make_due(TODAY - days(400))
    run()
    assert status(version) == "published"
    clock(TODAY + days(6))
    run()
    assert status(version) == "published"
    clock(TODAY + days(7))
    run()
    assert status(version) == "withdrawn"


@pytest.mark.parametrize(("label", "stays"), [("on-label", True), ("off-label", False), ("investigational", False)])
def test_it_is_stricter_with_what_the_label_does_not_cover(clock, label, stays):
    with_mailbox(overdue_days=90, overdue_days_unlabelled=30)
    version = make_due(TODAY, faq=make_faq(label_status=label))
    run()
    clock(TODAY + days(30))
    run()
    assert (status(version) == "published") is stays


def test_it_withdraws_nothing_where_the_policy_is_to_warn_alone(clock):
    with_mailbox(overdue_days=None, overdue_days_unlabelled=None)
    version = make_due(TODAY)
    run()
    clock(TODAY + days(1000))
    run()
    assert status(version) == "published"


def test_it_keeps_each_market_s_own_policy_and_day(clock):
    slow = make_due(TODAY, faq=make_faq(make_drug(with_mailbox(overdue_days=None))))
    fast = make_due(TODAY, faq=make_faq(make_drug(make_market("de", overdue_days=10, time_zone="Pacific/Auckland"))))
    run()
    # Noon of the ninth day in Europe is the tenth in Auckland.
    clock(TODAY + days(9))
    run()
    assert (status(slow), status(fast)) == ("published", "withdrawn")


def test_the_verb_without_a_person_withdraws_nothing_that_the_policy_does_not():
    version = make_due(TODAY - days(20))
    with pytest.raises(PermissionDenied, match="does not withdraw"):
        publishing.withdraw(version, by=None, reason="I want to.")


def test_a_review_that_was_asked_for_is_withdrawn_by_its_own_day(clock):
    with_mailbox(overdue_days=10)
    version = make_due(TODAY + days(300))
    ask_for(version)
    run()
    clock(TODAY + days(10))
    run()
    assert status(version) == "withdrawn"


def test_one_that_cannot_be_withdrawn_keeps_no_other_online(clock, monkeypatch):
    with_mailbox(overdue_days=10)
    stuck, other = make_due(TODAY), make_due(TODAY)
    run()
    clock(TODAY + days(10))
    withdraw = publishing.withdraw

    def refuse(version, **options):
        if version == stuck:
            raise RuntimeError("no index")
        withdraw(version, **options)

    monkeypatch.setattr(publishing, "withdraw", refuse)
    with pytest.raises(CommandError, match=f"Could not be withdrawn: {stuck}"):
        run()
    assert (status(stuck), status(other)) == ("published", "withdrawn")


def test_a_rehearsal_says_what_would_happen_and_does_nothing(clock):
    with_mailbox(overdue_days=10)
    version = make_due(TODAY)
    assert "To be mailed to review@aldermoor.example: Due for review now: 1" in run(dry_run=True)
    assert not ReviewReminder.objects.exists()
    run()
    mails()
    clock(TODAY + days(10))
    assert f"Withdrawn: {version}." in run(dry_run=True)
    assert (status(version), boxes()) == ("published", [])


def test_it_asks_no_more_often_the_more_answers_are_overdue(django_assert_num_queries):
    with_mailbox()
    make_due(TODAY - days(40))
    run()
    with CaptureQueriesContext(connection) as few:
        run()
    for _ in range(3):
        make_due(TODAY - days(40))
    run()
    with django_assert_num_queries(len(few)):
        run()
