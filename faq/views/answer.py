"""One answer, and the images of its figures."""

from datetime import datetime, time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from faq import sources
from faq.answering import answer_page, published
from faq.models import FaqVersion, Image
from faq.views.withdrawn import gone
from faq.vote_tokens import of_version
from portal.chrome.models import Market
from portal.chrome.pages import public_page
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
    version = published(market, number)
    if version is None:
        return gone(request, market, number)
    if slug != version.faq.slug:
        return HttpResponsePermanentRedirect(version.get_absolute_url())
    context = {**answer_page(request, version), "signed_version": of_version(version)}
    return caching.public(request, render(request, "faq/answer.html", context), changed=_changed(version))


def _changed(version: FaqVersion) -> datetime | None:
    """When the page last changed: what it shows, the standing of its sources, or whether its review is overdue."""
    overdue = version.overdue_on if version.is_overdue else None
    # A day begins by the clock of the market, which is set while its page is made.
    began = timezone.make_aware(datetime.combine(overdue, time())) if overdue else None
    return max((at for at in (sources.changed_at(version), version.asked_changed, began) if at), default=None)


@require_safe
def image(request: HttpRequest, sha256: str, extension: str) -> HttpResponse:
    """The bytes of a figure: for everyone while a published answer shows it, else for staff only.

    A browser that takes WebP gets the same pixels in fewer bytes at the same address.
    """
    found = get_object_or_404(Image.objects.light(), sha256=sha256)
    if not found.get_absolute_url().endswith(f".{extension}"):
        raise Http404("This image is of another kind.")
    public = found.is_published
    if not public and not request.user.is_staff:
        raise Http404("No published answer shows this image.")
    response = picture(request, found)
    response["Cache-Control"] = caching.PICTURE if public else "private, no-store"
    return response


def picture(request: HttpRequest, found: Image) -> HttpResponse:
    """The bytes of `found` for whoever was let in; how long they are kept is for the caller to say."""
    small = found.has_webp and "image/webp" in request.headers.get("Accept", "")
    etag = quote_etag(f"{found.sha256}-webp" if small else found.sha256)
    response = get_conditional_response(request, etag=etag) or _bytes(found, small)
    response["ETag"] = etag
    if found.has_webp:
        patch_vary_headers(response, ["Accept"])
    response["X-Robots-Tag"] = "noindex"
    # An SVG opened by itself is a document: it may draw, and nothing else.
    response._csp_config = _DRAWING  # type: ignore[attr-defined]
    return response


def _bytes(image: Image, small: bool) -> HttpResponse:
    if small and image.webp:
        return HttpResponse(bytes(image.webp), content_type="image/webp")
    return HttpResponse(bytes(image.content), content_type=image.media_type)


marked(image, "visitors")
