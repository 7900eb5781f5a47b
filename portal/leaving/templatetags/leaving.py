"""Links to other sites, for templates."""

from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.chrome.models import Market
from portal.leaving import links
from portal.lib.wholepages.parts import parts

register = template.Library()


class Around(NamedTuple):
    """Of the request all that a kept part may know: the page's address, where one of the part's links depends on it."""

    path: str
    full: str

    def get_full_path(self) -> str:
        return self.full


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str, section: str = "") -> SafeString:
    """The template `name`, which reads the same on most pages of a market, and is rendered once for all of these.

    It sees the market, `signal` and `section`, and the page's address where one of the market's links is the page
    itself or leads to another site; nothing else is there for it to depend on.
    """
    market, around, signal = context["market"], _around(context), context.get("signal", False)

    def render() -> SafeString:
        told = {"market": market, "request": around, "signal": signal, "section": section}
        engine: Any = context.template.engine  # type: ignore[union-attr]
        made: SafeString = engine.get_template(name).render(Context(told))
        return made

    return parts.of((name, market.code, get_language(), around, signal, section), render)


def _around(context: Context) -> Around:
    market, request = context["market"], context["request"]
    own, leave = parts.of(("links", market.code), lambda: _links(market))
    return Around(request.path if request.path in own else "", _back(context) if leave else "")


def _links(market: Market) -> tuple[frozenset[str], bool]:
    """The addresses of the market's links, and whether one of them leads to another site."""
    addresses = frozenset(link["address"] for link in market.links)
    return addresses, any(map(links.is_external, addresses))


@register.simple_tag(takes_context=True)
def link_to(context: dict[str, Any], url: str, words: str) -> SafeString:
    """A link to `url` that reads `words`, marked and led through the leaving notice where it leads to another site."""
    is_current = url == context["request"].path
    return links.link(context["market"], url, words, _back(context), is_current=is_current)


@register.simple_tag(takes_context=True)
def routed(context: dict[str, Any], markup: str) -> SafeString:
    """Rendered HTML with its links to other sites marked and led through the leaving notice."""
    return links.route(markup, context["market"], _back(context))


def _back(context: Context | dict[str, Any]) -> str:
    """The page to return to. From a notice it is the one before it, or addresses would hold each other without end."""
    destination = context.get("destination")
    return str(destination.back if destination else context["request"].get_full_path())
