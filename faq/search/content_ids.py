"""Finds the answer whose content ID somebody typed instead of a question."""

import re

from django.db.models import Q

from faq.models import Faq
from portal.chrome.models import Market

# A question has spaces, and its words have neither digits nor underscores.
_ID = re.compile(r"(?=.*[\d_])[A-Za-z0-9_.-]{4,120}")
_QUOTES = "\"'“”„«»"


def find(text: str, market: Market) -> Faq | None:
    """The question that `text` names by its content ID, in whatever case, or by the beginning of one.

    A beginning counts where it has an underscore, as no word has, and begins no other. None for every other text.
    Found by its whole ID is also a question whose answer was withdrawn, for its address says so; a beginning tells
    nobody of it.
    """
    typed = text.strip(_QUOTES).rstrip(".")
    if not _ID.fullmatch(typed):
        return None
    rows = Faq.objects.filter(market=market).select_related("market").order_by("pk")
    named = Q(content_id__in={typed, typed.upper(), typed.lower()})
    if "_" not in typed:
        return rows.ever_answered().filter(named).first()
    # These look through all IDs of the market, which no ordinary question brings about.
    whole = rows.ever_answered().filter(named | Q(content_id__iexact=typed)).first()
    begun = [] if whole else list(rows.answered().filter(content_id__istartswith=typed)[:2])
    return begun[0] if len(begun) == 1 else whole
