"""The admin of drugs, questions, references, figures and the search index."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from faq import publishing
from faq.models import Drug, DrugName, Faq, FaqVersion, Figure, Reference
from faq.search.engine import search
from faq.search.models import SearchEntry
from portal.chrome.models import Page
from tests import cast
from tests.factories import (
    make_category,
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_market,
    make_published,
    make_reference,
)

pytestmark = pytest.mark.django_db

PARTS = ("names", "other_phrasings", "versions")
NO_ROWS = {f"{part}-{count}_FORMS": 0 for part in PARTS for count in ("TOTAL", "INITIAL")}


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def staff(client):
    client.force_login(cast.superuser())
    return client


def drug_data(drug, **changes):
    fields = {"category": drug.category_id, "name": drug.name, "slug": drug.slug, "status": drug.status}
    return {**fields, **NO_ROWS, **changes}


def faq_data(faq, **changes):
    fields = {
        "drug": faq.drug_id,
        "content_id": faq.content_id,
        "slug": faq.slug,
        "label_status": faq.label_status,
    }
    return {**fields, **NO_ROWS, **changes}


def found(text):
    return [hit.version for hit in search(text, make_market()).hits]


def test_it_finds_answers_by_a_name_added_to_their_drug(staff):
    version = make_published()
    drug = version.faq.drug
    row = {"names-TOTAL_FORMS": 1, "names-0-name": "Zyntravex", "names-0-kind": "brand"}
    assert staff.post(url(Drug, "change", drug.pk), drug_data(drug, **row)).status_code == 302
    assert found("zyntravex") == [version]


def test_it_finds_an_answer_by_a_phrasing_added_to_its_question(staff):
    version = make_published()
    row = {"other_phrasings-TOTAL_FORMS": 1, "other_phrasings-0-text": "Fridge or cupboard?"}
    response = staff.post(url(Faq, "change", version.faq_id), faq_data(version.faq, **row))
    assert response.status_code == 302
    assert found("cupboard") == [version]


def test_it_indexes_a_question_under_the_drug_it_was_moved_to(staff):
    version, other = make_published(), make_drug()
    staff.post(url(Faq, "change", version.faq_id), faq_data(version.faq, drug=other.pk))
    assert SearchEntry.objects.get(faq=version.faq_id).drug == other


def test_it_keeps_a_question_in_its_market(staff):
    faq, abroad = make_faq(), make_drug(market=make_market("ca"))
    response = staff.post(url(Faq, "change", faq.pk), faq_data(faq, drug=abroad.pk))
    assert "stays in its market" in response.content.decode()


def test_it_refuses_topics_of_another_market(staff):
    faq, abroad = make_faq(), make_faq(make_drug(market=make_market("ca")), topics=("Dosing",))
    data = faq_data(faq, topics=[abroad.topics.get().pk])
    assert "Topics of another market: Dosing." in staff.post(url(Faq, "change", faq.pk), data).content.decode()


def test_it_refuses_a_category_of_another_market(staff):
    drug, abroad = make_drug(), make_category(market=make_market("ca"))
    response = staff.post(url(Drug, "change", drug.pk), drug_data(drug, category=abroad.pk))
    assert "another market" in response.content.decode()


def test_it_refuses_a_content_id_that_is_taken(staff):
    taken, faq = make_faq(), make_faq()
    response = staff.post(url(Faq, "change", faq.pk), faq_data(faq, content_id=taken.content_id))
    assert "Another question of this market has this content ID." in response.content.decode()


def test_it_numbers_a_new_question_by_itself(staff):
    drug = make_drug()
    data = {"drug": drug.pk, "content_id": "US_NEW", "slug": "new", "label_status": "on-label", **NO_ROWS}
    assert staff.post(url(Faq, "add"), data).status_code == 302
    assert Faq.objects.get(content_id="US_NEW").number >= 1001


def test_it_keeps_the_content_id_that_visitors_know(staff):
    version = make_published()
    assert 'name="content_id"' not in staff.get(url(Faq, "change", version.faq_id)).content.decode()
    staff.post(url(Faq, "change", version.faq_id), faq_data(version.faq, content_id="OTHER"))
    version.faq.refresh_from_db()
    assert version.faq.content_id != "OTHER"


@pytest.mark.parametrize("withdrawn", [False, True])
def test_it_keeps_drug_and_label_status_of_an_answered_question_from_its_authors(client, withdrawn):
    version = make_published()
    if withdrawn:
        publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    client.force_login(cast.author())
    page = client.get(url(Faq, "change", version.faq_id)).content.decode()
    assert 'name="slug"' in page
    assert 'name="label_status"' not in page
    assert 'name="drug"' not in page
    data = faq_data(version.faq, label_status="off-label", drug=make_drug().pk)
    client.post(url(Faq, "change", version.faq_id), data)
    stored = Faq.objects.get(pk=version.faq_id)
    assert (stored.label_status, stored.drug) == ("on-label", version.faq.drug)


def test_it_lets_an_author_label_a_question_that_nobody_could_read(client):
    faq = make_draft().faq
    client.force_login(cast.author())
    client.post(url(Faq, "change", faq.pk), faq_data(faq, label_status="off-label"))
    assert Faq.objects.get(pk=faq.pk).label_status == "off-label"


def test_it_lets_an_administrator_relabel_an_answered_question_and_logs_it(client):
    version, other = make_published(), make_drug()
    client.force_login(cast.administrator())
    client.post(url(Faq, "change", version.faq_id), faq_data(version.faq, label_status="off-label", drug=other.pk))
    assert Faq.objects.get(pk=version.faq_id).label_status == "off-label"
    assert SearchEntry.objects.get(faq=version.faq_id).drug == other
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (cast.administrator(), str(version.faq_id))
    assert entry.get_change_message() == "Changed Drug and Label status."


def test_it_refuses_topics_of_another_market_also_where_the_drug_is_settled(client):
    version, abroad = make_published(), make_faq(make_drug(market=make_market("ca")), topics=("Dosing",))
    client.force_login(cast.author())
    data = faq_data(version.faq, topics=[abroad.topics.get().pk])
    page = client.post(url(Faq, "change", version.faq_id), data).content.decode()
    assert "Topics of another market: Dosing." in page


@pytest.mark.parametrize("model", [Drug, DrugName, Page])
def test_it_shows_authors_what_stands_around_their_answers_and_changes_none(client, model):
    drug = make_drug(names=("Brandex",))
    Page.objects.create(market=drug.market, slug="terms", title="Terms", body="<p>Be kind.</p>")
    row = model.objects.first()
    client.force_login(cast.author())
    assert client.get(url(model, "change", row.pk)).status_code == 200
    assert client.post(url(model, "change", row.pk), {"name": "Other"}).status_code == 403
    assert client.get(url(model, "add")).status_code == 403
    client.force_login(cast.administrator())
    assert client.get(url(model, "add")).status_code == 200


def test_it_shows_a_question_with_its_versions(staff):
    version = make_published(question="How warm?")
    page = staff.get(url(Faq, "change", version.faq_id)).content.decode()
    assert "How warm?" in page
    assert url(FaqVersion, "change", version.pk) in page
    assert "versions-TOTAL_FORMS" not in staff.get(url(Faq, "add")).content.decode()


def test_it_begins_a_new_version_of_a_question(client):
    version = make_published()
    client.force_login(cast.author())
    assert "New version" in client.get(url(Faq, "change", version.faq_id)).content.decode()
    response = client.post(url(Faq, "revise", version.faq_id))
    draft = FaqVersion.objects.open().get()
    assert response.url == url(FaqVersion, "change", draft.pk)
    assert (draft.question, draft.author) == (version.question, cast.author())
    assert "New version" not in client.get(url(Faq, "change", version.faq_id)).content.decode()


def test_it_begins_the_first_version_of_a_question(client):
    client.force_login(cast.author())
    client.post(url(Faq, "revise", make_faq().pk))
    assert FaqVersion.objects.get().number == 1


def test_it_begins_no_version_for_those_who_may_not_write(client):
    version = make_published()
    client.force_login(cast.approver())
    assert "New version" not in client.get(url(Faq, "change", version.faq_id)).content.decode()
    response = client.post(url(Faq, "revise", version.faq_id), follow=True)
    assert "may not submit" in response.content.decode()
    assert not FaqVersion.objects.open().exists()


def test_it_leads_from_a_question_to_its_answer(staff):
    version, waiting = make_published(), make_draft()
    assert version.get_absolute_url() in staff.get(url(Faq, "change", version.faq_id)).content.decode()
    assert "View on site" not in staff.get(url(Faq, "change", waiting.faq_id)).content.decode()


def test_it_shows_a_reference_as_readers_will(staff):
    reference = make_reference("roe-2020", DOI="10.1000/x")
    page = staff.get(url(Reference, "change", reference.pk)).content.decode()
    assert "<em>J Test</em>" in page
    assert "doi:10.1000/x" in page


@pytest.mark.parametrize(
    ("csl", "problem"),
    [
        ('{"type": "article-journal"}', "Title is missing."),
        ('{"type": "sculpture", "title": "x"}', "is not supported"),
        ("[1, 2]", "This is not one bibliographic item."),
        ("{oops", "Enter a valid JSON."),
    ],
)
def test_it_says_what_is_wrong_with_a_reference(staff, csl, problem):
    response = staff.post(url(Reference, "add"), {"key": "bad", "type": "article-journal", "csl": csl})
    assert response.status_code == 200
    assert problem in response.content.decode()
    assert not Reference.objects.exists()


def test_it_keeps_the_key_by_which_texts_cite_a_reference(staff):
    reference = make_reference("roe-2020")
    page = staff.get(url(Reference, "change", reference.pk)).content.decode()
    assert 'name="key"' not in page


def test_it_keeps_a_reference_that_a_draft_cites(staff):
    reference = make_reference("roe-2020")
    make_draft(body='<p>So.<cite data-ref="roe-2020"></cite></p>')
    assert "deletelink" not in staff.get(url(Reference, "change", reference.pk)).content.decode()
    assert staff.post(url(Reference, "delete", reference.pk), {"post": "yes"}).status_code == 403


def test_it_counts_the_versions_that_cite_a_reference(staff):
    make_reference("roe-2020")
    make_published(body='<p>So.<cite data-ref="roe-2020"></cite></p>')
    page = staff.get(url(Reference, "changelist")).content.decode()
    assert '<td class="field-cited_in">1</td>' in page


def test_it_shows_the_figures_of_a_published_version_and_changes_none(staff):
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    figure = make_figure(draft)
    make_published(draft=draft)
    assert 'name="title"' not in staff.get(url(Figure, "change", figure.pk)).content.decode()
    assert staff.post(url(Figure, "change", figure.pk), {"title": "Other"}).status_code == 403
    assert staff.post(url(Figure, "delete", figure.pk), {"post": "yes"}).status_code == 403


def test_it_says_which_version_is_indexed(staff):
    entry = make_published().faq.search_entry
    assert "v1, published" in staff.get(url(SearchEntry, "change", entry.pk)).content.decode()


@pytest.mark.parametrize("model", [Faq, Drug, Reference, SearchEntry])
def test_it_lists_many_rows_with_few_queries(staff, model, django_assert_max_num_queries):
    for _ in range(5):
        make_reference()
        make_published(make_faq(topics=("Dosing",), phrasings=("How?",)))
    with django_assert_max_num_queries(12):
        assert staff.get(url(model, "changelist")).status_code == 200


def test_it_offers_references_while_typing(client):
    client.force_login(cast.author())
    make_reference("roe-2020")
    query = {"term": "roe", "app_label": "faq", "model_name": "figure", "field_name": "sources"}
    response = client.get(reverse("admin:autocomplete"), query)
    assert [result["text"].split(":")[0] for result in response.json()["results"]] == ["roe-2020"]
