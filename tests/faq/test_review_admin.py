"""The pages on which staff ask for a review, see what was asked, and say that an answer stays as it is."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from faq.models import ReviewRequest
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_published
from tests.faq.administering import LIST, page
from tests.faq.reviews import TODAY, ask_for, clock, days, make_due

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
REQUESTS = "/admin/faq/reviewrequest/"


def words(response):
    return response.content.decode()


def told(response):
    return [str(message) for message in response.context["messages"]]


def label_page(drug):
    return reverse("admin:faq_drug_label_changed", args=[drug.pk])


def reviews_page(version):
    return reverse("admin:faq_faqversion_reviews", args=[version.pk])


def data(**changes):
    return {"reason": "New boxed warning.", "due": timezone.localdate().isoformat(), **changes}


def test_the_page_of_a_changed_label_says_how_many_answers_it_concerns(approver):
    drug = make_drug()
    for _ in range(22):
        make_published(make_faq(drug))
    make_draft(make_faq(drug))
    text = words(approver.get(label_page(drug)))
    assert "22 published answers" in text
    assert "and 2 more" in text
    assert not ReviewRequest.objects.exists()


def test_a_changed_label_asks_for_all_of_them_and_is_logged(approver):
    drug = make_drug()
    for _ in range(3):
        make_published(make_faq(drug))
    response = approver.post(label_page(drug), data(), follow=True)
    assert told(response) == [f"Asked for a review of 3 answers about {drug}."]
    assert response.context["cl"].result_count == 3
    assert "New boxed warning." in LogEntry.objects.get().change_message


def test_a_changed_label_wants_a_reason_and_keeps_what_was_typed(approver):
    version = make_published()
    late = data(due="2020-01-01")
    text = words(approver.post(label_page(version.faq.drug), late))
    assert "lies in the past" in text
    assert "New boxed warning." in text
    assert "This field is required" in words(approver.post(label_page(version.faq.drug), data(reason=" ")))
    assert not ReviewRequest.objects.exists()


def test_an_author_is_offered_no_changed_label(client, author):
    version = make_published()
    client.force_login(cast.author())
    assert "Label changed" not in words(author.get(f"/admin/faq/drug/{version.faq.drug_id}/change/"))
    assert author.get(label_page(version.faq.drug)).status_code == 403
    assert author.post(label_page(version.faq.drug), data()).status_code == 403
    assert not ReviewRequest.objects.exists()


def test_an_approver_reaches_it_from_the_drug_s_page(approver):
    version = make_published()
    assert label_page(version.faq.drug) in words(approver.get(f"/admin/faq/drug/{version.faq.drug_id}/change/"))


def test_a_review_is_asked_for_on_the_answer_s_page(author):
    version = make_published()
    assert reviews_page(version) in words(author.get(page(version)))
    response = author.post(reviews_page(version), data(), follow=True)
    assert told(response) == ["The review is asked for."]
    assert "New boxed warning." in words(response)
    assert ReviewRequest.objects.get().asked_by == cast.author()
    assert "Review requests (1 open)" in words(author.get(page(version)))


def test_who_may_not_ask_sees_what_was_asked_and_no_form(client):
    version = make_published()
    ask_for(version, timezone.localdate())
    client.force_login(cast.feedback_reviewer())
    response = client.post(reviews_page(version), data())
    assert "A new trial." in words(response)
    assert 'name="reason"' not in words(response)
    assert ReviewRequest.objects.count() == 1


def test_the_list_shows_what_is_open_and_finds_the_rest(approver):
    version = make_published()
    ask_for(version, timezone.localdate())
    closed = ask_for(version, timezone.localdate(), reason="An old trial.")
    approver.post(f"{REQUESTS}{closed.pk}/close/", {"words": "Known."})
    counts = [approver.get(REQUESTS, asked).context["cl"].result_count for asked in ({}, {"state": "closed"})]
    assert counts == [1, 1]
    assert approver.get(REQUESTS, {"state": "all"}).context["cl"].result_count == 2


def test_a_request_is_closed_on_its_page_with_a_reason(approver):
    request = ask_for(make_published(), timezone.localdate())
    place = f"{REQUESTS}{request.pk}/"
    assert "The answer stays as it is …" in words(approver.get(f"{place}change/"))
    assert told(approver.post(f"{place}close/", {"words": " "}, follow=True)) == ["Say why the answer stays as it is."]
    assert told(approver.post(f"{place}close/", {"words": "Known."}, follow=True)) == [
        "Closed: the answer stays as it is."
    ]
    assert "Closed: the answer stays as it is." in words(approver.get(f"{place}change/"))


def test_an_author_is_not_offered_to_close_a_request(author):
    request = ask_for(make_published(), timezone.localdate())
    place = f"{REQUESTS}{request.pk}/"
    assert "The answer stays as it is …" not in words(author.get(f"{place}change/"))
    response = author.post(f"{place}close/", {"words": "Known."}, follow=True)
    assert "may not close" in told(response)[0]
    assert ReviewRequest.objects.get().is_open


@pytest.mark.parametrize(
    ("begun", "says"),
    [(None, "Waits for a new version"), ("before", "was begun before"), ("after", "was begun since")],
)
def test_a_request_says_what_would_close_it(approver, begun, says):
    version = make_published()
    if begun == "before":
        make_draft(version.faq)
    request = ask_for(version, timezone.localdate())
    if begun == "after":
        make_draft(version.faq)
    assert says in words(approver.get(f"{REQUESTS}{request.pk}/change/"))


def test_the_list_of_versions_marks_and_sorts_by_the_day_that_was_asked_for(clock, approver):
    later, sooner = make_due(TODAY + days(40)), make_due(TODAY + days(300))
    ask_for(sooner)
    clock(TODAY + days(1))
    response = approver.get(LIST, {"due": "soon", "o": "8"})
    assert list(response.context["cl"].result_list) == [sooner, later]
    assert "Asked for</span>" in words(response)
    assert "Overdue</span>" in words(response)


@pytest.mark.parametrize(("due", "count"), [("overdue", 1), ("30", 2), ("60", 1), ("soon", 4)])
def test_the_stretches_of_time_do_not_overlap(clock, approver, due, count):
    for left in (-1, 0, 30, 31, 61):
        make_due(TODAY + days(left))
    assert approver.get(LIST, {"due": due}).context["cl"].result_count == count


@pytest.mark.parametrize(("who", "chosen", "count"), [("author", "drafts", 2), ("author", "returned", 1)])
def test_the_list_finds_what_is_mine(client, who, chosen, count):
    make_draft()
    make_draft(review_comment="Say which dose.")
    make_draft(author=cast.approver())
    client.force_login(getattr(cast, who)())
    assert client.get(LIST, {"for_me": chosen}).context["cl"].result_count == count


def test_many_requests_ask_the_database_little(approver, django_assert_max_num_queries):
    for _ in range(30):
        ask_for(make_published(), timezone.localdate())
    with django_assert_max_num_queries(12):
        assert "30 review requests" in words(approver.get(REQUESTS))
