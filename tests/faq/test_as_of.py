"""What did we say on a day: the version that visitors were served, by the clock of the market."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection

from faq import as_of
from faq.models import FaqVersion
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/faq/faqversion/as-of/"
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


def backdate(version, **moments):
    """Writes the moments of a frozen version as if it had been published then; the database refuses it otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE faq_faqversion DISABLE TRIGGER USER")
        FaqVersion.objects.filter(pk=version.pk).update(**moments)
        cursor.execute("ALTER TABLE faq_faqversion ENABLE TRIGGER USER")


def make_history():
    """Version 1 from March 1, 12:00 UTC to May 1, version 2 since then."""
    old = make_published(question="How was it stored?")
    new = make_published(old.faq, question="How is it stored?")
    change = datetime(2026, 5, 1, 12, tzinfo=UTC)
    backdate(old, published_at=MARCH, superseded_at=change)
    backdate(new, published_at=change)
    return old, new


def served(faq, day, at=None):
    found = as_of.served(faq.market, as_of.span(faq.market, day, at))
    return [version.number for version in found.filter(faq=faq)]


def shown(client, **asked):
    return client.get(ADDRESS, asked).content.decode()


@pytest.mark.parametrize(
    ("day", "at", "numbers"),
    [
        (date(2026, 2, 28), None, []),
        (date(2026, 3, 1), None, [1]),
        (date(2026, 3, 1), time(11, 59), []),
        (date(2026, 3, 1), time(12, 0), [1]),
        (date(2026, 4, 30), None, [1]),
        (date(2026, 5, 1), None, [1, 2]),
        (date(2026, 5, 1), time(12, 0), [2]),
        (date(2026, 5, 2), None, [2]),
    ],
)
def test_it_finds_what_was_served(day, at, numbers):
    old, _ = make_history()
    assert served(old.faq, day, at) == numbers


def test_a_withdrawn_version_was_served_until_then():
    version = make_published()
    fields = {"status": "withdrawn", "withdrawal_reason": "Wrong.", "withdrawn_by": cast.approver()}
    backdate(version, published_at=MARCH, withdrawn_at=datetime(2026, 3, 5, tzinfo=UTC), **fields)
    assert served(version.faq, date(2026, 3, 4)) == [1]
    assert served(version.faq, date(2026, 3, 5)) == []


def test_a_day_is_one_of_the_market():
    market = make_market("jp", time_zone="Asia/Tokyo", language_tag="en-US", is_default=False)
    version = make_published(make_faq(make_drug(market)))
    backdate(version, published_at=datetime(2026, 3, 1, 16, tzinfo=UTC))
    assert served(version.faq, date(2026, 3, 1)) == []
    assert served(version.faq, date(2026, 3, 2)) == [1]


def test_the_page_shows_the_wording_its_approval_and_that_the_hash_agrees(author):
    old, new = make_history()
    page = shown(author, market=old.faq.market_id, content_id=old.faq.content_id, day="2026-04-01")
    assert "How was it stored?" in page
    assert "How is it stored?" not in page
    assert old.content_sha256 in page
    assert "✓ Verified" in page
    assert "by Bela" in page
    assert f'href="/admin/faq/faqversion/{old.pk}/compare/?with={new.pk}"' in page
    assert f'href="/admin/faq/faqversion/{old.pk}/preview/pdf/"' in page


def test_a_wording_that_was_tampered_with_is_not_verified(author):
    old, _ = make_history()
    backdate(old, rendered_body="<p>Something else.</p>")
    page = shown(author, market=old.faq.market_id, content_id=old.faq.content_id, day="2026-04-01")
    assert "✕ Not verified" in page
    assert "✓ Verified" not in page


def test_both_versions_of_a_day_on_which_one_took_the_place_of_the_other(author):
    old, _ = make_history()
    asked = {"market": old.faq.market_id, "content_id": old.faq.content_id, "day": "2026-05-01"}
    page = shown(author, **asked)
    assert page.count("✓ Verified") == 2
    assert "How is it stored?" in page
    assert "How was it stored?" not in page
    assert "It is what visitors read today." in page
    page = shown(author, version=1, **asked)
    assert "How was it stored?" in page
    assert "How is it stored?" not in page


def test_it_says_so_where_nothing_was_published(author):
    old, _ = make_history()
    asked = {"market": old.faq.market_id, "day": "2026-01-01"}
    assert "Nothing was published under this content ID then." in shown(author, content_id=old.faq.content_id, **asked)
    assert "Nothing was published there then." in shown(author, **asked)
    assert "has no question with the content ID" in shown(author, content_id="NO_SUCH", **asked)


def test_it_lists_what_was_published_in_a_market_and_about_a_drug(author):
    old, _ = make_history()
    other = make_published()
    backdate(other, published_at=MARCH)
    asked = {"market": old.faq.market_id, "day": "2026-04-01"}
    page = shown(author, **asked)
    assert "2 versions" in page
    assert "How was it stored?" in page
    page = shown(author, drug=other.faq.drug_id, **asked)
    assert "1 version" in page
    assert "How was it stored?" not in page


def test_a_day_that_has_not_come_is_refused(author):
    assert "That time has not come yet." in shown(author, market=make_market().pk, day="2999-01-01")


def test_a_drug_of_another_market_is_refused(author):
    other = make_drug(make_market("ca", is_default=False))
    page = shown(author, market=make_market().pk, day="2026-01-01", drug=other.pk)
    assert "belongs to another market" in page


def test_only_staff_who_see_versions_ask(client):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(cast.inquiry_handler())
    assert client.get(ADDRESS).status_code == 403


def test_the_list_and_each_version_lead_to_it(client):
    old, _ = make_history()
    client.force_login(cast.approver())
    assert f'href="{ADDRESS}"' in client.get("/admin/faq/faqversion/").content.decode()
    page = client.get(f"/admin/faq/faqversion/{old.pk}/change/").content.decode()
    assert f'href="{ADDRESS}?market={old.faq.market_id}&amp;content_id={old.faq.content_id}' in page


def test_it_takes_few_queries(author, django_assert_max_num_queries):
    old, _ = make_history()
    for _ in range(5):
        make_published()
    asked = {"market": old.faq.market_id, "day": "2026-05-01"}
    with django_assert_max_num_queries(20):
        shown(author, **asked)
    with django_assert_max_num_queries(20):
        shown(author, content_id=old.faq.content_id, **asked)
