"""The bare address, the pages of text, robots.txt, and the pages for errors."""

from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.chrome.models import OWN_ADDRESS, Market, Page
from portal.chrome.pages import Crumb, public_page
from portal.lib.access import for_machines

SAFETY = "report-safety"


@for_machines
@require_safe
def front(_request: HttpRequest) -> HttpResponse:
    """Leads the bare address to the default market."""
    market = Market.objects.default().first()
    if market is None:
        return HttpResponse(render_to_string("chrome/empty.html"), status=503)
    return HttpResponseRedirect(market.get_absolute_url())


@public_page
def page(request: HttpRequest, market: Market, slug: str) -> HttpResponse:
    """A text of the site itself."""
    found = Page.objects.filter(market=market, slug=slug).first()
    if found is None and slug == SAFETY:
        # Every page of every market leads here, so it says the least that it must even before somebody wrote it.
        found = Page(market=market, slug=slug, title=_("Report a safety event"))
    if found is None:
        raise Http404("This market has no such page.")
    if slug in OWN_ADDRESS and request.path != found.get_absolute_url():
        return HttpResponseRedirect(found.get_absolute_url())
    context = {"page": found, "crumbs": [Crumb(found.title)], "needs_safety_notice": slug == SAFETY}
    return render(request, "chrome/page.html", context)


@for_machines
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tells crawlers where not to go and where the sitemap is."""
    address = request.build_absolute_uri(reverse("sitemap-index"))
    return render(request, "chrome/robots.txt", {"sitemap": address}, content_type="text/plain; charset=utf-8")


@for_machines
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says so in the market's own page, with a search."""
    return _error(request, "chrome/404.html", 404)


@for_machines
def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself was broken or too large."""
    return HttpResponse(render_to_string("chrome/400.html"), status=400)


@for_machines
def forbidden(_request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403: somebody signed in lacks the right, or a form came from elsewhere."""
    return HttpResponse(render_to_string("chrome/403.html"), status=403)


@for_machines
def server_error(_request: HttpRequest) -> HttpResponse:
    """500: a plain page that needs nothing which may be broken."""
    return HttpResponse(render_to_string("chrome/500.html"), status=500)


def _error(request: HttpRequest, template: str, status: int) -> HttpResponse:
    try:
        market = _nearest_market(request)
    except DatabaseError:
        market = None
    if market is None:
        return HttpResponse(render_to_string("chrome/404_plain.html"), status=status)
    request.market = market  # type: ignore[attr-defined]
    with translation.override(market.language_tag), timezone.override(ZoneInfo(market.time_zone)):
        return render(request, template, {"crumbs": []}, status=status)


def _nearest_market(request: HttpRequest) -> Market | None:
    code = request.path.strip("/").partition("/")[0]
    markets = Market.objects.with_chrome()
    fitting = markets.filter(code=code).first() if code.isidentifier() or code.replace("-", "").isalnum() else None
    return fitting or markets.default().first()
