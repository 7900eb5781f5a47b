"""What every public view shares: its market, its language, and headers that let it be cached."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.chrome import gate, privacy
from portal.chrome.models import Market
from portal.lib import caching, language
from portal.lib.access import from_own_pages, marked, slug_or_none, visitor_form
from portal.lib.prepared import Prepared
from portal.lib.wholepages.parts import parts

PublicView = Callable[..., HttpResponse]

_of_code = Prepared(lambda code: Market.objects.with_chrome().filter(code=code), str)


class Crumb(NamedTuple):
    """One step of a breadcrumb; the last one, the page itself, has no address."""

    label: str
    address: str = ""


def public_page(view: PublicView) -> PublicView:
    """Makes `view(request, market, ...)` a page of one market, read only, the same bytes for every visitor.

    Where the market has a gate, visitors get the page once they passed it.
    """
    return _page(view, gated=True)


def open_page(view: PublicView) -> PublicView:
    """As `public_page`, before the gate: for legal texts, privacy choices, and whatever safety must not wait for."""
    return _page(view, gated=False)


def public_form(view: PublicView) -> PublicView:
    """As `open_page` for GET; a POST must come from this site's own pages, and its answer is never cached."""

    @visitor_form
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, market: str, **kwargs: Any) -> HttpResponse:
        return _in_market(view, request, market, kwargs, gated=False)

    return marked(page, "visitors")


def hands_back(foreign: PublicView) -> Callable[[PublicView], PublicView]:
    """Answers what a page that is not ours sent with `foreign`, which shows it again and stores nothing.

    A page kept in a file, or seen through a translator, sends such forms; their words are somebody's work.
    """

    def decorate(view: PublicView) -> PublicView:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, market: str) -> HttpResponse:
            if request.method != "POST" or from_own_pages(request):
                return view(request, market)
            found = _market(market)
            with within(request, found):
                response = foreign(request, found)
            response["Cache-Control"] = "no-store"
            return response

        return guarded

    return decorate


def _page(view: PublicView, *, gated: bool) -> PublicView:
    @require_http_methods(["GET", "HEAD"])
    @wraps(view)
    def page(request: HttpRequest, market: str, **kwargs: Any) -> HttpResponse:
        return _in_market(view, request, market, kwargs, gated=gated)

    return marked(page, "visitors")


def _in_market(
    view: PublicView, request: HttpRequest, code: str, kwargs: dict[str, Any], *, gated: bool
) -> HttpResponse:
    market = _market(code)
    with within(request, market):
        return _answered(view, request, market, kwargs, gated=gated)


def _answered(
    view: PublicView, request: HttpRequest, market: Market, kwargs: dict[str, Any], *, gated: bool
) -> HttpResponse:
    gated = gated and market.has_gate
    if gated and not gate.passes(request, market):
        return gate.closed(request, market)
    response = view(request, market, **kwargs)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    # A view that knows more of its page, such as when it changed, has said how it may be kept.
    if "Cache-Control" not in response:
        response = caching.public(request, response)
    return gate.private(response) if gated else response


def _market(code: str) -> Market:
    """The market of an address, with all that surrounds its pages. Raises Http404."""
    market = parts.of(("market", code), lambda: _of_code.first(code))
    if market is None:
        raise Http404("There is no such market.")
    return market


@contextmanager
def within(request: HttpRequest, market: Market) -> Iterator[None]:
    """Makes the page that answers `request` one of `market`: its surroundings, its words, dates and times."""
    request.market = market  # type: ignore[attr-defined]
    language.learn(market.code, market.language_tag)
    with language.spoken(market.language_tag), timezone.override(ZoneInfo(market.time_zone)):
        yield


def nearest_market(path: str) -> Market | None:
    """The market that `path` begins with, else the default one; None while there is no market."""
    code = slug_or_none(path.strip("/").partition("/")[0])
    markets = Market.objects.with_chrome()
    return (markets.filter(code=code).first() if code else None) or markets.default().first()


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the market whose page this is, and whether the browser sent Global Privacy Control."""
    market = getattr(request, "market", None)
    return {"market": market, "signal": privacy.has_signal(request)} if market else {}
