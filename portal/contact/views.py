"""The inquiry form, at one address with its acknowledgement."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from faq.models import Faq
from portal.chrome import gate
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, hands_back, public_form
from portal.contact import additions, handling, prefilling
from portal.contact.forms import InquiryForm
from portal.contact.models import Inquiry
from portal.lib import ratelimit
from portal.lib.access import slug_or_none

# What an address may say that a visitor typed or read; no proxy and no history keeps a page that repeats it.
TELLING = {"question", "about", "drug", "feedback"}


def _handed_back(request: HttpRequest, market: Market) -> HttpResponse:
    """Shows what came from a page that is not ours, to be read and sent from here."""
    if "case" in request.POST:
        return additions.completed(request, market, is_foreign=True)
    return _form(request, *_typed(request, market), status=HTTPStatus.FORBIDDEN)


@hands_back(_handed_back)
@public_form
def contact(request: HttpRequest, market: Market) -> HttpResponse:
    """Takes a visitor's question; after storing it, the same address acknowledges it with its case number."""
    if request.method == "POST":
        return additions.completed(request, market) if "case" in request.POST else _submitted(request, market)
    if "case" in request.GET:
        return additions.acknowledged(request, market)
    return _kept_as_it_may(request, market, _asked(request, market))


def _asked(request: HttpRequest, market: Market) -> HttpResponse:
    is_behind_gate = gate.passes(request, market)
    if wish := prefilling.wish(market, request.GET.get("feedback", "")):
        return _form(
            request,
            InquiryForm(market, initial=wish.initial(is_behind_gate=is_behind_gate), is_behind_gate=is_behind_gate),
            wish.about,
            came_from=wish.about.content_id,
        )
    about = _about(market, request.GET.get("about", ""))
    came_from = about.drug.slug if about and is_behind_gate else ""
    initial = {
        "topic": request.GET.get("topic", ""),
        "drug": slug_or_none(request.GET.get("drug", "")) or came_from,
        "question": request.GET.get("question", "").replace("\x00", "")[:1000],
    }
    return _form(request, InquiryForm(market, initial=initial, is_behind_gate=is_behind_gate), about)


def _kept_as_it_may(request: HttpRequest, market: Market, response: HttpResponse) -> HttpResponse:
    if TELLING & request.GET.keys():
        response["Cache-Control"] = "private, no-store"
    elif market.has_gate:
        # Whoever passed the gate sees more of it.
        gate.private(response)
    return response


def _submitted(request: HttpRequest, market: Market) -> HttpResponse:
    form, about = _typed(request, market)
    if not form.is_valid():
        return _form(request, form, about, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    inquiry = form.save(commit=False)
    allowed = ratelimit.safety_report if form.is_safety else ratelimit.contact_form
    if not handling.earlier(inquiry) and not allowed(request):
        return _form(request, form, about, status=HTTPStatus.TOO_MANY_REQUESTS)
    return additions.to_acknowledgement(handling.receive(inquiry, address=ratelimit.client_address(request)))


def _form(
    request: HttpRequest, form: InquiryForm, about: Faq | None, status: int = HTTPStatus.OK, came_from: str = ""
) -> HttpResponse:
    """The form; `came_from` is the content ID of an answer that the visitor has shown to have read."""
    # Before a gate the page does not say whether it knows the answer that the visitor came from.
    known = about.content_id if about else ""
    context = {
        "form": form,
        "about": known if form.is_behind_gate else came_from or _content_id(request),
        "about_address": about.get_absolute_url() if about and form.is_behind_gate else "",
        "too_many": status == HTTPStatus.TOO_MANY_REQUESTS,
        "foreign": status == HTTPStatus.FORBIDDEN,
        "crumbs": [Crumb(_("Contact"))],
    }
    return render(request, "contact/contact.html", context, status=status)


def _typed(request: HttpRequest, market: Market) -> tuple[InquiryForm, Faq | None]:
    """The form as a visitor filled it in, and the answer that they came from."""
    about = _about(market, request.POST.get("about", ""))
    inquiry = Inquiry(market=market, about=about)
    form = InquiryForm(market, request.POST, instance=inquiry, is_behind_gate=gate.passes(request, market))
    return form, about


def _content_id(request: HttpRequest) -> str:
    """The content ID that the visitor sent, if it has the form of one."""
    sent = (request.POST if request.method == "POST" else request.GET).get("about", "")
    return sent if re.fullmatch(r"[A-Za-z0-9_.-]{1,120}", sent) else ""


def _about(market: Market, content_id: str) -> Faq | None:
    """The answer that the visitor came from, where the address names one of this market; it may be withdrawn since."""
    known = content_id.replace("\x00", "")
    answered = Faq.objects.ever_answered().filter(market=market, content_id=known).select_related("drug")
    return answered.first() if known else None
