"""Inquiries and their topics as staff see them."""

import pytest
from django.urls import reverse

from portal.contact.models import InquiryTopic
from portal.lib.admin import change_url
from tests import cast
from tests.factories import make_market
from tests.portal.contacting import content, make_inquiry, make_topic
from tests.portal.flagging import make_flag

pytestmark = pytest.mark.django_db

LIST = reverse("admin:contact_inquiry_changelist")
TOPICS = reverse("admin:contact_inquirytopic_changelist")


@pytest.fixture
def handler(client):
    client.force_login(cast.inquiry_handler())
    return client


def rows(page):
    return set(page.context["cl"].queryset.values_list("case_number", flat=True))


def test_it_shows_all_that_was_sent_in_groups(handler):
    sent = {"indication": "Migraine", "lot_number": "A1", "licence_number": "1234567893", "colleague_name": "Kim Roe"}
    inquiry = make_inquiry(topic="adverse-event", patient_sex="female", onset="March", region="Ohio", **sent)
    page = content(handler.get(reverse("admin:contact_inquiry_change", args=[inquiry.pk])))
    for words in (*sent.values(), "Female", "March", "Ohio", "Acknowledgement sent"):
        assert words in page
    for title in ("Question", "Safety", "Sent by", "Answer to", "Handling"):
        assert f'fieldset-heading">{title}</h2>' in page


def test_it_makes_what_concerns_safety_stand_out(handler):
    make_market(safety_mailbox="safety@example.com")
    medical, event = make_inquiry(), make_inquiry(involves_exposure=True, urgency="urgent")
    page = content(handler.get(LIST))
    assert page.count("badge--kind-safety") == 1
    assert page.count("badge--urgency-urgent") == 1
    shown = [content(handler.get(reverse("admin:contact_inquiry_change", args=[row.pk]))) for row in (medical, event)]
    assert ["This concerns safety" in page for page in shown] == [False, True]
    assert "safety@example.com" in shown[1]
    assert "a patient is waiting" in shown[1]


def test_it_filters_by_safety(handler):
    medical, exposure = make_inquiry(), make_inquiry(involves_exposure=True)
    complaint = make_inquiry(topic="product-complaint")
    assert rows(handler.get(LIST, {"safety": "yes"})) == {exposure.case_number, complaint.case_number}
    assert rows(handler.get(LIST, {"safety": "no"})) == {medical.case_number}


@pytest.mark.parametrize("name", ["mailed", "acknowledged"])
def test_it_filters_by_what_a_failing_mail_server_left_undone(handler, name):
    done, undone = make_inquiry(**{name: True}), make_inquiry()
    assert rows(handler.get(LIST, {f"{name}__exact": 0})) == {undone.case_number}
    assert rows(handler.get(LIST, {f"{name}__exact": 1})) == {done.case_number}


def test_it_asks_the_database_no_more_for_many_inquiries(handler, django_assert_max_num_queries):
    for _ in range(8):
        make_inquiry(topic="adverse-event")
    with django_assert_max_num_queries(12):
        handler.get(LIST)


def test_it_lets_those_who_handle_inquiries_read_topics_and_administrators_write_them(client):
    topic = make_topic("other")
    address = reverse("admin:contact_inquirytopic_change", args=[topic.pk])
    data = {"name": "Anything else", "kind": "other", "order": 1, "is_offered": "on", "mailbox": "", "hint": ""}
    for person, status, name in (
        (cast.author(), 403, "Something else"),
        (cast.inquiry_handler(), 403, "Something else"),
        (cast.administrator(), 302, "Anything else"),
    ):
        client.force_login(person)
        assert client.post(address, data).status_code == status
        assert InquiryTopic.objects.get().name == name
    assert InquiryTopic.objects.get().key == "other"


def test_it_keeps_the_kind_of_a_topic_whatever_is_sent(client):
    client.force_login(cast.administrator())
    topic = make_topic("other")
    data = {"name": "Else", "kind": "medical", "order": 1, "is_offered": "on", "mailbox": "", "hint": ""}
    client.post(reverse("admin:contact_inquirytopic_change", args=[topic.pk]), data)
    topic.refresh_from_db()
    assert (topic.name, topic.kind) == ("Else", "other")


def test_it_lists_topics_with_their_destinations(client):
    client.force_login(cast.inquiry_handler())
    make_topic("adverse-event", mailbox="events@example.com", reply_within="one business day")
    page = content(client.get(TOPICS))
    for words in ("events@example.com", "one business day", "badge--kind-adverse-event"):
        assert words in page


def test_it_deletes_no_topic_that_an_inquiry_has(client):
    client.force_login(cast.administrator())
    used, free = make_inquiry().topic, make_topic("free")
    for topic, status in ((used, 403), (free, 302)):
        address = reverse("admin:contact_inquirytopic_delete", args=[topic.pk])
        assert client.post(address, {"post": "yes"}).status_code == status


def test_it_leads_to_the_safety_flag_of_an_inquiry(handler):
    flag = make_flag()
    address = reverse("admin:safety_safetyflag_change", args=[flag.pk])
    assert f'<a href="{address}">Safety flag {flag.pk}</a>: open' in content(handler.get(change_url(flag.source)))
