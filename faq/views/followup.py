"""What may be said below a vote: why it was given, in words, and whether somebody shall write back.

Words may report harm. So whatever keeps them from being stored, they are shown again, with where else to take them.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faq import vote_tokens, voting
from faq.forms import RemarkForm
from faq.models import Faq, Feedback, Reason
from faq.models.feedback import LONGEST_REMARK
from portal.chrome.models import Market
from portal.chrome.pages import Crumb
from portal.lib import ratelimit


@dataclass(frozen=True)
class Held:
    """What a visitor typed that is not stored, and why not."""

    text: str = ""
    reasons: tuple[str, ...] = ()
    refusal: str = ""
    status: HTTPStatus = HTTPStatus.OK


def opened(request: HttpRequest, market: Market) -> HttpResponse:
    """The page that a vote led to."""
    token = request.GET["vote"]
    vote, is_expired = _own(market, token)
    if vote is None:
        return HttpResponseRedirect(market.get_absolute_url())
    return _given_back(request, vote, _expired()) if is_expired else asked(request, vote, token)


def received(request: HttpRequest, market: Market) -> HttpResponse:
    """Takes what a visitor says below their own vote, or another answer in place of it."""
    token, typed = request.POST["vote"], _typed(request)
    vote, is_expired = _own(market, token)
    if vote is None:
        return _given_back(request, None, _unknown(typed))
    if is_expired:
        return _given_back(request, vote, _expired(typed))
    # Anything else there is no answer, and must not become a "no".
    if request.POST.get("satisfied") in ("yes", "no"):
        return _changed(request, vote, token, typed)
    return _explained(request, vote, token, typed)


def from_elsewhere(request: HttpRequest, market: Market) -> HttpResponse:
    """Shows what a page outside this site sent, to be read and sent from here."""
    token, typed = request.POST.get("vote", ""), _typed(request)
    vote, is_expired = _own(market, token)
    if vote is None or is_expired:
        return _given_back(request, vote, _unknown(typed))
    words = _(
        "Your text came from a page outside this site, perhaps a saved copy. "
        "It is below as it arrived; please read it and send it from here."
    )
    return asked(request, vote, token, Held(typed.text, typed.reasons, words, HTTPStatus.FORBIDDEN))


def asked(request: HttpRequest, vote: Feedback, token: str, held: Held | None = None) -> HttpResponse:
    """The form below a vote. It never shows what is stored: somebody at the same address may have written that."""
    held = held or Held()
    context = {
        "vote": vote,
        "faq": vote.version.faq,
        "token": token,
        "reasons": [(reason, reason in held.reasons) for reason in Reason.of(vote.satisfied)],
        "text": held.text,
        "refusal": held.refusal,
        "longest": LONGEST_REMARK,
    }
    return _rendered(request, "faq/feedback_followup.html", "faq/_feedback_followup.html", context, held.status)


def thanks(request: HttpRequest, faq: Faq, *, is_stored: bool = True) -> HttpResponse:
    """Leads to the thanks for what was said of the answer to `faq`, or for a vote that was only counted."""
    if request.headers.get("X-Fragment"):
        return thanked(request, faq, is_stored=is_stored)
    said = {"thanks": vote_tokens.of_thanks(faq), **({} if is_stored else {"counted": "1"})}
    return HttpResponseRedirect(f"{reverse('feedback', args=[faq.market.code])}?{urlencode(said)}")


def thanked(request: HttpRequest, faq: Faq, *, is_stored: bool) -> HttpResponse:
    context = {"faq": faq, "is_stored": is_stored}
    return _rendered(request, "faq/feedback_thanks.html", "faq/_feedback_thanks.html", context)


def _changed(request: HttpRequest, vote: Feedback, token: str, typed: Held) -> HttpResponse:
    if not ratelimit.feedback(request):
        return asked(request, vote, token, _too_many(typed))
    changed = voting.change(vote, satisfied=request.POST["satisfied"] == "yes")
    # What was typed so far goes on, but for reasons of the other answer.
    return asked(request, changed, token, Held(text=typed.text))


def _explained(request: HttpRequest, vote: Feedback, token: str, typed: Held) -> HttpResponse:
    form = RemarkForm(typed.text)
    if not form.is_valid():
        return asked(request, vote, token, _too_long(typed))
    if not ratelimit.remark(request):
        return asked(request, vote, token, _too_many(typed))
    try:
        remark = voting.explain(
            vote,
            reasons=typed.reasons,
            text=form.cleaned_data["text"],
            address=ratelimit.client_address(request),
        )
    except voting.TooManyRemarks:
        return _given_back(request, vote, _enough(typed))
    if "contact" in request.POST:
        wish = urlencode({"feedback": vote_tokens.of_wish(vote.version.faq, remark)})
        return HttpResponseRedirect(f"{reverse('contact', args=[vote.version.faq.market.code])}?{wish}")
    return thanks(request, vote.version.faq)


def _own(market: Market, token: str) -> tuple[Feedback | None, bool]:
    """The vote that its visitor was given `token` for, and whether it is too late to say more.

    Its version may have been replaced or withdrawn since.
    """
    named = vote_tokens.vote_of(token)
    if named is None:
        return None, False
    votes = Feedback.objects.select_related("version__faq__drug", "version__faq__market")
    return votes.filter(pk=named.number, version__faq__market=market).first(), named.is_expired


def _typed(request: HttpRequest) -> Held:
    return Held(RemarkForm(request.POST.get("text", "")).typed, tuple(request.POST.getlist("reasons")))


def _given_back(request: HttpRequest, vote: Feedback | None, held: Held) -> HttpResponse:
    context = {"text": held.text, "refusal": held.refusal, "faq": vote.version.faq if vote else None}
    return _rendered(request, "faq/feedback_refused.html", None, context, held.status)


def _unknown(typed: Held) -> Held:
    words = _("What you sent does not say which vote it belongs to, so nothing was stored.")
    return Held(typed.text, typed.reasons, words, HTTPStatus.FORBIDDEN)


def _expired(typed: Held | None = None) -> Held:
    words = _("You voted more than a day ago, so nothing more can be added to that vote. Nothing was stored now.")
    return Held(typed.text if typed else "", (), words, HTTPStatus.GONE)


def _enough(typed: Held) -> Held:
    words = _("You have written as often below this vote as one can, so this text was not stored.")
    return Held(typed.text, typed.reasons, words, HTTPStatus.CONFLICT)


def _too_many(typed: Held) -> Held:
    words = _("Many forms came from your network in the last hour, so this one was not stored.")
    return Held(typed.text, typed.reasons, words, HTTPStatus.TOO_MANY_REQUESTS)


def _too_long(typed: Held) -> Held:
    over = len(typed.text.strip()) - LONGEST_REMARK
    words = ngettext(
        "Your text is %(over)s character too long, so nothing was stored yet. Please shorten it.",
        "Your text is %(over)s characters too long, so nothing was stored yet. Please shorten it.",
        over,
    )
    return Held(typed.text, typed.reasons, words % {"over": over}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _rendered(
    request: HttpRequest, page: str, part: str | None, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page, or the part of it that a script puts in place of the question; what is refused is always a page."""
    if part and status == HTTPStatus.OK and request.headers.get("X-Fragment"):
        return render(request, part, context)
    return render(request, page, {**context, "crumbs": [Crumb(_("Your feedback"))]}, status=status)
