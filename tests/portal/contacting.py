"""What the tests of inquiries share."""

from portal.contact.models import Inquiry
from tests.factories import make_market

TYPED = {
    "topic": "medical-question",
    "question": "May it be crushed?",
    "profession": "pharmacist",
    "name": "Pat Doe",
    "organisation": "St Elsewhere",
    "email": "pat@example.org",
    "phone": "+1 555 0100",
}


def send(client, market="us", headers=None, **changes):
    make_market(market)
    return client.post(f"/{market}/contact/", {**TYPED, **changes}, headers=headers)


def content(response):
    return response.content.decode()


def make_inquiry(market, received_at=None):
    inquiry = Inquiry(market=market, **TYPED)
    if received_at:
        inquiry.received_at = received_at
    inquiry.save()
    return inquiry
