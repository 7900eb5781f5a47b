"""Who may read a market's medical pages: everybody, whoever attests to be a professional, or whoever signs in."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.chrome.models import Market

COOKIE = "hcp_attested"
_signer = signing.TimestampSigner(salt="portal.chrome.gate")


def passes(request: HttpRequest, market: Market) -> bool:
    """Whether this visitor may read what stands behind the market's gate."""
    if market.gate == Market.Gate.ATTEST:
        return _has_attested(request, market)
    if market.gate == Market.Gate.ACCOUNT:
        # Whoever asks here keeps the page private, so its header may name the reader (chrome/_header.html).
        request.has_account = request.user.is_authenticated  # type: ignore[attr-defined]
        return request.user.is_authenticated
    return True


def _has_attested(request: HttpRequest, market: Market) -> bool:
    try:
        return _signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=_days(market)) == market.code
    except signing.BadSignature:
        return False


def remember(response: HttpResponse, market: Market) -> None:
    """Gives the visitor's browser the cookie that says: attested, in this market, today."""
    response.set_cookie(
        COOKIE,
        _signer.sign(market.code),
        max_age=_days(market),
        path=market.get_absolute_url(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _days(market: Market) -> timedelta:
    return timedelta(days=market.gate_days)


def closed(request: HttpRequest, market: Market) -> HttpResponse:
    """The gate itself, at the address that was asked for; the same for crawlers as for people.

    It holds nothing of the page behind it. Search engines are told not to list it, and it is kept by nobody.
    """
    # The gate's own address is nothing to come back to.
    at_gate = request.path == reverse("gate", args=[market.code])
    wanted = market.get_absolute_url() if at_gate else request.get_full_path()
    context = {"wanted": wanted, "decline": way_out(market), "crumbs": []}
    response = render(request, "chrome/gate.html", context)
    response["X-Robots-Tag"] = "noindex"
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """`response` as it is for whoever passed a gate: no proxy may keep it for those who have not."""
    response["Cache-Control"] = "private, no-cache"
    return response


def way_out(market: Market) -> str:
    """Where a visitor goes who is no professional."""
    return reverse("page", args=[market.code, market.gate_decline_page]) if market.gate_decline_page else ""


def way_in(market: Market, wanted: str, host: str) -> str:
    """Where a visitor goes who passed: the page that was asked for where it is one of this market, else its home."""
    home = market.get_absolute_url()
    own = (
        wanted.startswith(home)
        and wanted != reverse("gate", args=[market.code])
        and url_has_allowed_host_and_scheme(wanted, allowed_hosts={host})
    )
    return wanted if own else home
