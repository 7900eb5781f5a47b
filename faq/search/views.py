"""The page of search results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from faq.models import Drug
from faq.search import engine
from faq.search.query import clean
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, public_page
from portal.lib.access import slug_or_none


@public_page
def search(request: HttpRequest, market: Market) -> HttpResponse:
    """Answers for what the visitor typed, in one drug or in all."""
    text = clean(request.GET.get("q", ""))
    slug = slug_or_none(request.GET.get("drug", ""))
    drug = (
        Drug.objects.ever_answered().filter(market=market, slug=slug).select_related("market").first() if slug else None
    )
    page = request.GET.get("page", "1")
    results = engine.search(text, market, drug, int(page) if page.isdecimal() and len(page) < 4 else 1)
    context = {"text": text, "drug": drug, "results": results, "crumbs": [Crumb(_("Search"))]}
    return render(request, "search/search.html", context)
