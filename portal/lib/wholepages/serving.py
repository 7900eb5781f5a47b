"""The door of the portal: answers from memory what is kept, and lets Django answer everything else."""

import re
import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.conf import settings
from django.utils.http import parse_etags

from portal.lib.encodings import Application
from portal.lib.wholepages.keeping import Headers, Kept, Page
from portal.lib.wholepages.revision import Revision

Environ = dict[str, Any]

# A view sets it in its request's META: this page may be answered from memory.
MAY_BE_KEPT = "portal.may_be_kept"
# What a kept page may differ by, as it says itself; each has a place in its key.
KEYED = {"accept-encoding", "sec-gpc"}
# What a 304 repeats, by RFC 9110.
REPEATED = {"cache-control", "content-location", "date", "etag", "expires", "vary"}
# Hours open and close by the minute, and days begin with one: no page is kept beyond the minute it was made in.
MINUTE = 60
# As django.middleware.gzip decides.
_GZIP = re.compile(r"\bgzip\b")

NOT_MODIFIED = "304 Not Modified"
OK = "200 OK"


class WholePages:
    """A WSGI application around `application`: the outermost one, so that a kept page costs nothing but its search.

    Kept is only what says that everybody may keep it, sets no cookie, differs by nothing but what is in its key, and
    was made for a visitor who sent no cookie. It is answered to whoever is not signed in.

    Args:
        room: bytes of memory for pages without a query; an eighth of it holds those with one, for anybody can make up
            queries without end.
    """

    def __init__(self, application: Application, revision: Revision, room: int) -> None:
        self._application = application
        self._revision = revision
        self._plain = Kept(room)
        self._queried = Kept(room // 8)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or _is_signed_in(environ):
            return self._application(environ, start_response)
        revision = self._revision.now()
        if revision is None:
            return self._application(environ, start_response)
        key, kept = _key(environ), self._queried if environ.get("QUERY_STRING") else self._plain
        page = kept.get(key, revision, time.time())
        if page is None:
            return self._made(environ, start_response, kept, key, revision)
        answer = _answered(page, environ, start_response)
        return self._application(environ, start_response) if answer is None else answer

    def _made(
        self, environ: Environ, start_response: Callable[..., Any], kept: Kept, key: Hashable, revision: int
    ) -> Iterable[bytes]:
        """What the application answers, which is kept for the next visitor where it may be."""
        told: list[Any] = []
        began = time.time()

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            told[:] = [status, headers]
            return start_response(status, headers, *rest)

        answer = self._application(environ, start)
        status, headers = told
        if not (_may_be_kept(environ) and _is_for_everybody(status, headers)):
            return answer
        body = _whole(answer)
        until = (began // MINUTE + 1) * MINUTE
        kept.put(key, Page(headers, body, _value(headers, "etag"), until), revision)
        return [body]


def _answered(page: Page, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes] | None:
    """`page`, or 304 where the visitor has it; None where only Django can tell."""
    if asked := environ.get("HTTP_IF_NONE_MATCH"):
        if page.etag and _matches(asked, page.etag):
            start_response(NOT_MODIFIED, [pair for pair in page.headers if pair[0].lower() in REPEATED])
            return []
    elif "HTTP_IF_MODIFIED_SINCE" in environ or "HTTP_IF_MATCH" in environ or "HTTP_IF_UNMODIFIED_SINCE" in environ:
        return None
    start_response(OK, page.headers)
    return [page.body] if environ["REQUEST_METHOD"] == "GET" else []


def _may_be_kept(environ: Environ) -> bool:
    """Whether a view said so, of a page that it made for a visitor of whom it knew nothing."""
    return environ["REQUEST_METHOD"] == "GET" and "HTTP_COOKIE" not in environ and bool(environ.get(MAY_BE_KEPT))


def _is_for_everybody(status: str, headers: Headers) -> bool:
    """Whether the answer says of itself that it is a whole page, the same for all who ask as its key does."""
    told = {name.lower() for name, _ in headers}
    if status != OK or "set-cookie" in told or "public" not in _values(headers, "cache-control"):
        return False
    return _values(headers, "vary") <= KEYED


def _is_signed_in(environ: Environ) -> bool:
    return settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "")


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        # Django ends the request here, and gives its database connection back.
        getattr(answer, "close", bool)()


def _matches(asked: str, etag: str) -> bool:
    """Weak comparison, which is the one for If-None-Match."""
    named = parse_etags(asked)
    return named == ["*"] or etag.removeprefix("W/") in (each.removeprefix("W/") for each in named)


def _value(headers: Headers, name: str) -> str:
    return next((value for told, value in headers if told.lower() == name), "")


def _values(headers: Headers, name: str) -> set[str]:
    """The comma-separated values of the header `name`, in small letters."""
    found = (value for told, value in headers if told.lower() == name)
    return {part.strip().lower() for value in found for part in value.split(",") if part.strip()}


def _key(environ: Environ) -> tuple[object, ...]:
    """Everything that a page is made from, beside what the database and the settings hold."""
    return (
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO"),
        environ.get("HTTP_HOST"),
        environ.get("SERVER_NAME"),
        environ.get("SERVER_PORT"),
        environ.get("SCRIPT_NAME"),
        environ.get("PATH_INFO"),
        environ.get("QUERY_STRING"),
        bool(_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", ""))),
        environ.get("HTTP_SEC_GPC") == "1",
    )
