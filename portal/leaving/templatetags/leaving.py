"""Links to other sites, for templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.leaving import links

register = template.Library()


@register.simple_tag(takes_context=True)
def link_to(context: dict[str, Any], url: str, words: str) -> SafeString:
    """A link to `url` that reads `words`, marked and led through the leaving notice where it leads to another site."""
    is_current = url == context["request"].path
    return links.link(context["market"], url, words, _back(context), is_current=is_current)


@register.simple_tag(takes_context=True)
def routed(context: dict[str, Any], markup: str) -> SafeString:
    """Rendered HTML with its links to other sites marked and led through the leaving notice."""
    return links.route(markup, context["market"], _back(context))


def _back(context: dict[str, Any]) -> str:
    """The page to return to. From a notice it is the one before it, or addresses would hold each other without end."""
    destination = context.get("destination")
    return str(destination.back if destination else context["request"].get_full_path())
