"""The lasting link with the stamp of a version: on paper, in a copied citation."""

import re

import pytest

from faq import publishing
from faq.models import FaqVersion
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_published
from tests.faq.markets import make_gated

pytestmark = pytest.mark.django_db


def make_history(*changes, **first):
    """A question whose first version was superseded once for each of `changes`, which say what changed."""
    faq = make_published(question="The first wording?", **first).faq
    for number, change in enumerate(changes, start=2):
        draft = publishing.revise(faq, by=cast.author())
        FaqVersion.objects.filter(pk=draft.pk).update(what_changed=change, question=f"Wording {number}?")
        make_published(draft=FaqVersion.objects.get(pk=draft.pk))
    return faq


def stamped(faq, version):
    return f"/{faq.market.code}/answers/{faq.content_id}/?version={version}"


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]).split())


def test_it_says_what_changed_in_every_version_since(client):
    faq = make_history("New data.", "The dose <2 mg>.", "Shorter.")
    response = client.get(stamped(faq, 2))
    assert response.status_code == 200
    said = words(response)
    assert "You have version 2; version 4 is the current one." in said
    assert said.index("The dose &lt;2 mg&gt;.") < said.index("Shorter.")
    assert "New data." not in said
    assert "Wording 4?" in said
    assert "Wording 2?" not in said
    assert f'href="{faq.get_absolute_url()}"' in response.content.decode()


def test_it_says_when_each_version_was_published(client):
    faq = make_history("New data.")
    day = faq.versions.published().get().published_at
    assert words(client.get(stamped(faq, 1))).count(f"Published {day:%B} {day.day}, {day.year}") == 2


@pytest.mark.parametrize("version", ["2", "3", "99", "0", "-1", "01", "1 ", "one", "١", "1.0", "", "9" * 400, "%00"])
def test_it_leads_on_from_the_current_version_and_from_numbers_that_were_never_published(client, version):
    faq = make_history("New data.")
    publishing.revise(faq, by=cast.author())
    response = client.get(stamped(faq, version))
    assert (response.status_code, response["Location"]) == (302, faq.get_absolute_url())


def test_it_says_that_the_version_was_withdrawn_and_not_what_it_said(client):
    faq = make_history()
    publishing.withdraw(faq.versions.get(), by=cast.approver(), reason="A secret reason.")
    draft = publishing.revise(faq, by=cast.author())
    FaqVersion.objects.filter(pk=draft.pk).update(question="Put right?", what_changed="Put right.")
    make_published(draft=FaqVersion.objects.get(pk=draft.pk))
    said = words(client.get(stamped(faq, 1)))
    assert "Your version was withdrawn on" in said
    assert "Put right." in said
    assert "The first wording?" not in said
    assert "A secret reason." not in said


def test_it_tells_nothing_of_a_withdrawn_version_between(client):
    faq = make_history("A wrong claim.")
    publishing.withdraw(faq.versions.published().get(), by=cast.approver(), reason="Wrong.")
    draft = publishing.revise(faq, by=cast.author())
    FaqVersion.objects.filter(pk=draft.pk).update(question="Put right?", what_changed="Put right.")
    make_published(draft=FaqVersion.objects.get(pk=draft.pk))
    said = words(client.get(stamped(faq, 1)))
    assert "A wrong claim." not in said
    assert re.search(r"Version 2 .*? Withdrawn on .*? Version 3 .*? Put right\.", said)


def test_it_is_gone_where_the_answer_is(client):
    faq = make_history("New data.")
    publishing.withdraw(faq.versions.published().get(), by=cast.approver(), reason="Wrong.")
    for version in ("1", "2", "x"):
        response = client.get(stamped(faq, version))
        assert response.status_code == 410
        assert "This answer has been withdrawn" in words(response)
        assert "New data." not in words(response)


def test_it_tells_search_engines_to_list_the_answer_instead(client):
    faq = make_history("New data.")
    page = client.get(stamped(faq, 1)).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://testserver{faq.get_absolute_url()}">' in page
    assert "application/ld+json" not in page


def test_it_may_be_kept_and_asked_for_again(client):
    faq = make_history("New data.")
    response = client.get(stamped(faq, 1))
    assert response["Cache-Control"].startswith("public")
    assert client.get(stamped(faq, 1), headers={"if-none-match": response["ETag"]}).status_code == 304


def test_it_gives_away_nothing_of_what_is_being_written(client):
    draft = make_draft(make_faq(), question="A secret plan?")
    assert client.get(stamped(draft.faq, 1)).status_code == 404


def test_it_asks_for_market_question_and_history(client, django_assert_num_queries):
    faq = make_history("New data.", "More data.")
    with django_assert_num_queries(3):
        client.get(stamped(faq, 1))


def test_it_stands_behind_the_gate_of_its_market(client):
    make_gated("us")
    faq = make_history("New data.")
    assert "New data." not in client.get(stamped(faq, 1)).content.decode()


def test_the_answer_offers_links_with_the_stamp_and_one_without(client):
    faq = make_history("New data.")
    context = client.get(faq.get_absolute_url()).context
    address = f"http://testserver/us/answers/{faq.content_id}/"
    assert (context["permanent"], context["stamped"]) == (address, f"{address}?version=2")


def test_it_carries_the_notices_of_the_drug_and_of_its_label(client):
    drug = make_drug(boxed_warning="Bleeding.", standing_notice="Restricted.")
    said = words(client.get(stamped(make_history("New data.", faq=make_faq(drug, label_status="off-label")), 1)))
    for notice in ("Bleeding.", "Restricted.", "This use is not approved.", "To report an adverse event"):
        assert notice in said
