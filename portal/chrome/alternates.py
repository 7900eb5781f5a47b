"""The same page in other markets: for search engines (hreflang) and for the market switch."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from portal.chrome.models import Market

# Pages that every market has, at the address of the same name.
EVERYWHERE = frozenset({"home", "browse", "sitemap", "search", "contact", "report-safety", "privacy-choices"})


class Sibling(NamedTuple):
    """One market as another market's page leads to it."""

    code: str
    name: str
    language_tag: str
    address: str
    # Whether `address` is the same page there, and not merely that market's home page.
    is_same_page: bool
    is_current: bool
    is_default: bool
    has_gate: bool


def siblings(request: HttpRequest, market: Market, known: Mapping[str, str] | None) -> list[Sibling]:
    """All markets by name, this one included, for a market fetched `with_chrome()`.

    `known` maps the codes of markets to the address of this page there; None where the page did not look for any.
    """
    same = dict(known or {})
    match = request.resolver_match
    if known is None and match and match.url_name in EVERYWHERE:
        same = {other["code"]: reverse(match.url_name, args=[other["code"]]) for other in market.others}
    same[market.code] = request.path
    own = {
        "code": market.code,
        "name": market.name,
        "language_tag": market.language_tag,
        "gate": market.gate,
        "is_default": market.is_default,
    }
    return [_sibling(row, same, market) for row in sorted([own, *market.others], key=_by_name)]


def _sibling(row: Mapping[str, Any], same: Mapping[str, str], market: Market) -> Sibling:
    code = row["code"]
    return Sibling(
        code=code,
        name=row["name"],
        language_tag=row["language_tag"],
        address=same.get(code) or reverse("home", args=[code]),
        is_same_page=code in same,
        is_current=code == market.code,
        is_default=row["is_default"],
        has_gate=row["gate"] != Market.Gate.NONE,
    )


def _by_name(row: Mapping[str, Any]) -> str:
    return str(row["name"])


def for_search_engines(found: list[Sibling]) -> list[Sibling]:
    """Those that hreflang names: the same page where anybody may read it, if there is one besides this."""
    same = [sibling for sibling in found if sibling.is_same_page and not sibling.has_gate]
    return same if len(same) > 1 and any(sibling.is_current for sibling in same) else []
