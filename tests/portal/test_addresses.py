"""Addresses that may stand in a link to another site."""

import pytest
from django.core.exceptions import ValidationError

from faq.models import RelatedResource
from portal.chrome.models import Page, PageResource
from portal.lib.addresses import is_web
from tests.factories import make_draft, make_market


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://example.org/", True),
        ("HTTP://example.org", True),
        ("ftp://example.org/", False),
        ("//example.org/", False),
        ("https:example.org", False),
        ("https:///example.org", False),
        ("javascript:alert(1)//https://example.org", False),
        (" https://example.org", False),
        ("", False),
    ],
)
def test_it_knows_addresses_of_the_web(address, fits):
    assert is_web(address) is fits


@pytest.mark.django_db
@pytest.mark.parametrize(("url", "fits"), [("https://example.org/", True), ("", True), ("ftp://example.org/", False)])
def test_a_resource_lies_in_the_web(url, fits):
    resource = RelatedResource(version=make_draft(), title="Poster", url=url)
    if fits:
        resource.full_clean()
    else:
        with pytest.raises(ValidationError, match="https://"):
            resource.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(("url", "fits"), [("https://example.org/", True), ("", True), ("ftp://example.org/", False)])
def test_what_a_section_lists_lies_in_the_web(url, fits):
    page = Page.objects.create(market=make_market(), slug="science", title="Science", body="<p>Read.</p>")
    resource = PageResource(page=page, title="Poster", kind="poster", url=url)
    if fits:
        resource.full_clean()
    else:
        with pytest.raises(ValidationError, match="https://"):
            resource.full_clean()
