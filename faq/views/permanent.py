"""The lasting link of an answer, as printed documents and copied citations carry it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from faq.answering import information_crumb
from faq.models import Faq, FaqVersion
from faq.models.workflow import Status
from faq.views.withdrawn import gone
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, public_page
from portal.lib import caching


@public_page
def permanent(request: HttpRequest, market: Market, content_id: str) -> HttpResponse:
    """Leads to where the answer is today; whoever comes with an older `?version=` is first told what changed since."""
    faqs = Faq.objects.ever_answered().select_related("market", "drug__market", "drug__category__market")
    faq = get_object_or_404(faqs, market=market, content_id=content_id)
    history = list(faq.versions.history())
    current = next((version for version in history if version.status == Status.PUBLISHED), None)
    if current is None:
        return gone(request, market, faq.number)
    asked = request.GET.get("version")
    held = next((version for version in history if str(version.number) == asked), current)
    if held.number >= current.number:
        return HttpResponseRedirect(faq.get_absolute_url())
    return _outdated(request, faq, held, [version for version in history if held.number < version.number])


def _outdated(request: HttpRequest, faq: Faq, held: FaqVersion, later: list[FaqVersion]) -> HttpResponse:
    current = later[-1]
    drug = faq.drug
    context = {
        "faq": faq,
        "drug": drug,
        "held": held,
        "later": later,
        "current": current,
        "noindex": True,
        "crumbs": [
            information_crumb(faq.market),
            Crumb(drug.category.name, drug.category.get_absolute_url()),
            Crumb(drug.name, drug.get_absolute_url()),
            Crumb(current.question, faq.get_absolute_url()),
        ],
    }
    return caching.public(request, render(request, "faq/outdated.html", context), changed=current.published_at)
