"""The review clock run by several processes at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from faq import review_clock
from faq.models import FaqVersion, ReviewReminder
from tests.factories import make_market
from tests.faq.reviews import TODAY, clock, days, make_due

__all__ = ["clock"]
pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.usefixtures("clock")]
PROCESSES = 4


def run_at_once():
    """What each of several runs that begin together says it did."""
    barrier = Barrier(PROCESSES)

    def one(_number):
        barrier.wait()
        try:
            return review_clock.run()
        finally:
            connection.close()

    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(one, range(PROCESSES)))


def test_runs_at_once_mail_once():
    make_market(review_mailbox="review@aldermoor.example")
    for left in (0, 20, 50):
        make_due(TODAY + days(left))
    reports = run_at_once()
    assert [report.failed for report in reports] == [[]] * PROCESSES
    told = [body for message in mail.outbox for body in [message.body]]
    assert sum(text.count("Due on") for text in told) == 3
    assert ReviewReminder.objects.filter(sent_at=None).count() == 0


def test_runs_at_once_withdraw_once(clock):
    make_market(review_mailbox="review@aldermoor.example", overdue_days=10)
    versions = [make_due(TODAY) for _ in range(5)]
    review_clock.run()
    mail.outbox.clear()
    clock(TODAY + days(10))
    reports = run_at_once()
    assert [report.failed for report in reports] == [[]] * PROCESSES
    withdrawn = [line for report in reports for line in report.done if line.startswith("Withdrawn: ")]
    assert len(withdrawn) == len(versions) == FaqVersion.objects.filter(status="withdrawn").count()
    assert sum(message.body.count("Due on") for message in mail.outbox) == len(versions)
