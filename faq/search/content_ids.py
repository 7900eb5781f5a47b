"""Finds the answer whose content ID somebody typed instead of a question."""

import re

from django.db.models import Q

from faq.models import Faq
from portal.chrome.models import Market

# A question has spaces, and its words have neither digits nor underscores.
_ID = re.compile(r"(?=.*[\d_])[A-Za-z0-9_.-]{4,120}")
_QUOTES = "\"'“”„«»"
# More than one ID may begin like a whole one, such as US_10 to US_19 like US_1.
_LOOKED_AT = 50


def find(text: str, market: Market) -> Faq | None:
    """The question that `text` names by its content ID, in whatever case, or by the beginning of one.

    A beginning counts where it has an underscore, as no word has, and begins no other. None for every other text.
    Found too is a question whose answer was withdrawn, for its address says so.
    """
    typed = text.strip(_QUOTES).rstrip(".")
    if not _ID.fullmatch(typed):
        return None
    named = Q(content_id__in={typed, typed.upper(), typed.lower()})
    if "_" in typed:
        # This looks through all IDs of the market, which no ordinary question brings about.
        named |= Q(content_id__istartswith=typed)
    rows = Faq.objects.ever_answered().filter(named, market=market).select_related("market").order_by("pk")
    found = list(rows[:_LOOKED_AT])
    whole = [faq for faq in found if faq.content_id.lower() == typed.lower()]
    return whole[0] if whole else found[0] if len(found) == 1 else None
