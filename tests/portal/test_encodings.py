"""In which encoding visitors may send."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from portal.lib.encodings import only_utf8

READ = ["", "text/plain", "text/plain; charset=UTF-8", "text/plain; charset=utf8", "multipart/form-data; boundary=b"]


def application(environ, start_response):
    """Does what Django does before anything of ours runs."""
    asked = WSGIRequest(environ).GET["q"]
    start_response("200 OK", [])
    return [asked.encode()]


def status_of(content_type):
    said = []
    environ = {**RequestFactory().get("/?q=%41").environ, "CONTENT_TYPE": content_type}
    assert b"".join(only_utf8(application)(environ, lambda *told: said.append(told)))
    return said[0][0]


@pytest.mark.parametrize("name", ["rot13", "hex", "idna", "utf-7", "latin-1", "utf-16", "nothing", "\x00"])
def test_it_reads_no_other_encoding(name):
    assert status_of(f"text/plain; charset={name}") == "400 Bad Request"


def test_it_reads_no_header_in_an_encoding_that_there_is_not():
    assert status_of("text/plain; name*=nothing''%41") == "400 Bad Request"


@pytest.mark.parametrize("told", READ)
def test_it_reads_what_is_utf8_or_says_nothing_of_it(told):
    assert status_of(told) == "200 OK"
