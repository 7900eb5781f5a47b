"""Whole pages that are answered from memory: which, to whom, and until when."""

import pytest

from portal.lib.wholepages.keeping import OVERHEAD, Kept, Page
from tests.portal.whole_pages import HEADERS, Door


@pytest.fixture
def door(monkeypatch):
    monkeypatch.setattr("portal.lib.wholepages.serving.time.time", lambda: 90.0)
    return Door()


def test_it_answers_the_second_visitor_from_memory(door):
    first, second = door.get(), door.get()
    assert (first.is_kept, second.is_kept) == (False, True)
    assert (first.status, first.headers, first.body) == (second.status, second.headers, second.body)


def test_it_forgets_everything_when_something_changed(door):
    door.get()
    door.revision.number = 2
    door.body = b"changed"
    assert door.get().body == b"changed"


def test_it_does_not_keep_what_changed_while_it_was_made(door):
    inner = door._application

    def slow(environ, start_response):
        answer = inner(environ, start_response)
        door.revision.number = 2
        return answer

    door.door._application = slow
    door.get()
    assert not door.get().is_kept


def test_it_answers_nothing_from_memory_while_the_database_cannot_be_heard(door):
    door.get()
    door.revision.number = None
    assert not door.get().is_kept


def test_it_keeps_a_page_until_the_minute_ends(door, monkeypatch):
    door.get()
    monkeypatch.setattr("portal.lib.wholepages.serving.time.time", lambda: 119.9)
    assert door.get().is_kept
    monkeypatch.setattr("portal.lib.wholepages.serving.time.time", lambda: 120.0)
    assert not door.get().is_kept


@pytest.mark.parametrize(
    "differs",
    [
        {"HTTP_HOST": "other"},
        {"SERVER_PORT": "81"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"path": "/us/other/"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_SEC_GPC": "1"},
        {"SCRIPT_NAME": "/portal"},
    ],
)
def test_it_tells_apart_whatever_a_page_is_made_from(door, differs):
    door.get()
    assert not door.get(**differs).is_kept
    assert door.get(**differs).is_kept


@pytest.mark.parametrize("cookie", ["sessionid=x", "a=b; sessionid=x"])
def test_whoever_is_signed_in_is_answered_by_the_portal(door, cookie):
    door.get()
    assert not door.get(HTTP_COOKIE=cookie).is_kept


def test_it_keeps_nothing_that_was_made_for_a_visitor_with_cookies(door):
    door.get(HTTP_COOKIE="privacy=x")
    assert not door.get().is_kept
    assert door.get(HTTP_COOKIE="privacy=x").is_kept


@pytest.mark.parametrize(
    "headers",
    [
        [*HEADERS, ("Set-Cookie", "a=b")],
        [*HEADERS, ("Vary", "Cookie")],
        [("Vary", "*"), *HEADERS],
        HEADERS[1:],
        [("Cache-Control", "private"), *HEADERS[1:]],
    ],
)
def test_it_keeps_nothing_that_is_not_for_everybody(door, headers):
    door.headers = headers
    door.get()
    assert not door.get().is_kept


def test_it_keeps_no_page_of_which_no_view_said_so(door):
    door.may_be_kept = False
    door.get()
    assert not door.get().is_kept


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "410 Gone", "304 Not Modified"])
def test_it_keeps_nothing_but_pages(door, status):
    door.status = status
    door.get()
    assert not door.get().is_kept


def test_it_lets_every_post_through(door):
    door.get()
    assert not door.get(REQUEST_METHOD="POST").is_kept


def test_it_answers_head_without_a_body(door):
    door.get()
    told = door.get(REQUEST_METHOD="HEAD")
    assert (told.is_kept, told.body, told.headers["ETag"]) == (True, b"", 'W/"one"')


@pytest.mark.parametrize("named", ['W/"one"', '"one"', '"zero", W/"one"', "*"])
def test_it_says_that_a_visitor_has_the_page(door, named):
    door.get()
    told = door.get(HTTP_IF_NONE_MATCH=named)
    assert (told.is_kept, told.status, told.body) == (True, "304 Not Modified", b"")
    assert set(told.headers) == {"Cache-Control", "Vary", "ETag"}


def test_it_sends_the_page_to_whoever_has_another(door):
    door.get()
    assert door.get(HTTP_IF_NONE_MATCH='"zero"').body == b"page"


@pytest.mark.parametrize("header", ["HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"])
def test_it_leaves_rarer_conditions_to_the_portal(door, header):
    door.get()
    assert not door.get(**{header: "x"}).is_kept


def test_queries_that_anybody_can_make_up_do_not_push_pages_out():
    door = Door(room=100 * (OVERHEAD + 4))
    door.get()
    for number in range(200):
        door.get(QUERY_STRING=f"x={number}")
    assert door.get().is_kept


def make_page(size=100, until=1.0):
    return Page([], b"x" * size, "", until)


def test_it_drops_what_was_asked_longest_ago():
    kept = Kept(4 * (OVERHEAD + 100))
    for key in "abcd":
        kept.put(key, make_page(), 1)
    kept.get("a", 1, 0.0)
    kept.put("e", make_page(), 1)
    assert [key for key in "abcde" if kept.get(key, 1, 0.0)] == ["a", "c", "d", "e"]


def test_it_keeps_no_page_that_would_push_out_most_others():
    kept = Kept(4 * (OVERHEAD + 100))
    kept.put("a", make_page(101), 1)
    assert kept.get("a", 1, 0.0) is None


def test_it_takes_no_page_of_a_revision_that_is_over():
    kept = Kept(100_000)
    kept.put("a", make_page(), 2)
    kept.put("b", make_page(), 1)
    assert kept.get("b", 1, 0.0) is kept.get("b", 2, 0.0) is None
    assert kept.get("a", 2, 0.0)
