"""What the page of an answer reads out of its rendered HTML."""

import re
from typing import NamedTuple

from django import template

from faq.models import FaqVersion
from portal.lib.html import text

register = template.Library()

_FIGURE = re.compile(r'<figure class="figure" id="(figure-\d+)">\s*<figcaption[^>]*>(.*?)</figcaption>', re.DOTALL)


class Contents(NamedTuple):
    """The main headings and the figures of an answer, each as (address within the page, words), in reading order."""

    sections: list[tuple[str, str]]
    figures: list[tuple[str, str]]


@register.simple_tag
def contents(version: FaqVersion) -> Contents | None:
    """What `version` holds; None where it is too little for a list to save anybody a way."""
    found = Contents(version.sections, figures(version.rendered_body))
    return found if max(len(found.sections), len(found.figures)) > 1 else None


def figures(markup: str) -> list[tuple[str, str]]:
    """The figures of a rendered body, named by number and title."""
    return [(place, text(title)) for place, title in _FIGURE.findall(markup)]
