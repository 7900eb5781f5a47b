"""Querysets whose SQL is made once: they give what Django would have given."""

import pytest
from django.db import connection
from django.db.models import Count, Value
from django.test.utils import CaptureQueriesContext

from faq.models import Drug, Faq
from portal.lib.prepared import Prepared
from tests.factories import make_drug, make_faq, make_market

pytestmark = pytest.mark.django_db


def of_market(market, number):
    rows = Faq.objects.filter(market=market, number=number).select_related("drug__category")
    return rows.annotate(topics_count=Count("topics"), share=Value("100 % of %s"))


prepared = Prepared(of_market, int, int)
by_slug = Prepared(lambda market, slug: Drug.objects.filter(market=market, slug=slug), int, str)


def test_it_gives_the_rows_that_the_queryset_gives():
    first, second = make_faq(), make_faq(make_drug(name="Corvadune"))
    for faq in (first, second):
        (found,) = prepared(faq.market_id, faq.number)
        (usual,) = of_market(faq.market_id, faq.number)
        assert found == usual
        assert (found.drug, found.drug.category) == (usual.drug, usual.drug.category)
        assert (found.topics_count, found.share) == (0, "100 % of %s")
    assert prepared(first.market_id, 999_999) == []
    assert prepared.first(first.market_id, 999_999) is None


def test_it_asks_one_query_and_nothing_afterwards():
    faq = make_faq()
    with CaptureQueriesContext(connection) as queries:
        assert prepared.first(faq.market_id, faq.number).drug.category.name
    assert len(queries) == 1


def test_the_server_plans_it_once_for_the_session():
    faq = make_faq()
    for _time in range(3):
        prepared(faq.market_id, faq.number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%topics_count%'")
        assert cursor.fetchone()[0] == 1


def test_behind_a_pooler_nothing_is_left_in_a_session(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    plain = Prepared(lambda market: Faq.objects.filter(market=market).annotate(mark=Value("pooled")), int)
    faq = make_faq()
    assert plain(faq.market_id) == [faq]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%pooled%'")
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize("slug", ["it's", "%s", "stands-in-0", "1900000000", "' OR 1=1 --", "\\"])
def test_no_text_changes_what_is_asked(slug):
    drug = make_drug()
    assert by_slug(drug.market_id, slug) == []
    Drug.objects.filter(pk=drug.pk).update(slug=slug)
    assert by_slug(drug.market_id, slug) == [drug]


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63, 2**80])
def test_a_number_that_no_row_can_have_finds_none(number):
    assert prepared(make_market().pk, number) == []
