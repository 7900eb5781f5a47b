"""Tells search engines which address of a page is the one to list."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

FIRST_PAGE = 1


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any], **kept: Any) -> SafeString:
    """The link to this page's one address: its path, with what of `kept` makes another page of it.

    Empty values and the first page say nothing.
    """
    query = urlencode({name: value for name, value in kept.items() if value and value != FIRST_PAGE})
    request = context["request"]
    address = request.build_absolute_uri(request.path) + (f"?{query}" if query else "")
    return format_html('<link rel="canonical" href="{}">', address)
