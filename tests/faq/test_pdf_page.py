"""The address at which visitors get the document of an answer."""

import io
from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader

from faq import publishing
from tests import cast
from tests.factories import make_draft, make_faq, make_published

pytestmark = pytest.mark.django_db


def words(response: HttpResponse) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split())


def test_a_visitor_gets_the_document_under_a_name_that_tells_what_it_is(client):
    version = make_published()
    response = client.get(version.faq.get_pdf_url())
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{version.faq.content_id}_v1.pdf"'
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert f"http://testserver/us/answers/{version.faq.content_id}/?version=1" in words(response)


def test_who_has_the_document_already_is_told_so_without_typesetting(client, monkeypatch):
    address = make_published().faq.get_pdf_url()
    etag = client.get(address)["ETag"]
    monkeypatch.setattr("faq.views.pdf.printed", None)
    response = client.get(address, headers={"If-None-Match": etag})
    assert (response.status_code, response["ETag"]) == (304, etag)


def test_a_withdrawn_answer_has_no_document(client):
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    assert client.get(version.faq.get_pdf_url()).status_code == 410


def test_a_draft_has_no_document(client):
    assert client.get(make_draft().faq.get_pdf_url()).status_code == 404


def test_an_old_slug_leads_to_todays_document(client):
    faq = make_published().faq
    response = client.get(reverse("answer-pdf", args=["us", "an-old-slug", faq.number]))
    assert (response.status_code, response["Location"]) == (301, faq.get_pdf_url())


def test_a_new_version_takes_the_place_of_the_old_one(client):
    faq = make_published().faq
    before = client.get(faq.get_pdf_url())["ETag"]
    make_published(faq, body="<p>New words.</p>", last_reviewed=date(2026, 4, 1))
    response = client.get(faq.get_pdf_url())
    assert response["ETag"] != before
    assert "New words." in words(response)


def test_search_engines_leave_out_what_the_label_does_not_cover(client):
    marked = client.get(make_published(make_faq(label_status="off-label")).faq.get_pdf_url())
    assert marked["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(make_published().faq.get_pdf_url())


def test_the_answer_offers_the_document_as_a_plain_link(client):
    faq = make_published().faq
    page = client.get(faq.get_absolute_url()).content.decode()
    assert f'href="{faq.get_pdf_url()}"' in page
