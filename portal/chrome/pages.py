"""What every public view shares: its market, its language, and headers that let it be cached."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from portal.chrome.models import Market
from portal.lib import caching
from portal.lib.access import marked, visitor_form

PublicView = Callable[..., HttpResponse]


class Crumb(NamedTuple):
    """One step of a breadcrumb; the last one, the page itself, has no address."""

    label: str
    address: str = ""


def public_page(view: PublicView) -> PublicView:
    """Makes `view(request, market, ...)` a page for every visitor: read only, one market, same bytes for all."""

    @require_http_methods(["GET", "HEAD"])
    @wraps(view)
    def page(request: HttpRequest, market: str, **kwargs: Any) -> HttpResponse:
        return _in_market(view, request, market, kwargs)

    return marked(page, "visitors")


def public_form(view: PublicView) -> PublicView:
    """As `public_page` for GET; a POST must come from this site's own pages, and its answer is never cached."""

    @visitor_form
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, market: str, **kwargs: Any) -> HttpResponse:
        return _in_market(view, request, market, kwargs)

    return marked(page, "visitors")


def _in_market(view: PublicView, request: HttpRequest, code: str, kwargs: dict[str, Any]) -> HttpResponse:
    market = get_object_or_404(Market.objects.with_chrome(), code=code)
    request.market = market  # type: ignore[attr-defined]
    with translation.override(market.language_tag), timezone.override(ZoneInfo(market.time_zone)):
        response = view(request, market, **kwargs)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    # A view that knows more of its page, such as when it changed, has said how it may be kept.
    return response if "Cache-Control" in response else caching.public(request, response)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the market whose page this is."""
    market = getattr(request, "market", None)
    return {"market": market} if market else {}
