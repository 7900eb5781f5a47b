"""Drugs and questions from before they led on to others."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("faq", "0003_roles")]
AFTER = [("faq", "0004_lead_on")]


@pytest.fixture
def migrate(db):
    """Goes to a state of the migrations and returns its models; the test's own transaction takes all of it back."""
    with connection.cursor() as cursor:
        # No table changes while rows of it wait to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return lambda targets: MigrationExecutor(connection).migrate(targets).apps


def make_drug(apps):
    market = apps.get_model("chrome", "Market").objects.create(code="us", name="US", inquiry_mailbox="med@example.com")
    category = apps.get_model("faq", "Category").objects.create(market=market, slug="area", name="Area")
    fields = {"market": market, "category": category, "slug": "corvadune", "name": "Corvadune"}
    return apps.get_model("faq", "Drug").objects.create(**fields)


def constraints():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'faq_faq'::regclass")
        return {name for (name,) in cursor.fetchall()}


def test_it_can_be_undone_and_done_again_and_says_of_no_drug_that_it_changed(migrate):
    own = {"faq_and_market", "faq_is_replaced_in_its_own_market"}
    drug = make_drug(migrate(BEFORE))
    assert not own & constraints()
    drugs = migrate(AFTER).get_model("faq", "Drug").objects
    assert own <= constraints()
    assert drugs.get(pk=drug.pk).updated_at is None
