"""The page between a link and a site that the organisation does not run."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from portal.chrome.models import Market
from portal.chrome.pages import Crumb, public_page
from portal.leaving import links
from portal.leaving.models import LeavingNotice


@public_page
def leaving(request: HttpRequest, market: Market) -> HttpResponse:
    """Says what lies beyond a link, and offers to go on or to return."""
    try:
        destination = links.destination(request.GET.get("to", ""))
    except (BadSignature, ValueError):
        return render(request, "leaving/refused.html", {"crumbs": []}, status=400)
    if links.is_own(destination.url):
        return HttpResponseRedirect(destination.url)
    notice = LeavingNotice.objects.for_host(market, destination.host)
    title = notice.title.replace("{site_name}", market.site_name)
    context = {"notice": notice, "title": title, "destination": destination, "crumbs": [Crumb(title)]}
    return render(request, "leaving/leaving.html", context)
