"""The inquiry form and its acknowledgement."""

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from faq.models import Faq
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, public_form
from portal.contact import handling
from portal.contact.forms import InquiryForm
from portal.contact.models import Inquiry
from portal.lib import ratelimit
from portal.lib.access import slug_or_none

_signer = Signer(salt="portal.contact")


@public_form
def contact(request: HttpRequest, market: Market) -> HttpResponse:
    """Takes a visitor's question; after storing it, the same address acknowledges it with its case number."""
    if request.method == "POST":
        return _submitted(request, market)
    if "case" in request.GET:
        return _acknowledged(request, market)
    form = InquiryForm(market, initial=_initial(request))
    return _form(request, form, about=_about(market, request.GET.get("about", "")))


def _submitted(request: HttpRequest, market: Market) -> HttpResponse:
    about = _about(market, request.POST.get("about", ""))
    form = InquiryForm(market, request.POST, instance=Inquiry(market=market, about=about))
    if not form.is_valid():
        return _form(request, form, about, status=422)
    if not ratelimit.contact_form(request):
        return _form(request, form, about, status=429)
    inquiry = form.save(commit=False)
    handling.receive(inquiry)
    return HttpResponseRedirect(f"{reverse('contact', args=[market.code])}?case={_signer.sign(inquiry.case_number)}")


def _acknowledged(request: HttpRequest, market: Market) -> HttpResponse:
    try:
        case = _signer.unsign(request.GET["case"])
    except BadSignature:
        return HttpResponseRedirect(reverse("contact", args=[market.code]))
    response = render(request, "contact/thanks.html", {"case": case, "crumbs": [Crumb(_("Contact"))]})
    response["Cache-Control"] = "no-store"
    return response


def _form(request: HttpRequest, form: InquiryForm, about: Faq | None, status: int = 200) -> HttpResponse:
    context = {"form": form, "about": about, "too_many": status == 429, "crumbs": [Crumb(_("Contact"))]}
    return render(request, "contact/contact.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, str]:
    """What the address says about the question: the product, the topic, and the words already typed in a search."""
    topic = request.GET.get("topic", "")
    return {
        "topic": topic if topic in Inquiry.Topic.values else Inquiry.Topic.MEDICAL_QUESTION,
        "drug": slug_or_none(request.GET.get("drug", "")) or "",
        "question": request.GET.get("question", "").replace("\x00", "")[:1000],
    }


def _about(market: Market, content_id: str) -> Faq | None:
    """The answer that the visitor came from, where the address names one of this market."""
    known = content_id.replace("\x00", "")
    return Faq.objects.answered().filter(market=market, content_id=known).first() if known else None
