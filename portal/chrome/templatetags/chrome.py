"""Small pieces that every page is built from."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.chrome import alternates
from portal.lib.html import paragraphs, text

register = template.Library()
register.filter("paragraphs", paragraphs)
register.filter("words", text)


@register.filter
def phone_link(number: str) -> SafeString:
    """A telephone number that a phone can call: letters stay readable, the link holds digits."""
    return format_html('<a class="phone" href="tel:{}">{}</a>', _dialled(number), number)


@register.filter
def with_phone(text: str, number: str) -> SafeString:
    """`text` with {phone} replaced by a link that calls `number`."""
    before, found, after = text.partition("{phone}")
    return format_html("{}{}{}", before, phone_link(number) if found else "", after)


@register.simple_tag(takes_context=True)
def markets(context: dict[str, Any]) -> list[alternates.Sibling]:
    """All markets, each with the address of this page there, or of its home page."""
    return alternates.siblings(context["request"], context["market"], context.get("alternates"))


@register.inclusion_tag("chrome/_language_links.html", takes_context=True)
def language_links(context: dict[str, Any]) -> dict[str, Any]:
    """The head's links to the same page in other languages; none from a page that search engines may not list."""
    named = [] if context.get("noindex") else alternates.for_search_engines(markets(context))
    request = context["request"]
    return {"named": named, "origin": f"{request.scheme}://{request.get_host()}"}


def _dialled(number: str) -> str:
    keypad = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
    digits = re.sub(r"[^0-9+]", "", number.upper().translate(keypad))
    return f"+1{digits[1:]}" if re.fullmatch(r"1\d{10}", digits) else digits
