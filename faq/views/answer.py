"""One answer, its permanent link, and the images of its figures."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from faq.models import Faq, FaqVersion, Image
from faq.views.browse import information_crumb
from faq.views.feedback import sign
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, public_page
from portal.lib import caching
from portal.lib.access import marked

_DRAWING = {
    "default-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    "sandbox": [""],
}


@public_page
def answer(request: HttpRequest, market: Market, slug: str, number: int) -> HttpResponse:
    """One published answer; an old slug leads to today's, a withdrawn answer says that it is gone."""
    versions = FaqVersion.objects.for_page(market).with_trail().prefetch_related("resources")
    version = versions.filter(faq__number=number).first()
    if version is None:
        return gone(request, market, number)
    if slug != version.faq.slug:
        return HttpResponsePermanentRedirect(version.get_absolute_url())
    drug, faq = version.faq.drug, version.faq
    context = {
        "version": version,
        "faq": faq,
        "drug": drug,
        "disclaimer": faq.disclaimer,
        "permanent": request.build_absolute_uri(reverse("permanent", args=[market.code, faq.content_id])),
        "noindex": faq.is_unlisted,
        "signed_version": sign(version),
        "crumbs": [
            information_crumb(market),
            Crumb(drug.category.name, drug.category.get_absolute_url()),
            Crumb(drug.name, drug.get_absolute_url()),
            Crumb(version.question),
        ],
    }
    return caching.public(request, render(request, "faq/answer.html", context), changed=version.published_at)


def gone(request: HttpRequest, market: Market, number: int) -> HttpResponse:
    """410 with the way on for an answer that was withdrawn; 404 for one that never was."""
    faqs = Faq.objects.withdrawn().filter(market=market, number=number)
    faq = faqs.select_related("drug__market", "drug__category").first()
    if faq is None:
        raise Http404("No answer has this number.")
    crumbs = [information_crumb(market), Crumb(faq.drug.name, faq.drug.get_absolute_url())]
    return render(request, "faq/withdrawn.html", {"drug": faq.drug, "crumbs": crumbs}, status=410)


@public_page
def permanent(_request: HttpRequest, market: Market, content_id: str) -> HttpResponse:
    """The lasting link by content ID: leads to where the answer is today."""
    faq = get_object_or_404(Faq.objects.ever_answered().select_related("market"), market=market, content_id=content_id)
    return HttpResponseRedirect(faq.get_absolute_url())


@require_safe
def image(request: HttpRequest, sha256: str, extension: str) -> HttpResponse:
    """The bytes of a figure: for everyone while a published answer shows it, else for staff only."""
    found = get_object_or_404(Image.objects.defer("content"), sha256=sha256)
    if not found.get_absolute_url().endswith(f".{extension}"):
        raise Http404("This image is of another kind.")
    public = found.is_published
    if not public and not request.user.is_staff:
        raise Http404("No published answer shows this image.")
    etag = quote_etag(sha256)
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        bytes(found.content), content_type=found.media_type
    )
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    # An SVG opened by itself is a document: it may draw, and nothing else.
    response._csp_config = _DRAWING  # type: ignore[attr-defined]
    response["Cache-Control"] = caching.PICTURE if public else "private, no-store"
    return response


marked(image, "visitors")
