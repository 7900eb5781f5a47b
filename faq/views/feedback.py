"""Takes a visitor's yes or no to "are you satisfied with this content?", and leads to what may be said below it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from faq import vote_tokens, voting
from faq.forms import FeedbackForm
from faq.models import Drug, Faq, FaqVersion, Feedback
from faq.views import followup
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, hands_back, public_form
from portal.lib import browsers, daysalt, ratelimit
from portal.lib.access import slug_or_none

FormView = Callable[[HttpRequest, Market], HttpResponse]
# What Django raises of a form that it does not read.
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def _read_whole(view: FormView) -> FormView:
    """Says so where a form is too large to be read; what its sender voted before is not touched."""

    @wraps(view)
    def guarded(request: HttpRequest, market: Market) -> HttpResponse:
        try:
            return view(request, market)
        except _TOO_LARGE:
            return _refused(request, "faq/feedback_too_large.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    return guarded


@_read_whole
def _from_elsewhere(request: HttpRequest, market: Market) -> HttpResponse:
    """Gives back the words that a page outside this site sent; a vote alone is refused."""
    if not request.POST.get("text", "").strip():
        raise PermissionDenied("This form was sent from another site.")
    return followup.from_elsewhere(request, market)


@hands_back(_from_elsewhere)
@public_form
@_read_whole
def feedback(request: HttpRequest, market: Market) -> HttpResponse:
    """Stores a vote on the published version that it names, or what is said below one; GET is where both lead to."""
    if request.method == "POST":
        return followup.received(request, market) if "vote" in request.POST else _voted(request, market)
    response = _led_to(request, market)
    response["Cache-Control"] = "no-store"
    return response


def _voted(request: HttpRequest, market: Market) -> HttpResponse:
    version = _version(request.POST.get("version", ""), market)
    if version is None:
        return _refused(request, "faq/feedback_outdated.html", HTTPStatus.CONFLICT)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _refused(request, "faq/feedback_invalid.html", HTTPStatus.UNPROCESSABLE_ENTITY, version)
    if not ratelimit.feedback(request):
        voting.turn_away(version, satisfied=form.is_satisfied)
        return _refused(request, "chrome/429.html", HTTPStatus.TOO_MANY_REQUESTS)
    return _answered(request, version, voting.vote(version, _ballot(request, version, form)))


def _answered(request: HttpRequest, version: FaqVersion, vote: Feedback | None) -> HttpResponse:
    """Asks why; only who has just voted is given the token of the vote."""
    if vote is None:
        return followup.thanks(request, version.faq, is_stored=False)
    if request.headers.get("X-Fragment"):
        return followup.asked(request, vote, vote_tokens.of_vote(vote))
    address = reverse("feedback", args=[version.faq.market.code])
    return HttpResponseRedirect(f"{address}?{urlencode({'vote': vote_tokens.of_vote(vote)})}")


def _ballot(request: HttpRequest, version: FaqVersion, form: FeedbackForm) -> voting.Ballot:
    digests = daysalt.recognise(request)
    agent = request.headers.get("User-Agent", "")
    searched = request.POST.get("searched", "")
    return voting.Ballot(
        form.is_satisfied,
        *digests,
        device=browsers.device(agent, request.headers.get("Sec-CH-UA-Mobile", "")),
        searched=searched,
        searched_in=_drug(request, version) if searched else None,
        suspicion=_suspicion(agent, form),
    )


def _suspicion(agent: str, form: FeedbackForm) -> str:
    """Why the vote looks like a program's before anybody looks at others."""
    if form.is_trapped:
        return Feedback.Suspicion.TRAP
    return Feedback.Suspicion.PROGRAM if browsers.is_program(agent) else ""


def _drug(request: HttpRequest, version: FaqVersion) -> Drug | None:
    slug = slug_or_none(request.POST.get("searched_in", ""))
    return Drug.objects.ever_answered().filter(market=version.faq.market, slug=slug).first() if slug else None


def _version(signed: str, market: Market) -> FaqVersion | None:
    """The published version that a signed field names, or None."""
    number = vote_tokens.version_of(signed)
    return FaqVersion.objects.for_page(market).filter(pk=number).first() if number is not None else None


def _led_to(request: HttpRequest, market: Market) -> HttpResponse:
    if "vote" in request.GET:
        return followup.opened(request, market)
    number = vote_tokens.thanked_for(request.GET.get("thanks", "")) or 0
    faq = Faq.objects.ever_answered().filter(market=market, pk=number).select_related("drug", "market").first()
    if faq is None:
        # Only who has just voted is told that the vote was stored.
        return HttpResponseRedirect(market.get_absolute_url())
    return followup.thanked(request, faq, is_stored="counted" not in request.GET)


def _refused(
    request: HttpRequest, template: str, status: HTTPStatus, version: FaqVersion | None = None
) -> HttpResponse:
    return render(request, template, {"version": version, "crumbs": [Crumb(_("Your feedback"))]}, status=status)
