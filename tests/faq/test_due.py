"""On which day a published answer is due for review, and what visitors read once it is overdue."""

from datetime import date
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from faq import reviewing
from faq.models import FaqVersion
from tests import cast
from tests.factories import make_drug, make_faq, make_market
from tests.faq.reviews import TODAY, ask_for, clock, days, make_due, make_next

__all__ = ["clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OVERDUE = "This answer was due for review on February 28, 2027."


def due(first, last):
    return set(FaqVersion.objects.due_between(first, last))


def test_an_answer_is_due_on_the_earlier_of_its_own_day_and_the_one_asked_for():
    own, asked, both = make_due(TODAY + days(5)), make_due(TODAY + days(90)), make_due(TODAY + days(9))
    ask_for(asked, TODAY + days(5))
    ask_for(both, TODAY + days(20))
    assert due(TODAY + days(5), TODAY + days(5)) == {own, asked}
    assert [version.due_day for version in (own, asked, both)] == [TODAY + days(5), TODAY + days(5), TODAY + days(9)]


def test_the_query_and_the_version_say_the_same_day():
    for number in range(6):
        version = make_due(TODAY + days(number))
        if number % 2:
            ask_for(version, TODAY + days(5 - number))
    for version in FaqVersion.objects.with_due_day():
        assert version in due(version.due_day, version.due_day)
        assert version.due_day == FaqVersion.objects.get(pk=version.pk).due_day


def test_an_answer_is_overdue_on_the_day_after():
    assert not make_due(TODAY).is_overdue
    assert make_due(TODAY - days(1)).is_overdue


def test_a_request_that_was_closed_makes_nothing_due():
    version = make_due(TODAY + days(90))
    reviewing.close(ask_for(version), outcome="The trial is too small.", by=cast.superuser())
    assert FaqVersion.objects.with_due_day().get().due_day == TODAY + days(90)
    assert due(TODAY, TODAY + days(60)) == set()


def test_visitors_read_that_the_review_is_overdue_and_never_why(client, clock):
    version = make_due(TODAY + days(90))
    ask_for(version, reason="A secret reason.")
    assert "due for review" not in client.get(version.get_absolute_url()).content.decode()
    clock(TODAY + days(1))
    page = client.get(version.get_absolute_url()).content.decode()
    assert "This answer was due for review on March 1, 2027." in page
    assert "secret" not in page


def test_it_says_so_in_german(client):
    market = make_market("de", language_tag="de-DE", time_zone="Europe/Berlin")
    version = make_due(TODAY - days(1), faq=make_faq(make_drug(market)))
    page = client.get(version.get_absolute_url()).content.decode()
    assert "Diese Antwort war am 28. Februar 2027 zur Überprüfung fällig." in page


def test_the_document_says_so_too_and_gets_another_etag(client, clock):
    version = make_due(TODAY)
    before = client.get(version.faq.get_pdf_url())
    clock(TODAY + days(1))
    after = client.get(version.faq.get_pdf_url(), headers={"If-None-Match": before["ETag"]})
    assert (before.status_code, after.status_code) == (200, 200)
    assert before["ETag"] != after["ETag"]


def test_the_page_changes_on_the_day_on_which_it_becomes_overdue(client, clock):
    version = make_due(TODAY)
    before = client.get(version.get_absolute_url())
    known = {"If-None-Match": before["ETag"]}
    assert client.get(version.get_absolute_url(), headers=known).status_code == 304
    clock(TODAY + days(1), hour=1)
    after = client.get(version.get_absolute_url(), headers=known)
    assert (after.status_code, after["Last-Modified"]) == (200, "Tue, 02 Mar 2027 00:00:00 GMT")


def test_a_browser_that_knows_only_the_date_sees_the_notice_come_and_go(client, clock):
    version = make_due(TODAY + days(90))
    request = ask_for(version)
    clock(TODAY + days(1))
    overdue = client.get(version.get_absolute_url())
    clock(TODAY + days(2))
    reviewing.close(request, outcome="Still right.", by=cast.superuser())
    after = client.get(version.get_absolute_url(), headers={"If-Modified-Since": overdue["Last-Modified"]})
    assert after.status_code == 200
    assert parsedate_to_datetime(after["Last-Modified"]) == timezone.now()


def test_the_page_asks_the_database_no_more_for_it(client, django_assert_num_queries):
    version = make_due(TODAY + days(90))
    ask_for(version)
    with django_assert_num_queries(2):
        client.get(version.get_absolute_url())


def test_a_newer_version_takes_the_notice_away(client):
    version = make_due(date(2027, 2, 28))
    assert OVERDUE in client.get(version.get_absolute_url()).content.decode()
    make_next(version)
    assert OVERDUE not in client.get(version.get_absolute_url()).content.decode()
