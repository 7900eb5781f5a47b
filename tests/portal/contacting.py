"""What the tests of inquiries share."""

from typing import Any

from portal.chrome.models import Market
from portal.contact import handling
from portal.contact.models import Inquiry, InquiryTopic
from tests.factories import make_market

KINDS = {
    "medical-question": ("medical", "A medical question"),
    "adverse-event": ("adverse-event", "An adverse event"),
    "product-complaint": ("complaint", "A product complaint"),
    "other": ("other", "Something else"),
}
SAID = {
    "question": "May it be crushed?",
    "profession": "pharmacist",
    "name": "Pat Doe",
    "organisation": "St Elsewhere",
    "email": "pat@example.org",
    "phone": "+1 555 0100",
}
NO_SAFETY = dict.fromkeys(("involves_adverse_event", "involves_complaint", "involves_exposure"), "no")
TYPED = {"topic": "medical-question", **SAID, **NO_SAFETY, "is_unsolicited": "on"}
# The least that a report of an adverse event may hold.
REPORT = {"topic": "adverse-event", "question": "She fainted after the dose.", "email": "pat@example.org"}
# What its sender may know beyond that.
DETAILS = {
    "onset": "March 2026",
    "patient_age_group": "adult",
    "patient_sex": "female",
    "outcome": "recovered",
    "lot_number": "A1234",
    "may_contact": "yes",
}


def make_topic(key: str = "medical-question", market: Market | None = None, **changes: Any) -> InquiryTopic:
    """The topic called `key`: the one that is there already, if nothing else is asked of it."""
    market = market or make_market()
    found = InquiryTopic.objects.filter(market=market, key=key).first()
    if found and not changes:
        return found
    kind, name = KINDS.get(key, ("other", key))
    return InquiryTopic.objects.create(market=market, key=key, **{"kind": kind, "name": name, **changes})


def make_topics(market: Market | None = None) -> list[InquiryTopic]:
    return [make_topic(key, market, order=number) for number, key in enumerate(KINDS)]


def send(client, market="us", headers=None, **changes):
    make_market(market)
    return client.post(f"/{market}/contact/", {**TYPED, **changes}, headers=headers)


def report(client, **changes):
    make_market()
    return client.post("/us/contact/", {**REPORT, **changes})


ADDRESS = "192.0.2.1"


def receive(inquiry: Inquiry) -> Inquiry:
    return handling.receive(inquiry, address=ADDRESS)


def content(response):
    return response.content.decode()


def make_inquiry(market: Market | None = None, topic: str = "medical-question", **changes: Any) -> Inquiry:
    """An inquiry as the form stores it; `changes` are fields of it."""
    market = market or make_market()
    return Inquiry.objects.create(market=market, topic=make_topic(topic, market), **{**SAID, **changes})
