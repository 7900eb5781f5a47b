"""Addresses of other sites, routed through the leaving notice and signed so that nobody else can use it."""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from portal.chrome.models import Market
from portal.leaving.models import ExternalSite

_signer = signing.Signer(salt="portal.leaving")
# A citation inside a link is a link itself; there browsers end the outer one, and so does this.
_EXTERNAL = re.compile(r'<a class="external" href="([^"]*)">(.*?)(?=</a>|<a\b)', re.DOTALL)
# Stricter than urlsplit, which sends https://evil.example\@own.example to own.example, and browsers to evil.example.
_HOST = re.compile(r"https?://([^\s/?#@\\\[\]:]+)(?::\d*)?(?:[/?#]|$)", re.IGNORECASE)
# What browsers open on this site, or with another program. They drop tabs and line breaks from an address first.
_INNER = re.compile(r"(?:/(?![/\\])|[#?]|(?:mailto|tel):)[^\x00-\x1f\x7f]*|", re.IGNORECASE)
# What of a query says which page it is, and can say nothing else: what visitors search for stays with them.
_KEPT = {"page", "drug", "letter", "kind"}
_PLAIN = re.compile(r"[\w-]{1,120}")
# How long a process may go on treating a host as it was before somebody edited the list.
_REMEMBER_SECONDS = 30


class Destination(NamedTuple):
    """Where a visitor is about to go, and the page of this site to return to."""

    url: str
    back: str

    @property
    def host(self) -> str:
        return host(self.url)


def host(url: str) -> str:
    """The host that `url` leads to; "" for an address that has none, or that a browser might read differently."""
    found = _HOST.match(url)
    return found[1].lower() if found else ""


def own_hosts() -> frozenset[str]:
    """The hosts that the organisation runs itself."""
    hosts: frozenset[str] | None = cache.get("leaving.own_hosts")
    if hosts is None:
        hosts = frozenset(ExternalSite.objects.filter(is_own=True).values_list("host", flat=True))
        cache.set("leaving.own_hosts", hosts, _REMEMBER_SECONDS)
    return hosts


def is_own(url: str) -> bool:
    """Whether `url` leads to a host that the organisation runs, or to a host below such a one."""
    name = host(url)
    return any(name == own or name.endswith(f".{own}") for own in own_hosts())


def is_external(url: str) -> bool:
    """Whether `url` leads to a site that the organisation does not run; a path, a mail or a phone number does not."""
    return not (_INNER.fullmatch(url) or is_own(url))


def address(market: Market, url: str, back: str) -> str:
    """Where a link to `url` leads: to itself for the organisation's own sites, else to the notice, and then `back`.

    `back` is what `request.get_full_path()` gives. A bare path will not do: whoever sends a request chooses it, pages
    for errors hold links too, and browsers take //evil.example for another site. Of its query only what chooses a page
    is kept: the signed value can be read by everybody who sees it.
    """
    if is_own(url):
        return url
    ways = [url, _without_words(escape_leading_slashes(back))]
    return f"{reverse('leaving', args=[market.code])}?{urlencode({'to': _signer.sign_object(ways)})}"


def _without_words(address: str) -> str:
    path, _, query = address.partition("?")
    said = [(name, value) for name, value in parse_qsl(query) if name in _KEPT and _PLAIN.fullmatch(value)]
    return f"{path}?{urlencode(said)}" if said else path


def destination(signed: str) -> Destination:
    """What `address` signed. Raises django.core.signing.BadSignature for anything else."""
    if "\x00" in signed:
        raise signing.BadSignature("null byte")
    url, back = _signer.unsign_object(signed)
    return Destination(url, back)


def link(market: Market, url: str, words: str, back: str, *, is_current: bool = False) -> SafeString:
    """A link to `url` that reads `words`: one to another site says so and leads through the notice, and then `back`.

    `is_current` says of a link within this site that the visitor is there already.
    """
    if is_external(url):
        return format_html("{}{}{}</a>", _opening(market, url, back), words, _mark())
    current = SafeString(' aria-current="page"' if is_current else "")
    return format_html('<a href="{}"{}>{}</a>', url, current, words)


def route(markup: str, market: Market, back: str) -> SafeString:
    """Rendered HTML with each link to another site saying so and led through the notice."""
    mark = _mark()

    def replace(match: re.Match[str]) -> str:
        url = unescape(match[1])
        if is_own(url):
            return f'<a href="{match[1]}">{match[2]}'
        return f"{_opening(market, url, back)}{match[2]}{mark}"

    return SafeString(_EXTERNAL.sub(replace, markup))


def _opening(market: Market, url: str, back: str) -> SafeString:
    return format_html('<a class="external" rel="noopener" href="{}">', address(market, url, back))


def _mark() -> SafeString:
    """What the sign beside a link says to whoever cannot see it, in the language of the page."""
    return format_html('<span class="visually-hidden"> {}</span>', gettext("(external site)"))
