"""What a search field fetches while somebody types in it."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from faq.models import Drug
from faq.search.suggest import suggest as suggested
from portal.chrome.models import Market
from portal.chrome.pages import public_page
from portal.lib.access import slug_or_none


@public_page
def suggest(request: HttpRequest, market: Market) -> HttpResponse:
    """Suggestions for what was typed so far, in one drug or in all; the text itself is kept nowhere.

    A drug that is not known is passed over, as the page of results does, which searches everywhere then.
    """
    slug = slug_or_none(request.GET.get("drug", ""))
    drug = Drug.objects.ever_answered().filter(market=market, slug=slug).first() if slug else None
    found = suggested(request.GET.get("q", ""), market, drug)
    response = JsonResponse({"suggestions": [suggestion._asdict() for suggestion in found]})
    response["X-Robots-Tag"] = "noindex"
    return response
