"""Links to other sites, for templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.leaving import links

register = template.Library()


@register.simple_tag(takes_context=True)
def outbound(context: dict[str, Any], url: str) -> str:
    """The address that a link to `url` gets on this page."""
    return links.address(context["market"], url, context["request"].get_full_path())


@register.simple_tag
def is_external(url: str) -> bool:
    """Whether a link to `url` leads away from the organisation's sites."""
    return url.startswith(("https://", "http://")) and not links.is_own(url)


@register.simple_tag(takes_context=True)
def routed(context: dict[str, Any], markup: str) -> SafeString:
    """Rendered HTML with its links to other sites led through the leaving notice."""
    return links.route(markup, context["market"], context["request"].get_full_path())
