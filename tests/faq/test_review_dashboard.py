"""The page of the review clock, whose every number is that of the list it leads to."""

import re
from html import unescape

import pytest
from django.urls import reverse

from faq import review_clock, reviewing
from tests import cast
from tests.factories import make_drug, make_faq, make_market
from tests.faq.reviews import TODAY, ask_for, clock, days, make_due

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'<a (?:class="tile[^"]*" )?href="([^"]+\?[^"]+)">(?:<strong>)?(\d+)<')


@pytest.fixture
def page():
    return reverse("admin:faq_reviewrequest_clock")


def make_work():
    german = make_market("de", name="Deutschland", review_mailbox="review@aldermoor.example")
    for drug in (make_drug(), make_drug(), make_drug(german)):
        for left in (-40, -3, 0, 12, 45, 60, 61, 300):
            make_due(TODAY + days(left), faq=make_faq(drug))
    version = make_due(TODAY + days(500))
    ask_for(version, TODAY + days(2))
    reviewing.label_changed(version.faq.drug, reason="New.", by=cast.approver())


def test_each_number_is_that_of_the_list_it_leads_to(clock, approver, page):
    make_work()
    numbers = NUMBER.findall(approver.get(page).content.decode())
    assert len(numbers) > 20
    for address, count in numbers:
        assert approver.get(unescape(address)).context["cl"].result_count == int(count), address


def test_the_most_pressing_come_first_and_say_what_will_happen(clock, approver, page):
    make_work()
    review_clock.run()
    text = approver.get(page).content.decode()
    shown = re.findall(r'due-item__day"><span class="date">([^<]+)<', text)
    assert shown[0] == "January 20, 2027"
    assert len(shown) == 19
    assert "Withdrawn on April 20, 2027 if nobody acts" in text
    assert "Mails go to review@aldermoor.example." in text


def test_it_says_that_nothing_is_due(clock, approver, page):
    make_market()
    assert "Nothing is overdue" in approver.get(page).content.decode()


def test_it_is_closed_to_those_who_may_not_see_requests(clock, client, page):
    client.force_login(cast.inquiry_handler())
    assert client.get(page).status_code == 403


def test_it_asks_the_database_little(clock, approver, page, django_assert_max_num_queries):
    make_work()
    review_clock.run()
    with django_assert_max_num_queries(12):
        approver.get(page)
