"""Headers that let browsers and proxies keep a public page without ever showing an old answer for long."""

import hashlib
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag

from portal.lib.wholepages.serving import MAY_BE_KEPT

# Browsers ask every time (a 304 is cheap); a proxy may answer for 30 s, and for 30 s more while it asks.
PUBLIC = "public, max-age=0, s-maxage=30, stale-while-revalidate=30"
# A figure outlives the withdrawal of its answer by five minutes in a browser, and by a proxy's 30 s elsewhere.
PICTURE = "public, max-age=300, s-maxage=30, stale-while-revalidate=30"


def public(request: HttpRequest, response: HttpResponse, changed: datetime | None = None) -> HttpResponse:
    """`response` with public caching and, for a page, an ETag of its bytes; 304 when the visitor has these already.

    `changed` is the time of the last change of what the page shows, for Last-Modified.
    Raises RuntimeError when the page sets a cookie: such a page must not be kept by a proxy.
    """
    if response.cookies:
        raise RuntimeError(f"{request.path} sets a cookie on a public page")
    response["Cache-Control"] = PUBLIC
    # Sec-GPC: whoever sends it is shown that the opt-out was honoured, from a proxy's copy too.
    patch_vary_headers(response, ["Accept-Encoding", "Sec-GPC"])
    if response.status_code != HTTPStatus.OK:
        # Redirects have no bytes of their own: one ETag would stand for them all, wherever they lead.
        return response
    request.META[MAY_BE_KEPT] = True
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag=etag, response=response) or response
