"""Reports of adverse events and complaints: what to do first, how little is needed, and that none is lost."""

import re

import pytest
from django.core import mail

from portal.contact.choices import SAFETY_QUESTIONS
from portal.contact.models import Inquiry
from portal.lib import ratelimit
from tests.factories import make_market
from tests.portal.contacting import DETAILS, NO_SAFETY, REPORT, TYPED, content, make_topics, report, send

pytestmark = pytest.mark.django_db

FIELDSET = re.compile(r'<fieldset class="part" data-shown-for="report"( hidden disabled)?>')


def part(page, name):
    """Whether the parts that are shown for `name` can be seen without a script."""
    [hidden] = set(re.findall(rf'data-shown-for="{name}"( hidden)?', page))
    return not hidden


@pytest.mark.parametrize(
    ("query", "first", "asked"),
    [
        ("", False, False),
        ("?topic=other", False, False),
        ("?topic=adverse-event", True, True),
        ("?topic=complaint", True, True),
    ],
)
def test_it_says_what_to_do_first_to_who_comes_to_report(client, query, first, asked):
    make_topics(make_market(safety_phone="1-800-555-0199"))
    page = content(client.get(f"/us/contact/{query}"))
    assert part(page, "topic") == first
    assert (FIELDSET.search(page)[1] is None) == asked
    assert ("<h1>Report an adverse event" in page) == first
    assert 'href="tel:+18005550199"' in page.partition('class="first"')[2].partition("</div>")[0]


def test_it_shows_the_report_after_an_error_once_an_answer_makes_it_one(client):
    page = content(send(client, question="", involves_exposure="yes"))
    assert part(page, "answer")
    assert not part(page, "topic")
    assert FIELDSET.search(page)[1] is None


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"email": "", "phone": "+1 555 0100"},
        {"email": "", "may_contact": "no"},
        {"topic": "product-complaint"},
        {"reply_by": "phone"},
    ],
)
def test_it_needs_little_of_a_report(client, changes):
    assert report(client, **changes).status_code == 302
    assert Inquiry.objects.get().question == REPORT["question"]


@pytest.mark.parametrize("question", NO_SAFETY)
def test_it_needs_no_more_of_a_question_that_turns_out_to_be_a_report(client, question):
    sent = {"topic": "medical-question", "question": "She was pregnant.", "phone": "1", question: "yes"}
    make_market()
    assert client.post("/us/contact/", sent).status_code == 302
    assert Inquiry.objects.get().is_safety


def test_it_asks_the_sender_of_a_report_for_one_way_to_reach_them(client):
    response = report(client, email="")
    assert response.status_code == 422
    assert "or say that we may not contact you" in content(response)
    assert REPORT["question"] in content(response)


def test_it_notes_what_the_topic_says_already(client):
    report(client)
    report(client, topic="product-complaint")
    report(client, involves_adverse_event="no")
    stored = Inquiry.objects.order_by("pk").values_list("involves_adverse_event", "involves_complaint")
    assert [*stored] == [(True, None), (None, True), (False, None)]


def test_it_stores_what_the_sender_knows_with_the_report(client):
    report(client, **DETAILS)
    inquiry = Inquiry.objects.get()
    assert {name: getattr(inquiry, name) for name in DETAILS} == {**DETAILS, "may_contact": True}
    assert "Lot number: A1234" in mail.outbox[0].body


def test_it_keeps_nothing_of_a_report_with_a_question(client):
    send(client, **{**DETAILS, "lot_number": "x" * 100})
    assert Inquiry.objects.get().lot_number == ""


def test_it_stores_a_report_at_once_and_asks_for_the_rest_afterwards(client):
    address = report(client)["Location"]
    page = content(client.get(address))
    assert "Your report has been received" in page
    assert 'class="first"' in page
    case = re.search(r'name="case" value="([^"]+)"', page)[1]
    added = client.post("/us/contact/", {"case": case, **DETAILS}, follow=True)
    inquiry = Inquiry.objects.get()
    assert (inquiry.lot_number, inquiry.outcome, inquiry.question) == ("A1234", "recovered", REPORT["question"])
    assert 'name="case"' not in content(added)
    assert mail.outbox[-1].subject == f"{inquiry.case_number}: Added: Safety: An adverse event"
    assert "How is the patient now?: Recovered" in mail.outbox[-1].body


def test_it_asks_nothing_more_of_a_question(client):
    page = content(client.get(send(client)["Location"]))
    assert "Your question has been received" in page
    assert 'name="case"' not in page


def test_it_takes_reports_from_an_address_that_may_ask_no_more_questions(client, monkeypatch):
    monkeypatch.setattr(ratelimit, "contact_form", lambda _request: False)
    assert send(client).status_code == 429
    assert report(client).status_code == 302


def test_it_asks_for_no_urgency_or_own_initiative_of_a_report(client):
    make_topics()
    page = content(client.get("/us/contact/?topic=adverse-event"))
    assert not part(page, "question")
    assert "required" not in re.search(r'<input type="checkbox" name="is_unsolicited"[^>]*>', page)[0]


def test_it_answers_every_unanswered_safety_question_with_an_error(client):
    response = send(client, **dict.fromkeys(NO_SAFETY, ""))
    assert content(response).count("Please choose yes or no.") == 2 * len(NO_SAFETY)
    assert TYPED["question"] in content(response)


def test_it_tells_the_script_what_makes_a_report_and_what_is_needed_of_what(client):
    make_topics()
    page = content(client.get("/us/contact/"))
    marked = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)"[^>]* data-safety[ >]', page)
    topics = [("topic", "adverse-event"), ("topic", "product-complaint")]
    assert marked == [*topics, *((question, "yes") for question in SAFETY_QUESTIONS)]
    assert re.search(r'<select name="profession"[^>]* data-needed-of="medical"', page)
    assert re.search(r'<input type="email"[^>]* data-needed-of="question"', page)
