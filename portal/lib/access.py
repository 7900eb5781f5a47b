"""Says who may call a view, and guards forms on pages that carry no token."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])


def marked(view: AnyView, access: str) -> AnyView:
    """`view` with a note of who may call it, which a test reads over all addresses."""
    view.access = access  # type: ignore[attr-defined]
    return view


def for_machines(view: View) -> View:
    """Marks a view that monitoring, crawlers and browsers call by themselves; it shows no content of a market."""
    return marked(view, "machines")


def from_own_pages(request: HttpRequest) -> bool:
    """True when the browser says that a page of this site sent the form.

    Public pages are the same for everyone and so hold no token. Every current browser sends Sec-Fetch-Site with a
    form, older ones send Origin, the oldest Referer; a request with none of them comes from no browser that carries
    somebody's rights.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    return sender is None or _host(sender) == request.get_host()


def _host(address: str) -> str:
    """The host that an address names; "" where it is none that can be read."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def visitor_form(view: View) -> View:
    """Lets a public page's form through where it came from this site, and answers 403 where it did not."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not from_own_pages(request):
            raise PermissionDenied("This form was sent from another site.")
        return view(request, *args, **kwargs)

    return guarded


def slug_or_none(value: str) -> str | None:
    """`value` where it has the form of a slug; None for anything else, which no row can have."""
    return value if re.fullmatch(r"[-a-zA-Z0-9_]{1,120}", value) else None
