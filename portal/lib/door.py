"""What stands between a server and Django, for every server alike."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.lib.encodings import only_utf8
from portal.lib.wholepages.revision import revision
from portal.lib.wholepages.serving import WholePages

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application() -> Application:
    """The portal as a WSGI application."""
    inner = only_utf8(get_wsgi_application())
    room = settings.PAGE_MEMORY
    return WholePages(inner, revision, room) if room else inner
