"""Hears from the page's script what its server cannot see: results shown while typing, and which of them was opened."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from faq.models import Drug, Faq
from faq.search import engine, log
from faq.search.query import clean
from portal.chrome import gate
from portal.chrome.models import Market
from portal.chrome.pages import public_form
from portal.lib import ratelimit
from portal.lib.access import slug_or_none


@public_form
@require_POST
def used(request: HttpRequest, market: Market) -> HttpResponse:
    """Notes a search that was made while typing (`live`), and the answer (`opened`, its number) that it led to.

    What was found is counted here, never believed: a script that says otherwise changes nothing.
    """
    if not gate.passes(request, market):
        return gate.closed(request, market)
    text = clean(request.POST.get("q", ""))
    if text and ratelimit.search_log(request):
        _note(request, market, text)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _note(request: HttpRequest, market: Market, text: str) -> None:
    slug, number = slug_or_none(request.POST.get("drug", "")), request.POST.get("opened", "")
    drug = Drug.objects.ever_answered().filter(market=market, slug=slug).first() if slug else None
    if request.POST.get("live") == "1":
        results = engine.search(text, market, drug)
        log.asked(text, market, drug, total=results.total, answered=results.is_answered)
    faq = _answered(market, number)
    if faq is not None:
        log.opened(text, market, drug, faq)


def _answered(market: Market, number: str) -> Faq | None:
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    return Faq.objects.answered().filter(market=market, number=number).first() if is_number else None
