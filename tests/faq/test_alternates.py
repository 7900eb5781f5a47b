"""The same question in several markets: which answers lead to which."""

import pytest
from django.db import IntegrityError

from faq import publishing
from faq.models import FaqVersion
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.markets import make_common

pytestmark = pytest.mark.django_db


def addresses(version):
    return dict(FaqVersion.objects.with_alternates().get(pk=version.pk).addresses)


def test_it_leads_to_the_same_question_in_other_markets():
    us, de, uk = (make_common("storage", code) for code in ("us", "de", "uk"))
    make_common("dosing", "de")
    expected = {code: version.get_absolute_url() for code, version in (("us", us), ("de", de), ("uk", uk))}
    assert addresses(us) == addresses(de) == expected
    assert list(addresses(us)) == ["us", "de", "uk"]


def test_a_question_without_a_common_id_is_alone():
    version = make_published()
    make_published(make_faq(make_drug(make_market("de"))))
    assert addresses(version) == {"us": version.get_absolute_url()}


def test_it_leads_to_published_answers_only():
    us, de = make_common("storage", "us"), make_common("storage", "de")
    make_draft(make_faq(make_drug(make_market("uk")), common_id="storage"))
    assert set(addresses(us)) == {"us", "de"}
    publishing.withdraw(de, by=cast.approver(), reason="Outdated.")
    assert set(addresses(us)) == {"us"}


def test_the_page_hands_them_to_what_surrounds_it_and_asks_no_more_for_it(client, django_assert_num_queries):
    us, de = make_common("storage", "us"), make_common("storage", "de")
    client.get(us.get_absolute_url())
    with django_assert_num_queries(2):
        response = client.get(us.get_absolute_url())
    assert response.context["alternates"] == {"us": us.get_absolute_url(), "de": de.get_absolute_url()}


def test_a_market_has_a_common_id_once_and_nothing_as_often_as_it_likes():
    first = make_faq(common_id="storage")
    make_faq(first.drug)
    make_faq(first.drug)
    with pytest.raises(IntegrityError, match="common_id_is_unique_in_its_market"):
        make_faq(first.drug, common_id="storage")


def test_staff_are_told_whose_common_id_it_is(client):
    taken = make_faq(common_id="storage")
    client.force_login(cast.author())
    fields = {"drug": taken.drug_id, "content_id": "US_2", "slug": "two", "label_status": "on-label"}
    counts = {f"other_phrasings-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL")}
    response = client.post("/admin/faq/faq/add/", {**fields, **counts, "common_id": "storage"})
    assert "Another question of this market has this common ID." in response.content.decode()
    assert client.post("/admin/faq/faq/add/", {**fields, **counts, "common_id": "dosing"}).status_code == 302
