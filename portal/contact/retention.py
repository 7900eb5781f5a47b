"""How the keeping of inquiries ends: their words and who sent them go, that there was one stays."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.chrome.models import Market
from portal.contact.free_texts import ADDITION, INQUIRY
from portal.contact.models import Inquiry
from portal.retention.endings import emptying, ends
from portal.safety import keeping

KINDS = (INQUIRY.key, ADDITION.key)


def _answered(market: Market | None, before: datetime) -> QuerySet[Inquiry]:
    kept = Inquiry.objects.filter(market=market, forgotten_at=None, answered_at__lt=before)
    return kept.exclude(keeping.waiting(INQUIRY.key) | keeping.waiting(ADDITION.key))


def _reporting() -> Q:
    """What reports harm: its sender says so, or the screen or a person did."""
    reported = Q(pk__in=Inquiry.objects.of_safety().values("pk"))
    for kind in KINDS:
        reported |= Q(pk__in=keeping.raised(kind))
    return reported


def _usual(market: Market | None, before: datetime) -> QuerySet[Inquiry]:
    return _answered(market, before).exclude(_reporting())


def _of_safety(market: Market | None, before: datetime) -> QuerySet[Inquiry]:
    return _answered(market, before).filter(_reporting())


def _end(kind: str) -> Callable[[QuerySet[Any]], None]:
    empty = emptying(kind, "contact.inquiry", forgotten_at=timezone.now)

    def end(inquiries: QuerySet[Any]) -> None:
        for text in KINDS:
            keeping.forget(text, inquiries.values_list("pk", flat=True))
        empty(inquiries)

    return end


for kind, past in (("inquiries", _usual), ("safety-inquiries", _of_safety)):
    ends(kind, past, _end(kind))
