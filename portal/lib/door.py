"""What stands between a server and Django, for every server alike."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.lib.encodings import Application, only_utf8
from portal.lib.wholepages.revision import revision
from portal.lib.wholepages.serving import WholePages


def application() -> Application:
    """The portal as a WSGI application."""
    inner = alone(only_utf8(get_wsgi_application()))
    room = settings.PAGE_MEMORY
    return WholePages(inner, revision, room) if room else inner


def alone(application: Application) -> Application:
    """`application`, which is told of the request alone.

    Some servers add what the process was started with: passwords, which a report of an error would show, and
    HTTP_PROXY, which reads like a header.
    """
    started_with = tuple(os.environ.items())

    def told(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        for name, value in started_with:
            if environ.get(name) == value:
                del environ[name]
        return application(environ, start_response)

    return told
