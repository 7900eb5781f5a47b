"""The admin of versions: what may be written when, and what the pages say."""

from datetime import date

import pytest

from faq.admin.drafts import digest
from faq.models import FaqVersion, Figure
from tests import cast
from tests.factories import SVG, make_draft, make_faq, make_figure, make_published, make_reference, make_resource
from tests.faq.administering import LIST, approved, data_of, figure_data, in_review, page

pytestmark = pytest.mark.django_db


def test_it_lists_sixty_versions_with_few_queries(root, django_assert_max_num_queries):
    for number in range(60):
        make_draft(make_faq(topics=(f"Topic {number % 4}",)))
    with django_assert_max_num_queries(12):
        assert "60 versions" in root.get(LIST).content.decode()


def test_it_saves_what_an_author_writes(author):
    version = make_draft()
    response = author.post(page(version), data_of(version, loaded=digest(version), question="How warm?", _save="Save"))
    assert response.status_code == 302
    version.refresh_from_db()
    assert version.question == "How warm?"


def test_it_makes_a_version_with_its_author(author):
    faq = make_faq()
    data = {**data_of(make_draft()), "faq": faq.pk}
    assert author.post(f"{LIST}add/", data).status_code == 302
    assert FaqVersion.objects.get(faq=faq).author == cast.author()


def test_it_refuses_a_second_open_version_of_a_question(author):
    version = make_draft()
    response = author.post(f"{LIST}add/", {**data_of(version, loaded=digest(version)), "faq": version.faq_id})
    assert "has an open version already" in response.content.decode()


def test_it_says_that_the_next_review_must_come_later(author):
    version = make_draft()
    response = author.post(page(version), data_of(version, loaded=digest(version), next_review=date(2020, 1, 1)))
    assert "The next review comes after the last one." in response.content.decode()


@pytest.mark.parametrize("make", [in_review, approved, make_published], ids=["in review", "approved", "published"])
def test_it_changes_nothing_once_a_version_left_its_author(root, make):
    version = make()
    assert 'name="question"' not in root.get(page(version)).content.decode()
    before = FaqVersion.objects.filter(pk=version.pk).values().get()
    response = root.post(page(version), data_of(version, loaded=digest(version), question="Other"))
    assert response.status_code == 409
    assert FaqVersion.objects.filter(pk=version.pk).values().get() == before
    assert root.get(f"{LIST}{version.pk}/delete/").status_code == 403


def test_it_shows_the_parts_of_a_published_version_without_fields(root):
    draft = make_draft(body='<p>So.<cite data-ref="doe"></cite></p><figure data-figure="curve"></figure>')
    make_figure(draft, sources=(make_reference("doe"),))
    make_resource(draft, title="A poster about it")
    text = root.get(page(make_published(draft=draft))).content.decode()
    assert "A poster about it" in text
    assert "Curves of both groups" in text
    assert 'type="file"' not in text
    assert 'name="resources-0-title"' not in text


def test_it_stores_an_uploaded_figure_with_its_sources(author):
    version, reference = make_draft(), make_reference("doe")
    data = data_of(version, loaded=digest(version), **figure_data(SVG % 12, **{"figures-0-taken_from": [reference.pk]}))
    assert author.post(page(version), data).status_code == 302
    figure = Figure.objects.get()
    assert bytes(figure.image.content) == SVG % 12
    assert list(figure.sources.all()) == [reference]
    assert figure.image.sha256 in author.get(page(version)).content.decode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"no picture", "This is not an SVG, PNG, JPEG or WebP image."),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'><script/></svg>", "must not hold"),
        (b"<html></html>", "is XML, but no SVG"),
        (b"", "The submitted file is empty."),
    ],
)
def test_it_says_beside_the_field_what_is_wrong_with_a_picture(author, content, problem):
    version = make_draft()
    response = author.post(page(version), data_of(version, loaded=digest(version), **figure_data(content)))
    assert problem in response.content.decode()
    assert not Figure.objects.exists()


def test_it_asks_for_the_picture_of_a_new_figure(author):
    version = make_draft()
    data = data_of(version, loaded=digest(version), **figure_data(b"x"))
    del data["figures-0-upload"]
    assert "Choose the picture of this figure." in author.post(page(version), data).content.decode()


def test_it_keeps_the_picture_of_a_figure_whose_words_change(author):
    version = make_draft()
    figure = make_figure(version, sources=(make_reference("doe"),))
    words = {"figures-0-title": "Other", "figures-INITIAL_FORMS": 1}
    data = data_of(version, loaded=digest(version), **figure_data(b"x", **words))
    data |= {"figures-0-id": figure.pk, "figures-0-version": version.pk}
    data["figures-0-taken_from"] = [figure.sources.get().pk]
    del data["figures-0-upload"]
    assert author.post(page(version), data).status_code == 302
    changed = Figure.objects.get()
    assert (changed.title, changed.image, changed.sources.count()) == ("Other", figure.image, 1)


def test_it_shows_what_visitors_will_get_and_what_is_missing(author):
    make_reference("doe")
    version = make_draft(
        body='<p>So.<cite data-ref="doe"></cite><cite data-ref="nobody"></cite></p>', last_reviewed=None
    )
    context = author.get(page(version)).context
    assert 'href="#ref-1"' in context["preview"].body
    missing = ["No reference has the key 'nobody'.", "The date of last review is missing."]
    assert [shown.item.sentence for shown in context["checklist"]] == missing


@pytest.mark.parametrize("marker", ['<figure data-figure="x"></figure>', '<p><span data-xref="x"></span></p>'])
def test_it_previews_a_draft_whose_markers_lead_nowhere(author, marker):
    response = author.get(page(make_draft(body=marker)))
    assert response.status_code == 200
    assert response.context["checklist_failed"] == 1


def test_it_previews_exactly_what_was_approved(approver):
    version = approved()
    version.refresh_from_db()
    preview = approver.get(page(version)).context["preview"]
    assert (preview.short_answer, preview.body) == (version.rendered_short_answer, version.rendered_body)


def test_it_marks_overdue_reviews_and_filters_them(root):
    overdue = make_published(last_reviewed=date(2020, 1, 1), next_review=date(2021, 1, 1))
    make_published()
    text = root.get(LIST, {"due": "overdue"}).content.decode()
    assert "1 version" in text
    assert overdue.faq.content_id in text
    assert "Overdue</span>" in text


@pytest.mark.parametrize("query", ["content_id", "question", "brand"])
def test_it_searches_what_staff_remember(root, query):
    make_draft(make_faq())
    version = make_draft(question="Is it kept in xenon?")
    version.faq.drug.names.create(name="Zyntravex", kind="brand")
    sought = {"content_id": version.faq.content_id, "question": "xenon", "brand": "zyntravex"}[query]
    assert "1 version" in root.get(LIST, {"q": sought}).content.decode()


def test_it_filters_by_a_drug_sought_by_typing(root):
    version = make_draft()
    make_draft()
    response = root.get(LIST, {"faq__drug__id__exact": version.faq.drug_id, "status__exact": "draft"})
    text = response.content.decode()
    assert "1 version" in text
    assert f'<option value="{version.faq.drug_id}" selected>' in text
    assert '<input type="hidden" name="status__exact" value="draft">' in text
    assert root.get(LIST, {"faq__drug__id__exact": "no number"}).status_code == 302
