"""The page "Your privacy choices": what is asked, what this visitor chose, and the form to choose again."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.chrome import privacy
from portal.chrome.forms import PrivacyForm
from portal.chrome.models import Consent, ConsentText, Market, Page
from portal.chrome.pages import Crumb, public_form
from portal.chrome.privacy import Choices, has_signal
from portal.lib import ratelimit

SLUG = "privacy-choices"
# What "Refuse all" means: the first choice is a consent, the second one an objection.
REFUSAL = {"remember": "0", "optout": "1"}


@public_form
def privacy_choices(request: HttpRequest, market: Market) -> HttpResponse:
    """Shows the choices and takes them; needs neither an account nor a script, and stands before every gate."""
    text = ConsentText.objects.current().filter(market=market).first()
    if request.method == "POST":
        return _submitted(request, market, text)
    return _screen(request, market, text, PrivacyForm(initial=_present(request, text), signal=has_signal(request)))


def _submitted(request: HttpRequest, market: Market, text: ConsentText | None) -> HttpResponse:
    data = REFUSAL if request.POST.get("act") == "refuse" else request.POST
    form = PrivacyForm(data, signal=has_signal(request))
    if text is None or request.POST.get("text") != str(text.number):
        return _screen(request, market, text, form, HTTPStatus.CONFLICT)
    if not form.is_valid():
        return _screen(request, market, text, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not ratelimit.privacy_choices(request):
        return render(request, "chrome/429.html", {"crumbs": []}, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _stored(request, market, text, form)


def _stored(request: HttpRequest, market: Market, text: ConsentText, form: PrivacyForm) -> HttpResponse:
    consent = Consent.objects.create(
        market=market,
        text=text,
        remembers_reading=form.cleaned_data["remember"],
        opted_out=form.cleaned_data["optout"],
        by_signal=has_signal(request),
    )
    response = HttpResponseRedirect(f"{request.path}?saved=1#saved", status=HTTPStatus.SEE_OTHER)
    privacy.keep(response, consent)
    return response


def _screen(
    request: HttpRequest,
    market: Market,
    text: ConsentText | None,
    form: PrivacyForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    chosen = privacy.chosen(request)
    page = _page(market)
    context = {
        "page": page,
        "text": text,
        "form": form,
        "chosen": chosen,
        "consent": _consent(market, chosen),
        "has_lapsed": chosen and text and chosen.text < text.number,
        "has_saved": "saved" in request.GET,
        "is_outdated": status == HTTPStatus.CONFLICT,
        "crumbs": [Crumb(page.title)],
    }
    response = render(request, "chrome/privacy_choices.html", context, status=status)
    # The one public page that shows what a cookie says.
    response["Cache-Control"] = "private, no-store"
    return response


def _page(market: Market) -> Page:
    # Every footer of every market leads here, so the page is there before somebody wrote its text.
    found = Page.objects.filter(market=market, slug=SLUG).first()
    return found or Page(market=market, slug=SLUG, title=_("Your privacy choices"))


def _consent(market: Market, chosen: Choices | None) -> Consent | None:
    """The record of what this visitor chose."""
    consents = Consent.objects.filter(market=market).select_related("text")
    return consents.filter(receipt=chosen.receipt).first() if chosen else None


def _present(request: HttpRequest, text: ConsentText | None) -> dict[str, str]:
    """How things stand for this visitor; before any choice nothing is remembered and nothing was objected to."""
    chosen = privacy.chosen(request)
    remembers = bool(chosen and text and chosen.remembers(text.number))
    return {"remember": f"{remembers:d}", "optout": f"{bool(chosen and chosen.optout):d}"}
