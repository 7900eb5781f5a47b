"""The page between a link and a site that the organisation does not run, and the same notice for a dialog."""

from functools import wraps
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from portal.chrome.models import Market
from portal.chrome.pages import Crumb, PublicView, open_page
from portal.leaving import links
from portal.leaving.models import ExternalSite, LeavingNotice
from portal.lib.addresses import is_web

FRAGMENT = "X-Fragment"


def tells_no_other_site(view: PublicView) -> PublicView:
    """The address of `view`, which says where the visitor came from, stays on this site, whatever is followed there.

    A 304 has to say so too: browsers keep its headers in place of those that came with the page.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        return response

    return page


@tells_no_other_site
@open_page
def leaving(request: HttpRequest, market: Market) -> HttpResponse:
    """Says what lies beyond a link, and offers to go on or to return.

    Open before a market's gate, for legal texts and the way to report an adverse event link to other sites as well.
    """
    try:
        destination = links.destination(request.GET.get("to", ""))
    except (BadSignature, ValueError):
        return _refused(request)
    if not is_web(destination.url):
        return _refused(request)
    if links.is_own(destination.url):
        return HttpResponseRedirect(destination.url)
    notice = LeavingNotice.objects.for_host(market, destination.host)
    title = notice.title.replace("{site_name}", market.site_name)
    site = ExternalSite.objects.filter(host=destination.host).first()
    context = {"notice": notice, "title": title, "destination": destination, "site": site, "crumbs": [Crumb(title)]}
    return _notice(request, context)


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "leaving/refused.html", {"crumbs": []}, status=400)


def _notice(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page; to a script that asks for the fragment, what the page says without all that surrounds it.

    Both have one address. Caches that heed Vary keep them apart; some proxies do not, so the fragment is kept by none:
    nobody who opens the page may get a piece of it.
    """
    in_dialog = FRAGMENT in request.headers
    template = "leaving/_notice.html" if in_dialog else "leaving/leaving.html"
    response = render(request, template, {**context, "in_dialog": in_dialog})
    patch_vary_headers(response, [FRAGMENT])
    if in_dialog:
        response["Cache-Control"] = "no-store"
    return response
