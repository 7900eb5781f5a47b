"""The bare address, the pages of text, robots.txt, and the pages for errors."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.chrome import gate, sections
from portal.chrome.models import OWN_ADDRESS, Market, Page
from portal.chrome.pages import Crumb, nearest_market, open_page, public_form, within
from portal.lib import caching, plain
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


@open_page
def page(request: HttpRequest, market: Market, slug: str) -> HttpResponse:
    """A text of the site itself."""
    found = sections.find(market, slug)
    if found is None and slug == SAFETY:
        return render(request, "chrome/page.html", _unwritten_safety_page(market))
    if found is None:
        raise Http404("This market has no such page.")
    if slug in OWN_ADDRESS and request.path != found.get_absolute_url():
        return HttpResponseRedirect(found.get_absolute_url())
    if not found.is_open and not gate.passes(request, market):
        return gate.closed(request, market)
    response = render(request, "chrome/page.html", _page_context(found, request.GET.get("kind", "")))
    return response if found.is_open or not market.has_gate else gate.private(response)


def _page_context(found: Page, asked: str) -> dict[str, Any]:
    """`asked` is the one kind of resource that the visitor wants to see; anything else shows all."""
    groups = sections.groups(found)
    chosen = [group for group in groups if group.kind == asked]
    section = found.section
    return {
        "page": found,
        "crumbs": [*([Crumb(section.title, section.get_absolute_url())] if section else []), Crumb(found.title)],
        # Every market has a safety page, written or not; of the others those that somebody wrote.
        "alternates": None if found.slug == SAFETY else sections.addresses(found),
        "around": sections.around(found),
        "groups": groups,
        "shown": chosen or groups,
        "kind": asked if chosen else "",
        "needs_safety_notice": found.slug == SAFETY or not found.is_open,
        "is_safety_page": found.slug == SAFETY,
    }


def _unwritten_safety_page(market: Market) -> dict[str, Any]:
    """Every page of every market leads here, so it says the least that it must even before somebody wrote it."""
    page = Page(market=market, slug=SAFETY, title=_("Report a safety event"))
    return {"page": page, "crumbs": [Crumb(page.title)], "needs_safety_notice": True, "is_safety_page": True}


@public_form
def attest(request: HttpRequest, market: Market) -> HttpResponse:
    """Lets a visitor in who says to be a professional, and leads to the page that was asked for."""
    if request.method != "POST":
        return redirect(market) if gate.passes(request, market) else gate.closed(request, market)
    wanted = gate.way_in(market, request.POST.get("wanted", ""), request.get_host())
    response = HttpResponseRedirect(wanted)
    if market.gate == Market.Gate.ATTEST:
        gate.remember(response, market)
    return response


@for_machines
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tells crawlers where not to go and where the sitemap is."""
    address = request.build_absolute_uri(reverse("sitemap-index"))
    return render(request, "chrome/robots.txt", {"sitemap": address}, content_type="text/plain; charset=utf-8")


@for_machines
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself was broken or too large."""
    return plain.page(request, "chrome/400.html", 400)


@for_machines
def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403: somebody signed in lacks the right, or a form came from elsewhere."""
    return plain.page(request, "chrome/403.html", 403)


@for_machines
def server_error(request: HttpRequest) -> HttpResponse:
    """500: a plain page that needs nothing which may be broken."""
    return plain.page(request, "chrome/500.html", 500)


def missing(request: HttpRequest, offers: Callable[[HttpRequest, Market], dict[str, Any]]) -> HttpResponse:
    """404: says so in the page of the market that the address names, or of the default one.

    `offers` adds to the template's context what may help, in the market's language; it looks at the gate itself.
    """
    try:
        market = nearest_market(request.path)
    except DatabaseError:
        market = None
    if market is None:
        return plain.page(request, "chrome/404_plain.html", 404)
    with within(request, market):
        response = render(request, "chrome/404.html", {"crumbs": [], **offers(request, market)}, status=404)
    if market.has_gate:
        return gate.private(response)
    return caching.public(request, response)
