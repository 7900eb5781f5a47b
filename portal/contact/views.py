"""The inquiry form and its acknowledgement."""

from functools import wraps
from http import HTTPStatus

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from faq.models import Faq
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, PublicView, public_form, speaking
from portal.contact import handling
from portal.contact.forms import InquiryForm, ReportForm
from portal.contact.models import Inquiry
from portal.lib import ratelimit
from portal.lib.access import from_own_pages, slug_or_none

_signer = Signer(salt="portal.contact")


def hands_back(view: PublicView) -> PublicView:
    """Shows what came from a page that is not ours in the form again, to be read and sent from here; stores nothing.

    A page kept in a file, or seen through a translator, sends such forms; their words are somebody's work.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, market: str) -> HttpResponse:
        if request.method != "POST" or from_own_pages(request):
            return view(request, market)
        found = get_object_or_404(Market.objects.with_chrome(), code=market)
        request.market = found  # type: ignore[attr-defined]
        with speaking(found):
            response = _form(request, *_typed(request, found), status=HTTPStatus.FORBIDDEN)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@hands_back
@public_form
def contact(request: HttpRequest, market: Market) -> HttpResponse:
    """Takes a visitor's question; after storing it, the same address acknowledges it with its case number."""
    if request.method == "POST":
        return _completed(request, market) if "case" in request.POST else _submitted(request, market)
    if "case" in request.GET:
        return _acknowledged(request, market)
    about = _about(market, request.GET.get("about", ""))
    return _form(request, InquiryForm(market, initial=_initial(request, about)), about)


def _submitted(request: HttpRequest, market: Market) -> HttpResponse:
    form, about = _typed(request, market)
    if not form.is_valid():
        return _form(request, form, about, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    allowed = ratelimit.safety_report if form.is_safety else ratelimit.contact_form
    if not allowed(request):
        return _form(request, form, about, status=HTTPStatus.TOO_MANY_REQUESTS)
    inquiry = form.save(commit=False)
    handling.receive(inquiry)
    return _to_acknowledgement(inquiry)


def _acknowledged(request: HttpRequest, market: Market) -> HttpResponse:
    inquiry = _sent(market, request.GET["case"])
    if inquiry is None:
        return HttpResponseRedirect(reverse("contact", args=[market.code]))
    return _thanks(request, inquiry, ReportForm(instance=inquiry) if inquiry.may_be_completed else None)


def _completed(request: HttpRequest, market: Market) -> HttpResponse:
    """Takes what the sender of a report knows beyond its description, once."""
    inquiry = _sent(market, request.POST["case"])
    if inquiry is None:
        return HttpResponseRedirect(reverse("contact", args=[market.code]))
    if inquiry.may_be_completed:
        form = ReportForm(request.POST, instance=inquiry)
        if not form.is_valid():
            return _thanks(request, inquiry, form)
        handling.complete(form.save(commit=False))
    return _to_acknowledgement(inquiry)


def _to_acknowledgement(inquiry: Inquiry) -> HttpResponse:
    address = reverse("contact", args=[inquiry.market.code])
    return HttpResponseRedirect(f"{address}?case={_signer.sign(inquiry.case_number)}")


def _thanks(request: HttpRequest, inquiry: Inquiry, form: ReportForm | None) -> HttpResponse:
    context = {
        "inquiry": inquiry,
        "form": form,
        "case": _signer.sign(inquiry.case_number),
        "crumbs": [Crumb(_("Contact"), reverse("contact", args=[inquiry.market.code])), Crumb(_("Received"))],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    response = render(request, "contact/thanks.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _form(request: HttpRequest, form: InquiryForm, about: Faq | None, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {
        "form": form,
        "about": about,
        "too_many": status == HTTPStatus.TOO_MANY_REQUESTS,
        "foreign": status == HTTPStatus.FORBIDDEN,
        "crumbs": [Crumb(_("Contact"))],
    }
    return render(request, "contact/contact.html", context, status=status)


def _typed(request: HttpRequest, market: Market) -> tuple[InquiryForm, Faq | None]:
    """The form as a visitor filled it in, and the answer that they came from."""
    about = _about(market, request.POST.get("about", ""))
    return InquiryForm(market, request.POST, instance=Inquiry(market=market, about=about)), about


def _initial(request: HttpRequest, about: Faq | None) -> dict[str, str]:
    """What the address says about the question: the topic, the product, and the words already typed in a search."""
    came_from = about.drug.slug if about else ""
    return {
        "topic": request.GET.get("topic", ""),
        "drug": slug_or_none(request.GET.get("drug", "")) or came_from,
        "question": request.GET.get("question", "").replace("\x00", "")[:1000],
    }


def _about(market: Market, content_id: str) -> Faq | None:
    """The answer that the visitor came from, where the address names one of this market."""
    known = content_id.replace("\x00", "")
    answered = Faq.objects.answered().filter(market=market, content_id=known).select_related("drug")
    return answered.first() if known else None


def _sent(market: Market, signed: str) -> Inquiry | None:
    """The inquiry that its sender was given a signed case number of; None where we signed none such."""
    try:
        case = _signer.unsign(signed)
    except BadSignature:
        return None
    found = Inquiry.objects.filter(market=market, case_number=case).select_related("topic").first()
    if found:
        # The market of the request knows its opening hours already.
        found.market = found.topic.market = market
    return found
