"""The public page of a version that is not public, and its document, for the eyes of whoever was let in."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from faq.answering import answer_page, stamped_address
from faq.documents import passages
from faq.models import Comment, FaqVersion
from faq.pdf import manuscript, printed
from faq.previewing import notice
from faq.previewing.harmless import MEDIA, Ways, harmless
from faq.previewing.shown import shown
from faq.templatetags.answer import figures
from portal.chrome.models import Market
from portal.chrome.pages import within
from portal.leaving import links

# A link to a preview is a key: nobody keeps the page, lists it, or is told by the browser where it was.
_PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "same-origin",
}


class Around(NamedTuple):
    """What a preview has beside the public page.

    `panel` is the template for what follows the answer and `context` what it needs; the words that open `threads` quote
    are marked in the text.
    """

    pdf: str
    images: str = MEDIA
    panel: str = ""
    context: dict[str, Any] = {}
    threads: Sequence[Comment] = ()


def page(request: HttpRequest, version: FaqVersion, around: Around) -> HttpResponse:
    """The page of `version`, which `fetch` gave, as visitors will see it, under a notice that it is a preview."""
    market = _market(version)
    with within(request, market):
        seen = shown(version).version
        context = {
            **answer_page(request, seen),
            "noindex": True,
            "state": notice.state(version),
            "warning": notice.warning(),
            "panel": around.panel,
            "parts": parts(seen),
            "threads": around.threads,
            "waiting": sum(begun.is_open for begun in around.threads),
            "marked": _mark(seen, around.threads),
            **around.context,
        }
        html = render_to_string("faq/preview.html", context, request)
    ways = Ways(version.faq.get_pdf_url(), around.pdf, around.images, lambda href: _external(market, href))
    return private(HttpResponse(harmless(html, ways)))


def parts(seen: FaqVersion) -> list[str]:
    """The parts of a rendered version that a comment may be on, in reading order."""
    titles = [words for _, words in [*seen.sections, *figures(seen.rendered_body)]]
    return [gettext("Short answer"), *titles, *([gettext("References")] if seen.rendered_references else [])]


def _mark(seen: FaqVersion, threads: Sequence[Comment]) -> set[int]:
    """Marks in the texts of `seen` what open comments quote; returns the keys of those that are still found."""
    quotes = [(f"passage-{begun.pk}", begun.quote) for begun in threads if begun.is_open and begun.quote]
    seen.rendered_short_answer = passages.mark(seen.rendered_short_answer, quotes)
    seen.rendered_body = passages.mark(seen.rendered_body, quotes)
    marked = seen.rendered_short_answer + seen.rendered_body
    return {begun.pk for begun in threads if f'id="passage-{begun.pk}"' in marked}


def document(request: HttpRequest, version: FaqVersion) -> HttpResponse:
    """The document of `version`, stamped on each page."""
    with within(request, _market(version)):
        stamp = f"{notice.state(version)} {notice.warning()}"
        told = manuscript(shown(version).version, permanent_address=stamped_address(request, version), stamp=stamp)
    name = f"{version.faq.content_id}_v{version.number}_{version.status}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return private(HttpResponse(printed(told), content_type="application/pdf", headers=headers))


def private(response: HttpResponse) -> HttpResponse:
    """`response` with the headers of what only the reader of a link may see."""
    for name, value in _PRIVATE.items():
        response[name] = value
    return response


def _market(version: FaqVersion) -> Market:
    market: Market = Market.objects.with_chrome().get(pk=version.faq.market_id)
    return market


def _external(market: Market, href: str) -> str | None:
    """The real address behind a link that leads through the leaving notice, or straight to a site of our own."""
    if href.startswith(("http://", "https://")):
        return href if links.is_own(href) else None
    address = urlsplit(href)
    if address.path != reverse("leaving", args=[market.code]):
        return None
    try:
        return links.destination(parse_qs(address.query).get("to", [""])[0]).url
    except BadSignature:
        return None
