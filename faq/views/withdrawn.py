"""What stands at the address of an answer that was withdrawn: that it was, and the way on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from faq.answering import information_crumb
from faq.models import Faq, FaqVersion
from portal.chrome.models import Market
from portal.chrome.pages import Crumb

NEAREST = 5


def gone(request: HttpRequest, market: Market, number: int) -> HttpResponse:
    """410 with the way on for an answer that was withdrawn; 404 for one that never was. Its wording stays unsaid."""
    faqs = Faq.objects.withdrawn().filter(market=market, number=number)
    faq = faqs.select_related("drug__market", "drug__category").first()
    if faq is None:
        raise Http404("No answer has this number.")
    answers, other = FaqVersion.objects.for_list(market), faq.replacement
    replacement = answers.filter(faq=other).first() if other else None
    context = {
        "faq": faq,
        "drug": faq.drug,
        "replacement": replacement,
        "nearest": [] if replacement else answers.nearest_to(faq)[:NEAREST],
        "crumbs": [information_crumb(market), Crumb(faq.drug.name, faq.drug.get_absolute_url())],
    }
    return render(request, "faq/withdrawn.html", context, status=410)
