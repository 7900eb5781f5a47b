"""The headers of pages that proxies may keep."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.lib import caching


def answer(content="x", changed=None, **headers):
    return caching.public(RequestFactory().get("/", **headers), HttpResponse(content), changed)


def test_it_lets_proxies_keep_a_page_and_browsers_ask():
    response = answer()
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30, stale-while-revalidate=30"
    assert response["Vary"] == "Accept-Encoding, Sec-GPC"
    assert "Last-Modified" not in response


def test_it_makes_the_etag_of_the_bytes():
    assert answer("one")["ETag"] == answer("one")["ETag"] != answer("two")["ETag"]


def test_it_says_when_the_content_changed():
    changed = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
    assert answer(changed=changed)["Last-Modified"] == "Mon, 02 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize("weak", ["", "W/"])
def test_it_sends_no_bytes_that_the_visitor_has(weak):
    first = answer()
    second = answer(HTTP_IF_NONE_MATCH=weak + first["ETag"])
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]
    assert second["Cache-Control"] == first["Cache-Control"]


def test_it_believes_the_bytes_before_the_date():
    # What surrounds an answer can change without the answer: an old date then must not hide it.
    changed = datetime(2026, 3, 2, tzinfo=UTC)
    headers = {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": "Mon, 02 Mar 2026 12:00:00 GMT"}
    assert answer(changed=changed, **headers).status_code == 200


def test_it_answers_errors_in_full():
    response = HttpResponse("gone", status=410)
    request = RequestFactory().get("/", HTTP_IF_NONE_MATCH=answer("gone")["ETag"])
    assert caching.public(request, response).status_code == 410


def test_it_refuses_a_page_with_a_cookie():
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    with pytest.raises(RuntimeError, match="/x sets a cookie"):
        caching.public(RequestFactory().get("/x"), response)
