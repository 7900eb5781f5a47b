"""What holds for every public page: the same for everyone, no cookie, cheap to ask for again."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from faq import publishing
from portal.chrome.models import NavLink, Page
from portal.leaving import links
from portal.leaving.models import LeavingNotice
from portal.lib.wholepages.serving import MAY_BE_KEPT
from portal.urls import urlpatterns
from tests import cast
from tests.architecture.test_announcing import QUIET
from tests.factories import make_draft, make_drug, make_faq, make_figure, make_market, make_published

pytestmark = pytest.mark.django_db


FIXED = [
    "/",
    "/us/",
    "/us/medical-information/",
    "/us/search/suggest/?q=stored",
    "/us/search/used/",
    "/us/sitemap/",
    "/us/gate/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-answers.xml",
    "/us/nothing/",
]


def public_addresses():
    """An address for every public view, with all of them holding something."""
    market = make_market()
    for slug in ("terms", "report-safety", "medical-education", "science", "privacy-choices"):
        Page.objects.create(market=market, slug=slug, title=slug, body='<p><a href="https://doi.org/x">x</a></p>')
    LeavingNotice.objects.create(
        market=market, title="Leaving {site_name}", body="Go?", continue_label="Go", return_label="Stay"
    )
    NavLink.objects.create(market=market, place="social", label="Elsewhere", address="https://example.org/")
    draft = make_draft(make_faq(make_drug(prescribing_information_url="https://example.org/pi")))
    draft.body = '<figure data-figure="curve"></figure>'
    draft.save()
    figure = make_figure(draft)
    version = make_published(draft=draft)
    gone = make_published()
    publishing.withdraw(gone, by=cast.approver(), reason="Outdated.")
    drug = version.faq.drug
    return [
        *FIXED,
        drug.category.get_absolute_url(),
        drug.get_absolute_url(),
        version.get_absolute_url(),
        f"{version.get_absolute_url()}pdf/",
        gone.get_absolute_url(),
        reverse("permanent", args=["us", version.faq.content_id]),
        f"/us/search/?q=stored&drug={drug.slug}",
        f"/us/feedback/?answer={version.faq.number}",
        links.address(market, "https://doi.org/x", "/us/"),
        f"/us/contact/?drug={drug.slug}&about={version.faq.content_id}",
        *(page.get_absolute_url() for page in Page.objects.all()),
        figure.image.get_absolute_url(),
    ]


def tables_of(queries):
    return {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "?([a-z_]+)', query["sql"])}


def test_no_page_that_is_kept_shows_what_nobody_announces(client):
    shown = {}
    for address in public_addresses():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        if response.wsgi_request.META.get(MAY_BE_KEPT):
            shown[address] = tables_of(queries)
    assert len(shown) >= 12
    assert {address: tables & set(QUIET) for address, tables in shown.items() if tables & set(QUIET)} == {}


def names_of(patterns):
    for pattern in patterns:
        if getattr(pattern, "app_name", None) != "admin":
            yield from names_of(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]


def test_it_gives_everyone_the_same_bytes_and_no_cookie(client):
    addresses = public_addresses()
    staff = Client()
    staff.force_login(cast.superuser())
    for address in addresses:
        ours, theirs = client.get(address), staff.get(address)
        assert (ours.status_code, ours.content) == (theirs.status_code, theirs.content), address
        for response in (ours, theirs):
            assert not response.cookies, address
            assert "cookie" not in response.get("Vary", "").lower(), address
        assert b"csrf" not in ours.content, address
    visited = {resolve(address.partition("?")[0]).url_name for address in addresses if "nothing" not in address}
    # A preview is for one invited reader, and kept by nobody (tests/faq/test_preview.py).
    private = {"sign-in", "sign-out", "preview", "preview-pdf", "preview-image"}
    assert visited == set(names_of(urlpatterns)) - {"healthz", "readyz"} - private


def test_it_answers_304_to_who_has_the_page_also_compressed(client):
    for address in public_addresses():
        for encoding in ("identity", "gzip"):
            first = client.get(address, headers={"accept-encoding": encoding})
            if first.status_code == 200 and "s-maxage" in first.get("Cache-Control", ""):
                headers = {"accept-encoding": encoding, "if-none-match": first["ETag"]}
                assert client.get(address, headers=headers).status_code == 304, address
