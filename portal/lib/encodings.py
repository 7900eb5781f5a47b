"""In which encoding visitors may send, for whoever stands between a server and Django."""

import codecs
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_REFUSAL = b"This portal reads UTF-8. Nothing was stored.\n"
_HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(_REFUSAL))),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
]


def only_utf8(application: Application) -> Application:
    """`application`, which is asked nothing that says it is encoded otherwise: the answer is 400.

    Django makes a request of it before anything of ours runs, and fails on names of codecs that are none of text,
    such as rot13.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _is_utf8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        start_response("400 Bad Request", _HEADERS)
        return [_REFUSAL]

    return guarded


def _is_utf8(content_type: str) -> bool:
    try:
        _media_type, told = parse_header_parameters(content_type)
        return codecs.lookup(told.get("charset", "utf-8")).name == "utf-8"
    except (LookupError, ValueError):
        return False
