"""Staff see a version exactly as visitors will, at two widths and as PDF."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from faq import publishing, rendering
from faq.models import FaqVersion, Feedback
from faq.search.models import SearchEntry
from tests import cast
from tests.factories import make_draft, make_figure, make_published, make_reference, make_resource
from tests.faq.administering import in_review, page
from tests.faq.previewing import framed, preview

pytestmark = pytest.mark.django_db

MAIN = re.compile(r'<article class="answer".*?</article>', re.DOTALL)
HREF = re.compile(r' (?:href|rel|target|role|aria-disabled)="[^"]*"')


def make_rich():
    make_reference("doe", DOI="10.1000/1")
    body = (
        '<h2>Data</h2><p>See it.<cite data-ref="doe"></cite></p><figure data-figure="curve"></figure>'
        '<p><a href="https://elsewhere.example/x">Elsewhere</a></p>'
    )
    draft = make_draft(body=body)
    make_figure(draft)
    make_resource(draft)
    return draft


def shown(client, version):
    return client.get(framed(version)).content.decode()


def test_a_published_version_looks_as_its_public_page_does(author):
    version = make_published(draft=make_rich())
    public = MAIN.search(author.get(version.get_absolute_url()).content.decode())[0]
    seen = MAIN.search(shown(author, version))[0]
    assert HREF.sub("", seen) == HREF.sub("", public)


def test_a_draft_is_rendered_with_its_numbers_figures_and_references(author):
    seen = shown(author, make_rich())
    assert '<sup class="cite"' in seen
    assert 'id="figure-1"' in seen
    assert 'id="ref-1"' in seen
    assert "A poster" in seen


def test_a_draft_with_a_marker_that_leads_nowhere_is_shown_all_the_same(author):
    draft = make_draft(body='<p>See it.<cite data-ref="nothing"></cite></p>')
    assert author.get(framed(draft)).status_code == 200


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (make_draft, "Preview of version 1, a draft, not approved."),
        (in_review, "Preview of version 1, in review, not approved."),
        (make_published, "Copy of version 1, published on"),
    ],
)
def test_it_says_what_it_is(author, make, said):
    seen = shown(author, make())
    assert said in seen
    assert "Do not use for medical decisions." in seen


def test_no_link_leads_anywhere_and_no_form_sends(author):
    seen = shown(author, make_rich())
    links = re.findall(r"<a\b[^>]*>", seen)
    led = {href for tag in links for href in re.findall(r' href="([^"#][^"]*)"', tag)}
    assert {href for href in led if not href.startswith(("tel:", "/media/", "/admin/", "https://"))} == set()
    assert "https://doi.org/10.1000/1" in led
    assert "https://elsewhere.example/x" in led
    assert "/leaving/" not in seen
    forms = re.findall(r"<form[^>]*>", seen)
    assert forms
    assert all(" inert" in form and "action" not in form and "method" not in form for form in forms)


def test_what_leads_out_opens_elsewhere_and_says_nothing_of_where_it_was(author):
    seen = shown(author, make_rich())
    outward = [tag for tag in re.findall(r"<a\b[^>]*>", seen) if 'href="https://' in tag]
    assert outward
    assert all('rel="noopener noreferrer"' in tag and 'target="_blank"' in tag for tag in outward)


def test_it_is_kept_by_nobody_and_listed_nowhere(author):
    draft = make_draft()
    response = author.get(framed(draft))
    assert response["Cache-Control"].startswith("private, no-store")
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert 'rel="canonical"' not in response.content.decode()
    assert "application/ld+json" not in response.content.decode()
    assert str(draft.faq.number) not in author.get(reverse("sitemap-section", args=["answers"])).content.decode()


def test_looking_leaves_no_trace_in_feedback_and_search(author):
    draft = make_draft()
    author.get(framed(draft))
    assert not Feedback.objects.exists()
    assert not SearchEntry.objects.filter(faq=draft.faq).exists()
    assert "bundles/site.js" not in shown(author, draft)


def test_only_the_two_pages_of_the_preview_may_frame_and_be_framed(author):
    draft = make_draft()
    outer, inner = author.get(preview(draft)), author.get(framed(draft))
    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer["Content-Security-Policy"]
    assert outer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in inner["Content-Security-Policy"]
    assert inner["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src" not in inner["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["page", "compare", "list", "public", "pdf"])
def test_no_other_page_may(author, address):
    version = make_published()
    addresses = {
        "page": page(version),
        "compare": f"/admin/faq/faqversion/{version.pk}/compare/",
        "list": "/admin/faq/faqversion/",
        "public": version.get_absolute_url(),
        "pdf": f"{preview(version)}pdf/",
    }
    response = author.get(addresses[address])
    assert response.status_code == 200
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "frame-src" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_the_document_is_stamped_on_each_page(author):
    draft = make_draft(body="<h2>Data</h2>" + "<p>Many words that fill a page.</p>" * 150)
    response = author.get(f"{preview(draft)}pdf/")
    assert response["Cache-Control"].startswith("private, no-store")
    pages = PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) > 1
    for leaf in pages:
        assert "a draft, not approved. Do not use for medical decisions." in leaf.extract_text().replace("\n", " ")


def test_the_public_document_bears_no_stamp(client):
    version = make_published()
    document = PdfReader(io.BytesIO(client.get(version.faq.get_pdf_url()).content))
    assert "medical decisions" not in "".join(leaf.extract_text() for leaf in document.pages)


def test_only_staff_who_see_versions_preview(client):
    draft = make_draft()
    assert client.get(framed(draft)).status_code == 302
    client.force_login(cast.inquiry_handler())
    for address in (preview(draft), framed(draft), f"{preview(draft)}pdf/"):
        assert client.get(address).status_code == 403
    client.force_login(cast.author())
    assert client.get("/admin/faq/faqversion/999999/preview/").status_code == 404


def test_what_is_stored_is_verified_against_its_approval():
    version = make_published()
    assert rendering.is_verified(version)
    version.rendered_body += "!"
    assert not rendering.is_verified(version)
    assert not rendering.is_verified(make_draft())


def test_it_takes_few_queries(author, django_assert_max_num_queries):
    version = make_rich()
    with django_assert_max_num_queries(20):
        author.get(framed(version))
    with django_assert_max_num_queries(20):
        author.get(preview(version))


def test_a_version_leads_to_its_preview(author):
    draft = make_draft()
    assert f'href="{preview(draft)}"' in author.get(page(draft)).content.decode()


def test_a_copy_of_an_older_version_says_since_when_it_is_not_valid(author):
    old = make_published()
    make_published(old.faq)
    assert "superseded on" in shown(author, FaqVersion.objects.get(pk=old.pk))
    publishing.withdraw(old.faq.versions.get(number=2), by=cast.approver(), reason="Wrong.")
    assert "withdrawn on" in shown(author, old.faq.versions.get(number=2))
