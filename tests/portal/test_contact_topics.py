"""What inquiries may be about, as data of the market, and where they go."""

import re
from contextlib import nullcontext

import pytest
from django.core import mail, serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.contact import topics
from portal.contact.models import Inquiry, InquiryTopic
from tests.factories import make_market
from tests.portal.contacting import KINDS, content, make_inquiry, make_topic, make_topics, report, send

pytestmark = pytest.mark.django_db


def test_it_offers_the_topics_of_the_market_in_their_order_with_their_hints(client):
    make_topic("late", order=2, name="Last")
    make_topic("early", order=1, name="First", hint="Lots & supply")
    make_topic("retired", order=0, is_offered=False)
    make_topic("foreign", make_market("de"))
    page = content(client.get("/us/contact/"))
    assert re.findall(r'name="topic" value="([^"]+)"', page) == ["early", "late", "adverse-event", "product-complaint"]
    assert re.search(r'value="early"[^>]*aria-describedby="hint-early"', page)
    assert '<p class="choice__hint" id="hint-early">Lots &amp; supply</p>' in page


def test_it_offers_topics_where_the_market_has_none(client):
    market = make_market()
    page = content(client.get("/us/contact/"))
    assert re.findall(r'name="topic" value="([^"]+)"', page) == list(KINDS)
    assert not InquiryTopic.objects.exists()
    send(client, topic="other")
    send(client, topic="other", question="And halved?")
    [topic] = {inquiry.topic for inquiry in Inquiry.objects.all()}
    assert (topic.key, topic.kind, topic.destination) == ("other", "other", market.inquiry_mailbox)
    assert content(client.get("/us/contact/")) == page


def test_it_offers_topics_where_all_are_retired(client):
    make_topic("adverse-event", name="An unwanted effect", is_offered=False)
    assert report(client).status_code == 302
    assert Inquiry.objects.get().topic.name == "An unwanted effect"
    assert [topic.key for topic in topics.offered(make_market())] == list(KINDS)


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("adverse-event", "adverse-event"),
        ("complaint", "product-complaint"),
        ("product-complaint", "product-complaint"),
        ("nonsense", "medical-question"),
        ("", "medical-question"),
    ],
)
def test_it_chooses_the_topic_that_a_link_names_by_key_or_kind(wanted, key):
    make_topics()
    assert topics.chosen(topics.offered(make_market()), wanted).key == key


def test_it_chooses_the_first_topic_where_none_is_medical():
    make_topic("supply", order=1)
    make_topic("returns", order=2)
    assert topics.chosen(topics.offered(make_market()), "").key == "supply"


@pytest.mark.parametrize(("kind", "key"), [("adverse-event", "adverse-event"), ("complaint", "product-complaint")])
@pytest.mark.parametrize("taken", [False, True])
def test_it_offers_a_topic_for_reports_where_staff_have_none(client, kind, key, taken):
    make_topic("medical-question")
    if taken:
        make_topic(key, kind="medical")
    page = content(client.get(f"/us/contact/?topic={kind}"))
    offered = topics.offered(make_market())
    assert {topic.kind for topic in offered} == {"medical", "adverse-event", "complaint"}
    assert taken or "<h1>Report an adverse event" in page
    [topic] = [topic for topic in offered if topic.kind == kind]
    report(client, topic=topic.key)
    assert Inquiry.objects.get().topic.kind == kind
    assert len({topic.key for topic in topics.offered(make_market())}) == len(offered)


def test_it_offers_the_retired_topic_for_reports_where_it_was_the_last():
    make_topics()
    InquiryTopic.objects.filter(key="adverse-event").update(is_offered=False, name="An unwanted effect")
    assert topics.chosen(topics.offered(make_market()), "adverse-event").name == "An unwanted effect"


@pytest.mark.parametrize(("key", "refused"), [("adverse-event", True), ("product-complaint", True), ("other", False)])
def test_it_retires_no_topic_that_is_the_last_one_for_reports(key, refused):
    make_topics()
    topic = make_topic(key)
    topic.is_offered = False
    with pytest.raises(ValidationError, match="the last one") if refused else nullcontext():
        topic.full_clean()
    make_topic("second", kind=topic.kind)
    topic.full_clean()


def test_it_keeps_the_kind_of_a_topic_that_inquiries_have():
    topic = make_topic("other")
    topic.kind = "medical"
    topic.full_clean()
    make_inquiry(topic="other")
    with pytest.raises(ValidationError, match="must not change"):
        topic.full_clean()


def test_it_takes_no_topic_of_another_market(client):
    make_topic("mine")
    make_topic("foreign", make_market("de"))
    assert send(client, topic="foreign").status_code == 422


DESTINATIONS = [
    # topic, its mailbox, answers; to whom it goes
    ("medical-question", "", {}, ["med"]),
    ("medical-question", "oncology", {}, ["oncology"]),
    ("medical-question", "oncology", {"involves_exposure": "yes"}, ["oncology", "safety"]),
    ("adverse-event", "", {}, ["med", "safety"]),
    ("adverse-event", "safety", {}, ["safety"]),
    ("product-complaint", "quality", {}, ["quality", "safety"]),
    ("other", "info", {"involves_complaint": "yes"}, ["info", "safety"]),
]


@pytest.mark.parametrize(("key", "mailbox", "answers", "boxes"), DESTINATIONS)
def test_it_sends_each_topic_to_its_mailbox_and_safety_to_the_safety_team_too(
    client, key, mailbox, answers, boxes, django_capture_on_commit_callbacks
):
    market = make_market(inquiry_mailbox="med@example.com", safety_mailbox="safety@example.com")
    make_topic(key, market, mailbox=mailbox and f"{mailbox}@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        send(client, topic=key, **answers)
    told = {box for sent in mail.outbox for box in sent.to} - {"pat@example.org"}
    assert told == {f"{box}@example.com" for box in boxes}


def test_it_sends_a_report_to_its_topic_where_the_market_has_no_safety_mailbox(client):
    make_market(inquiry_mailbox="med@example.com", safety_mailbox="")
    report(client)
    assert mail.outbox[0].to == ["med@example.com"]


def test_a_key_is_unique_in_its_market():
    make_topic("other")
    make_topic("other", make_market("de"))
    with pytest.raises(IntegrityError, match="topic_key_is_unique_in_its_market"), transaction.atomic():
        make_topic("other", name="Again")


def test_it_is_carried_by_its_natural_key():
    topic = make_topic("other")
    written = serializers.serialize("json", [topic], use_natural_foreign_keys=True, use_natural_primary_keys=True)
    topic.delete()
    [read] = serializers.deserialize("json", written)
    read.save()
    assert InquiryTopic.objects.get_by_natural_key("us", "other").name == "Something else"
    assert topic.natural_key() == ("us", "other")


def test_it_knows_of_many_inquiries_and_of_one_alike_whether_they_concern_safety():
    for key in KINDS:
        make_inquiry(topic=key)
    for question in ("involves_adverse_event", "involves_complaint", "involves_exposure"):
        make_inquiry(**{question: True})
        make_inquiry(**{question: False})
    concerned = set(Inquiry.objects.of_safety())
    assert concerned == {inquiry for inquiry in Inquiry.objects.all() if inquiry.is_safety}
    assert len(concerned) == 5
