"""One answer as a document to take away."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from faq import sources
from faq.answering import stamped_address
from faq.models import FaqVersion
from faq.pdf import manuscript, printed
from faq.views.withdrawn import gone
from portal.chrome.models import Market
from portal.chrome.pages import public_page
from portal.lib import caching


@public_page
def pdf(request: HttpRequest, market: Market, slug: str, number: int) -> HttpResponse:
    """The published version as PDF; an old slug and a withdrawn answer fare as on the answer's page."""
    versions = sources.with_retractions(FaqVersion.objects.for_page(market).with_due_day())
    version = versions.prefetch_related("resources").filter(faq__number=number).first()
    if version is None:
        return gone(request, market, number)
    faq = version.faq
    if slug != faq.slug:
        return HttpResponsePermanentRedirect(faq.get_pdf_url())
    told = manuscript(version, permanent_address=stamped_address(request, version))
    # Asked before anything is set: whoever has these bytes already costs no typesetting.
    etag = quote_etag(told.digest)
    response = get_conditional_response(request, etag=etag) or _document(printed(told), version)
    response["Cache-Control"], response["ETag"] = caching.PUBLIC, etag
    response["Link"] = f'<{request.build_absolute_uri(faq.get_absolute_url())}>; rel="canonical"'
    if faq.is_unlisted:
        response["X-Robots-Tag"] = "noindex"
    return response


def _document(content: bytes, version: FaqVersion) -> HttpResponse:
    name = f"{version.faq.content_id}_v{version.number}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
