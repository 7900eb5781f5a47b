"""Asking for a review of answers before its date, and what ends that."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from faq import publishing, reviewing
from faq.models import ReviewRequest
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_published

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


def label_changed(drug, by=None, **options):
    return reviewing.label_changed(drug, reason="New boxed warning.", by=by or cast.approver(), **options)


def test_a_changed_label_sets_every_published_answer_of_the_drug_due():
    drug = make_drug()
    published = make_published(make_faq(drug))
    make_draft(make_faq(drug))
    other = make_published()
    [request] = label_changed(drug)
    assert (request.faq, request.due, request.cause) == (published.faq, timezone.localdate(), "label")
    assert published.due_day == timezone.localdate()
    assert other.due_day == other.next_review


def test_a_changed_label_of_a_drug_without_answers_says_so():
    with pytest.raises(ValueError, match="No answer about"):
        label_changed(make_drug())


def test_nobody_wants_a_review_by_yesterday():
    version = make_published()
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValueError, match="in the past"):
        label_changed(version.faq.drug, due=yesterday)
    with pytest.raises(ValueError, match="in the past"):
        reviewing.ask_for(version.faq, reason="Old.", due=yesterday, by=cast.author())


@pytest.mark.parametrize("person", ["author", "feedback_reviewer", "inquiry_handler"])
def test_the_label_is_said_to_have_changed_by_those_who_approve(person):
    version = make_published()
    with pytest.raises(PermissionDenied):
        label_changed(version.faq.drug, by=getattr(cast, person)())


def asked(version):
    return reviewing.ask_for(version.faq, reason="A new trial.", due=timezone.localdate(), by=cast.author())


def test_a_version_that_was_begun_later_answers_a_request():
    version = make_published()
    request = asked(version)
    newer = make_published(version.faq)
    request.refresh_from_db()
    assert (request.closed_with_id, request.closed_at is not None) == (newer.pk, True)
    assert newer.due_day == newer.next_review


def test_a_version_that_was_begun_before_does_not():
    version = make_published()
    draft = make_draft(version.faq)
    request = asked(version)
    make_published(draft=draft)
    request.refresh_from_db()
    assert request.is_open


def test_a_reason_that_was_added_later_wants_a_version_that_is_newer_still():
    version = make_published()
    label_changed(version.faq.drug)
    draft = make_draft(version.faq)
    [request] = label_changed(version.faq.drug)
    make_published(draft=draft)
    request.refresh_from_db()
    assert request.is_open


def test_publishing_answers_no_other_question_s_request():
    one, other = make_published(), make_published()
    request = asked(one)
    make_published(other.faq)
    request.refresh_from_db()
    assert request.is_open


def test_somebody_else_decides_that_an_answer_stays_as_it_is():
    request = asked(make_published())
    reviewing.close(request, outcome=" Not relevant. ", by=cast.approver())
    request.refresh_from_db()
    assert (request.outcome, request.closed_by, request.is_open) == ("Not relevant.", cast.approver(), False)


@pytest.mark.parametrize("person", ["author", "feedback_reviewer"])
def test_it_is_not_decided_by_those_who_do_not_approve(person):
    request = asked(make_published())
    with pytest.raises(PermissionDenied):
        reviewing.close(request, outcome="Not relevant.", by=getattr(cast, person)())


def test_it_is_not_decided_by_those_who_wrote_the_answer():
    writer = cast.superuser()
    draft = make_draft()
    publishing.write(draft, by=writer)
    request = asked(make_published(draft=draft))
    with pytest.raises(PermissionDenied, match="wrote nothing in the answer"):
        reviewing.close(request, outcome="I was right.", by=writer)


@pytest.mark.parametrize(("outcome", "again"), [(" ", False), ("Fine.", True)])
def test_it_is_decided_once_and_with_a_reason(outcome, again):
    request = asked(make_published())
    if again:
        reviewing.close(request, outcome="Fine.", by=cast.approver())
    with pytest.raises(ValueError, match="closed already" if again else "Say why"):
        reviewing.close(request, outcome=outcome, by=cast.approver())
