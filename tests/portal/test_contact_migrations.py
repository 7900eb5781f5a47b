"""Inquiries from before topics were rows."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("contact", "0002_roles")]
AFTER = [("contact", "0005_every_inquiry_has_a_topic")]
FIELDS = {"question": "May it be crushed?", "profession": "nurse", "name": "Pat", "email": "pat@example.org"}


@pytest.fixture
def migrate(db):
    """Goes to a state of the migrations and returns its models; the test's own transaction takes all of it back."""
    with connection.cursor() as cursor:
        # No table changes while rows of it wait to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return lambda targets: MigrationExecutor(connection).migrate(targets).apps


def make_inquiries(apps):
    market = apps.get_model("chrome", "Market").objects.create(code="us", name="US", inquiry_mailbox="med@example.com")
    inquiries = apps.get_model("contact", "Inquiry").objects
    for number, topic in enumerate(["adverse-event", "other"]):
        inquiries.create(market=market, case_number=f"US-{number}", topic=topic, **FIELDS)


def test_it_gives_each_market_its_topics_and_each_inquiry_its_own(migrate):
    make_inquiries(migrate(BEFORE))
    apps = migrate(AFTER)
    topics = apps.get_model("contact", "InquiryTopic").objects.order_by("order").values_list("key", "kind")
    assert list(topics) == [
        ("medical-question", "medical"),
        ("adverse-event", "adverse-event"),
        ("product-complaint", "complaint"),
        ("other", "other"),
    ]
    found = apps.get_model("contact", "Inquiry").objects.order_by("case_number").values_list("topic__key", flat=True)
    assert list(found) == ["adverse-event", "other"]


def test_it_can_be_undone(migrate):
    make_inquiries(migrate(BEFORE))
    migrate(AFTER)
    found = migrate(BEFORE).get_model("contact", "Inquiry").objects.order_by("case_number")
    assert list(found.values_list("topic", flat=True)) == ["adverse-event", "other"]
