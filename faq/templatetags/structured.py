"""Writes a page's description for search engines into its head."""

import json
from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from faq import structured
from faq.models import Drug, FaqVersion

register = template.Library()

# As Django's json_script: none of these ends the element or begins a comment in it.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def structured_answer(context: dict[str, Any], version: FaqVersion) -> SafeString:
    """The description of an answer's page."""
    return _block(context, lambda place: structured.answer(version, place))


@register.simple_tag(takes_context=True)
def structured_drug(context: dict[str, Any], drug: Drug) -> SafeString:
    """The description of a drug's page."""
    return _block(context, lambda place: structured.drug(drug, place))


def _block(context: dict[str, Any], describe: Callable[[structured.Place], structured.Node]) -> SafeString:
    # A page that is kept from search engines has no reader for it, and a machine that reads it all the same would
    # repeat an answer beyond the label without the notices that stand around it.
    if context.get("noindex"):
        return SafeString("")
    origin = context["request"].build_absolute_uri("/").rstrip("/")
    told = describe(structured.Place(context["market"], origin, context["crumbs"]))
    data = SafeString(json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', data)
