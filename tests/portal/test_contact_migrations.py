"""Inquiries from before topics were rows."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("contact", "0002_roles")]
AFTER = [("contact", "0006_product_named_and_note")]
FIELDS = {"question": "May it be crushed?", "profession": "nurse", "name": "Pat", "email": "pat@example.org"}

# Topics that staff made, as (key, kind), and what each becomes where topics are no rows.
UNKNOWN = {
    ("an-unwanted-effect-of-a-medicine", "adverse-event"): "adverse-event",
    ("lots", "complaint"): "product-complaint",
    ("copies", "medical"): "medical-question",
    ("a-key-of-more-than-twenty-letters", "other"): "other",
}


def migrated(targets):
    """Goes to a state of the migrations and returns its models."""
    return MigrationExecutor(connection).migrate(targets).apps


@pytest.fixture
def migrate(db):
    """Goes to a state of the migrations and returns its models; the test's own transaction takes all of it back."""
    with connection.cursor() as cursor:
        # No table changes while rows of it wait to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return migrated


@pytest.fixture
def tables(django_db_serialized_rollback, transactional_db):
    """Leaves the tables as they are now, whatever a test that commits has made of them."""
    yield
    migrated(MigrationExecutor(connection).loader.graph.leaf_nodes())


def make_inquiries(apps):
    markets = apps.get_model("chrome", "Market").objects
    markets.create(code="de", name="DE", inquiry_mailbox="med@example.com")
    market = markets.create(code="us", name="US", inquiry_mailbox="med@example.com")
    inquiries = apps.get_model("contact", "Inquiry").objects
    for number, topic in enumerate(["adverse-event", "other"]):
        inquiries.create(market=market, case_number=f"US-{number}", topic=topic, **FIELDS)


def topics_of(apps):
    return list(apps.get_model("contact", "Inquiry").objects.order_by("case_number").values_list("topic", flat=True))


def test_it_gives_markets_that_have_inquiries_their_topics_and_each_inquiry_its_own(migrate):
    make_inquiries(migrate(BEFORE))
    apps = migrate(AFTER)
    topics = apps.get_model("contact", "InquiryTopic").objects.order_by("order")
    assert list(topics.values_list("market__code", "key", "kind")) == [
        ("us", "medical-question", "medical"),
        ("us", "adverse-event", "adverse-event"),
        ("us", "product-complaint", "complaint"),
        ("us", "other", "other"),
    ]
    found = apps.get_model("contact", "Inquiry").objects.order_by("case_number").values_list("topic__key", flat=True)
    assert list(found) == ["adverse-event", "other"]


def test_it_gives_topics_that_were_not_known_before_the_known_one_of_their_kind(migrate):
    make_inquiries(migrate(BEFORE))
    apps = migrate(AFTER)
    topics, inquiries = apps.get_model("contact", "InquiryTopic"), apps.get_model("contact", "Inquiry")
    market = apps.get_model("chrome", "Market").objects.get(code="us")
    for number, (key, kind) in enumerate(UNKNOWN):
        topic = topics.objects.create(market=market, key=key, kind=kind, name=key, order=number)
        inquiries.objects.create(market=market, case_number=f"US-9{number}", topic=topic, **FIELDS)
    assert topics_of(migrate(BEFORE)) == ["adverse-event", "other", *UNKNOWN.values()]


def test_it_goes_forward_and_back_where_each_step_is_committed(tables):
    make_inquiries(migrated(BEFORE))
    migrated(AFTER)
    assert topics_of(migrated(BEFORE)) == ["adverse-event", "other"]
    migrated(AFTER)
