"""Takes a visitor's yes or no to "are you satisfied with this content?"."""

from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from faq import voting
from faq.forms import FeedbackForm
from faq.models import Drug, FaqVersion, Feedback
from faq.search import log
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, public_form
from portal.lib import daysalt, ratelimit
from portal.lib.access import slug_or_none

_signer = Signer(salt="faq.feedback")


def sign(version: FaqVersion) -> str:
    """The field of the form that binds a vote to the version that the visitor sees."""
    return _signer.sign(str(version.pk))


@public_form
def feedback(request: HttpRequest, market: Market) -> HttpResponse:
    """Stores a vote on the published version that it names; GET is where a stored vote is thanked for."""
    if request.method != "POST":
        return _thanks(request, market)
    version = _version(request.POST.get("version", ""), market)
    if version is None:
        return _refused(request, "faq/feedback_outdated.html", 409)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _refused(request, "faq/feedback_invalid.html", 422, version)
    if not ratelimit.feedback(request):
        return _refused(request, "chrome/429.html", 429)
    vote = voting.vote(version, _ballot(request, form.cleaned_data["satisfied"] == "yes"))
    if vote and (searched := request.POST.get("searched", "")):
        _note_search(request, vote, searched)
    return _accepted(request, market, version)


def _ballot(request: HttpRequest, satisfied: bool) -> voting.Ballot:
    return voting.Ballot(satisfied, daysalt.visitor(request), daysalt.origin(request))


def _note_search(request: HttpRequest, vote: Feedback, searched: str) -> None:
    """Notes with the search that led to the answer, where the page's script knows it, whether it satisfied."""
    faq, slug = vote.version.faq, slug_or_none(request.POST.get("searched_in", ""))
    drug = Drug.objects.ever_answered().filter(market=faq.market, slug=slug).first() if slug else None
    log.judged(searched, faq.market, drug, faq, satisfied=vote.satisfied)


def _version(signed: str, market: Market) -> FaqVersion | None:
    """The published version that a signed field names, or None."""
    try:
        number = int(_signer.unsign(signed))
    except (BadSignature, ValueError):
        return None
    return FaqVersion.objects.for_page(market).filter(pk=number).first()


def _accepted(request: HttpRequest, market: Market, version: FaqVersion) -> HttpResponse:
    if request.headers.get("X-Fragment"):
        return render(request, "faq/_feedback_thanks.html")
    address = reverse("feedback", args=[market.code])
    return HttpResponseRedirect(f"{address}?{urlencode({'answer': sign(version)})}")


def _thanks(request: HttpRequest, market: Market) -> HttpResponse:
    signed = request.GET.get("answer", "")
    try:
        _signer.unsign(signed)
    except BadSignature:
        # Only who has just voted is told that the vote was stored.
        return HttpResponseRedirect(market.get_absolute_url())
    context = {"version": _version(signed, market), "crumbs": [Crumb(_("Your feedback"))]}
    return render(request, "faq/feedback_thanks.html", context)


def _refused(request: HttpRequest, template: str, status: int, version: FaqVersion | None = None) -> HttpResponse:
    return render(request, template, {"version": version, "crumbs": []}, status=status)
