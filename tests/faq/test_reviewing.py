"""Asking for a review of answers before its date."""

from datetime import date

import pytest

from faq import reviewing
from faq.models import ReviewRequest
from tests import cast
from tests.factories import make_faq

pytestmark = pytest.mark.django_db
LABEL = ReviewRequest.Cause.LABEL


def ask(*faqs, day=1, reason="New boxed warning.", cause=LABEL):
    return reviewing.ask(faqs, cause, reason=reason, due=date(2027, 1, day), by=cast.approver())


def test_it_opens_one_request_for_each_question():
    first, second = make_faq(), make_faq()
    ask(first, second)
    assert list(ReviewRequest.objects.open().values_list("faq", "asked_by__username")) == [
        (first.pk, "bela"),
        (second.pk, "bela"),
    ]


def test_a_second_change_of_the_label_keeps_the_earlier_day_and_says_the_latest_reason():
    faq = make_faq()
    ask(faq, day=5)
    ask(faq, day=9, reason="Dose lowered.")
    assert ReviewRequest.objects.values_list("due", "reason").get() == (date(2027, 1, 5), "Dose lowered.")


def test_what_people_ask_for_is_kept_apart():
    faq = make_faq()
    ask(faq, cause=ReviewRequest.Cause.ASKED)
    ask(faq, cause=ReviewRequest.Cause.ASKED)
    assert faq.review_requests.count() == 2


def test_it_wants_a_reason():
    with pytest.raises(ValueError, match="Say what changed"):
        ask(make_faq(), reason=" ")
