"""What the sender of a report adds to it later, on the page that acknowledges it; and why it may be refused."""

from datetime import timedelta
from http import HTTPStatus
from typing import NamedTuple

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.chrome.models import Market
from portal.chrome.pages import Crumb
from portal.contact import handling
from portal.contact.forms import ReportForm
from portal.contact.models import Inquiry
from portal.lib import ratelimit

# For so long after the report its sender may add to it without a call.
OPEN = timedelta(days=3)

_signer = signing.TimestampSigner(salt="portal.contact")


class Case(NamedTuple):
    """An inquiry, and the signed case number by which its sender names it."""

    inquiry: Inquiry
    signed: str
    is_expired: bool


class Refusal(NamedTuple):
    """Why an addition was not stored; its words are shown again, and may be sent again where that can help."""

    status: HTTPStatus
    words: str
    may_be_sent: bool


def acknowledged(request: HttpRequest, market: Market) -> HttpResponse:
    """The page that an inquiry led to; for a report of which little is known, with a form for the rest."""
    case = _case(market, request.GET["case"])
    if case is None:
        return _to_form(market)
    if not case.inquiry.may_be_completed:
        return _thanks(request, case, None)
    return _thanks(request, case, None if case.is_expired else ReportForm(instance=case.inquiry))


def completed(request: HttpRequest, market: Market, *, is_foreign: bool = False) -> HttpResponse:
    """Takes what the sender of a report knows beyond its description, once.

    `is_foreign` says that a page outside this site sent it: nothing is stored, and it is shown to be sent from here.
    """
    case = _case(market, request.POST["case"])
    if case is None:
        return _to_form(market)
    # Asked first, for the form writes what it takes into the inquiry.
    was_added = not case.inquiry.may_be_completed
    form = ReportForm(request.POST, instance=case.inquiry)
    if was_added and not form.has_changed():
        # The button was pressed twice.
        return to_acknowledgement(case.inquiry)
    refusal = _refusal(case, was_added=was_added, is_foreign=is_foreign)
    if refusal or not form.is_valid():
        return _thanks(request, case, form, refusal)
    if not ratelimit.report_addition(request):
        return _thanks(request, case, form, _too_many(market))
    address = ratelimit.client_address(request)
    if not handling.complete(case.inquiry, form.cleaned_data, address=address):
        return _thanks(request, case, form, _added_already(market))
    return to_acknowledgement(case.inquiry)


def to_acknowledgement(inquiry: Inquiry) -> HttpResponse:
    address = reverse("contact", args=[inquiry.market.code])
    return HttpResponseRedirect(f"{address}?case={_signer.sign(inquiry.case_number)}")


def _refusal(case: Case, *, was_added: bool, is_foreign: bool) -> Refusal | None:
    market = case.inquiry.market
    if was_added:
        return _added_already(market)
    if case.is_expired:
        words = _("This page is more than three days old. Your text is still below; please call %(phone)s.")
        return Refusal(HTTPStatus.GONE, words % {"phone": market.safety_phone}, may_be_sent=False)
    if is_foreign:
        words = _(
            "Your text came from a page outside this site, perhaps a saved copy. "
            "It is below as it arrived; please read it and send it from here."
        )
        return Refusal(HTTPStatus.FORBIDDEN, words, may_be_sent=True)
    return None


def _added_already(market: Market) -> Refusal:
    words = _("Something else was added to this report before. Your text is still below; please call %(phone)s.")
    return Refusal(HTTPStatus.CONFLICT, words % {"phone": market.safety_phone}, may_be_sent=False)


def _too_many(market: Market) -> Refusal:
    words = _(
        "Many forms came from your network in the last hour. "
        "Your text is still below; please try again later or call %(phone)s."
    )
    return Refusal(HTTPStatus.TOO_MANY_REQUESTS, words % {"phone": market.safety_phone}, may_be_sent=True)


def _thanks(request: HttpRequest, case: Case, form: ReportForm | None, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "inquiry": case.inquiry,
        "form": form,
        "refusal": refusal.words if refusal else "",
        "may_be_sent": refusal is None or refusal.may_be_sent,
        # As it was given: a fresh one would begin the three days anew with every look at the page.
        "case": case.signed,
        "is_closed": form is None and case.is_expired and case.inquiry.may_be_completed,
        "crumbs": [Crumb(_("Contact"), reverse("contact", args=[case.inquiry.market.code])), Crumb(_("Received"))],
    }
    mistaken = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.is_bound else HTTPStatus.OK
    response = render(request, "contact/thanks.html", context, status=refusal.status if refusal else mistaken)
    response["Cache-Control"] = "no-store"
    return response


def _to_form(market: Market) -> HttpResponse:
    return HttpResponseRedirect(reverse("contact", args=[market.code]))


def _case(market: Market, signed: str) -> Case | None:
    """The inquiry that its sender was given a signed case number of; None where we signed none such."""
    try:
        number = _signer.unsign(signed)
    except signing.BadSignature:
        return None
    inquiry = Inquiry.objects.filter(market=market, case_number=number).select_related("topic").first()
    if inquiry is None:
        return None
    # The market of the request knows its opening hours already.
    inquiry.market = inquiry.topic.market = market
    return Case(inquiry, signed, _is_expired(signed))


def _is_expired(signed: str) -> bool:
    try:
        _signer.unsign(signed, max_age=OPEN)
    except signing.SignatureExpired:
        return True
    return False
