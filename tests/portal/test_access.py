"""Who may send a form."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from portal.lib.access import for_machines, from_own_pages, marked, slug_or_none, visitor_form


def post(**headers):
    return RequestFactory().post("/", headers=headers)


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "nonsense"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, True),
        ({"Origin": "http://testserver:8000"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[::1"}, False),
        ({"Referer": "https://evil.example/answer/"}, False),
        ({"Referer": "http://testserver/us/"}, True),
        ({"Origin": "http://testserver", "Referer": "https://evil.example/"}, True),
        ({}, True),
    ],
)
def test_it_tells_forms_of_this_site_from_others(headers, own):
    assert from_own_pages(post(**headers)) is own


def test_it_lets_no_form_of_another_site_through():
    view = visitor_form(lambda _request: HttpResponse("ok"))
    with pytest.raises(PermissionDenied):
        view(post(**{"Sec-Fetch-Site": "cross-site"}))
    assert view(post()).status_code == 200


def test_it_lets_links_of_other_sites_through():
    view = visitor_form(lambda _request: HttpResponse("ok"))
    assert view(RequestFactory().get("/", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200


def test_it_notes_who_may_call_a_view():
    assert marked(lambda _request: HttpResponse(), "visitors").access == "visitors"
    assert for_machines(lambda _request: HttpResponse()).access == "machines"


@pytest.mark.parametrize(
    ("value", "slug"),
    [("corvadune-5_mg", "corvadune-5_mg"), ("", None), ("a b", None), ("a\x00", None), ("é", None), ("a" * 121, None)],
)
def test_it_knows_what_can_be_a_slug(value, slug):
    assert slug_or_none(value) == slug
