"""The page of search results."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from faq.models import Drug
from faq.search import content_ids, engine, log, showing
from faq.search.asking import Asking, read
from faq.search.results import Results
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, public_page
from portal.lib import caching, ratelimit


@public_page
def search(request: HttpRequest, market: Market) -> HttpResponse:
    """Answers for what the visitor asks, in one drug or in all; a content ID leads straight to its answer.

    A script that shows results while somebody types is given these alone.
    """
    asking = read(request.GET)
    is_typing = request.headers.get("X-Fragment") == "results"
    response = _answered(request, market, asking, is_typing)
    if is_typing:
        # Else a browser that goes back would take this for the page at the same address.
        response["Cache-Control"] = "no-store"
        response["X-Fragment"] = "results"
    elif asking.text:
        # Each search is noted here, so nobody else may answer it; a browser that goes back may, and notes nothing.
        response["Cache-Control"] = "private, no-cache"
    else:
        response = caching.public(request, response)
    patch_vary_headers(response, ["X-Fragment"])
    return response


def _answered(request: HttpRequest, market: Market, asking: Asking, is_typing: bool) -> HttpResponse:
    template = "search/_found.html" if is_typing else "search/search.html"
    drug = _drug(market, asking.drug)
    context: dict[str, Any] = {"text": asking.text, "drug": drug, "crumbs": [Crumb(_("Search"))]}
    faq = content_ids.find(asking.text, market)
    if faq and not is_typing:
        return HttpResponseRedirect(reverse("permanent", args=[market.code, faq.content_id]))
    if faq:
        context["named"] = faq
    elif asking.text:
        results = _found(asking, market, drug)
        if not is_typing and asking.is_new and _is_asked_by_somebody(request):
            log.asked(asking.text, market, drug, total=results.total, answered=results.is_answered)
        context |= {"results": results, **showing.context(asking, results, drug)}
    return render(request, template, context)


def _drug(market: Market, slug: str) -> Drug | None:
    drugs = Drug.objects.ever_answered().filter(market=market, slug=slug).select_related("market")
    return drugs.first() if slug else None


def _found(asking: Asking, market: Market, drug: Drug | None) -> Results:
    return engine.search(
        asking.text,
        market,
        drug,
        page=asking.page,
        narrowing=asking.narrowing,
        exact=asking.exact,
        everywhere=asking.everywhere,
    )


def _is_asked_by_somebody(request: HttpRequest) -> bool:
    """Whether a person waits for the page, as far as one can tell, from an address that does not ask all the time."""
    is_guess = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return request.method == "GET" and not is_guess and ratelimit.search_log(request)
