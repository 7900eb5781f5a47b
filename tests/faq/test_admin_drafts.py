"""The admin of drafts: who counts as a writer, and what happens when two people write at once."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faq.admin.drafts import digest
from faq.admin.version_form import VersionForm
from faq.models import FaqVersion, Figure, RelatedResource
from faq.models.figure import FigureSource
from tests import cast
from tests.factories import (
    SVG,
    make_draft,
    make_faq,
    make_figure,
    make_published,
    make_reference,
    make_resource,
    sourced,
)
from tests.faq.administering import LIST, approved, data_of, figure_data, in_review, page, press, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(cast.administrator())
    return client


def wording(version, **changes):
    return data_of(version, loaded=digest(version), **changes)


def writers(version):
    return set(version.writers.all())


def part_page(part, name="change"):
    return f"/admin/faq/{part._meta.model_name}/{part.pk}/{name}/"


def test_it_lets_nobody_approve_what_they_rewrote_for_another(administrator):
    version = make_draft()
    administrator.post(page(version), wording(version, body=sourced("<p>All new.</p>"), _submit="1"))
    assert status_of(version) == "in_review"
    assert "/move/approve/" not in administrator.get(page(version)).content.decode()
    assert "Nobody approves what they wrote themselves." in press(administrator, version, "approve").content.decode()
    assert status_of(version) == "in_review"


def test_it_counts_nobody_as_writer_who_changed_nothing(administrator):
    version = make_draft()
    administrator.post(page(version), wording(version, _submit="1"))
    assert (status_of(version), writers(version)) == ("in_review", set())


def test_it_counts_who_begins_a_version_as_writer(author):
    faq = make_faq()
    author.post(f"{LIST}add/", {**data_of(make_draft()), "faq": faq.pk})
    press(author, make_published(), "revise")
    begun = FaqVersion.objects.order_by("-pk")[:2]
    assert [writers(version) for version in (faq.versions.get(), begun[0])] == [{cast.author()}] * 2


def test_it_counts_who_adds_a_figure_as_writer(administrator):
    version = make_draft()
    administrator.post(page(version), wording(version, **figure_data(SVG % 14)))
    assert Figure.objects.count() == 1
    assert writers(version) == {cast.administrator()}


def test_it_counts_who_changes_a_part_on_its_own_page_as_writer(administrator):
    version = make_draft()
    figure = make_figure(version)
    data = {"key": "curve", "order": 0, "title": "Other", "description": "Lines.", "values_table": ""}
    assert administrator.post(part_page(figure), data).status_code == 302
    assert Figure.objects.get().title == "Other"
    assert writers(version) == {cast.administrator()}


@pytest.mark.parametrize("model", [Figure, RelatedResource, FigureSource])
def test_it_counts_who_deletes_a_part_as_writer(root, model):
    version = make_draft()
    make_figure(version, sources=(make_reference("doe"),))
    make_resource(version)
    assert root.post(part_page(model.objects.get(), "delete"), {"post": "yes"}).status_code == 302
    assert not model.objects.exists()
    assert writers(version) == {cast.superuser()}


def test_it_does_not_let_the_last_save_win_in_silence(client):
    version = make_draft()
    old = digest(version)
    client.force_login(cast.administrator())
    client.post(page(version), wording(version, question="Emil's question?"))
    client.force_login(cast.author())
    response = client.post(page(version), data_of(version, loaded=old, question="Ada's question?"))
    text = response.content.decode()
    assert "Emil saved this draft on" in text
    assert "Ada&#x27;s question?" in text
    assert response.context["preview"].question == "Emil's question?"
    assert FaqVersion.objects.get(pk=version.pk).question == "Emil's question?"


def test_it_puts_words_in_the_place_of_others_when_they_are_saved_again(author):
    version = make_draft()
    FaqVersion.objects.filter(pk=version.pk).update(body="<p>Theirs.</p>")
    text = author.post(page(version), data_of(version, loaded="old", body="<p>Mine.</p>")).content.decode()
    assert "Somebody saved this draft, after you had opened it." in text
    (loaded,) = re.findall(r'name="loaded" value="([0-9a-f]{64})"', text)
    assert author.post(page(version), data_of(version, loaded=loaded, body="<p>Mine.</p>")).status_code == 302
    assert FaqVersion.objects.get(pk=version.pk).body == "<p>Mine.</p>"


@pytest.mark.parametrize("change", [make_figure, make_resource, lambda version: version.figures.update(note="n")])
def test_it_notices_changed_parts_too(author, change):
    version = make_draft()
    make_figure(version, key="first")
    loaded = digest(version)
    change(version)
    text = author.post(page(version), data_of(version, loaded=loaded, question="Other?")).content.decode()
    assert "after you had opened it" in text


def test_it_saves_no_form_that_does_not_say_what_it_was_made_from(author):
    version = make_draft()
    author.post(page(version), data_of(version, question="Other?"))
    assert FaqVersion.objects.get(pk=version.pk).question == version.question


@pytest.mark.parametrize("make", [in_review, approved, make_published], ids=["in review", "approved", "published"])
def test_it_shows_words_that_come_too_late(author, make):
    version = make()
    extra = {"figures-0-description": "Two curves & <more>.", "figures-TOTAL_FORMS": 1}
    response = author.post(page(version), wording(version, body="<p>Typed for hours.</p>", **extra))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Nothing was saved." in text
    assert "&lt;p&gt;Typed for hours.&lt;/p&gt;</textarea>" in text
    assert "Two curves &amp; &lt;more&gt;.</textarea>" in text
    assert "Figure 1: description" in text


def test_it_shows_words_that_come_too_late_by_a_moment(author, monkeypatch):
    version, whole = make_draft(), VersionForm.full_clean

    def overtaken(form):
        FaqVersion.objects.filter(pk=version.pk).update(status="in_review")
        whole(form)

    monkeypatch.setattr(VersionForm, "full_clean", overtaken)
    response = author.post(page(version), wording(version, question="Too late?"))
    assert response.status_code == 409
    assert "Too late?</textarea>" in response.content.decode()
    assert FaqVersion.objects.get(pk=version.pk).question == version.question


def test_it_shows_late_words_only_to_those_who_may_write(approver):
    version = in_review()
    assert approver.post(page(version), wording(version, question="Mine?")).status_code == 403
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author())
    assert client.post(page(version), wording(version)).status_code == 403


def test_it_writes_nothing_but_the_wording_of_a_saved_draft(author):
    version = make_draft()
    with CaptureQueriesContext(connection) as queries:
        author.post(page(version), wording(version, question="Other?"))
    (update,) = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "faq_faqversion"')]
    assert '"question"' in update
    assert not any(f'"{column}"' in update for column in ("status", "approver_id", "author_id", "content_sha256"))


def test_it_shows_a_draft_without_fields_to_those_who_only_read(approver):
    text = approver.get(page(make_draft())).content.decode()
    assert "oaded" not in text.replace("uploaded", "")


@pytest.mark.parametrize("marker", ['<cite data-ref="nobody"></cite>', '<span data-xref="nothing"></span>'])
def test_it_previews_a_draft_whose_table_of_values_names_nothing(author, marker):
    version = make_draft(body='<figure data-figure="curve"></figure>')
    make_figure(version, values_table=f"<table><tr><td>1.6%{marker}</td></tr></table>")
    response = author.get(page(version))
    assert response.status_code == 200
    assert "1.6%" in response.context["preview"].body
