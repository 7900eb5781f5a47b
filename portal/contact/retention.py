"""How the keeping of inquiries ends: their words and who sent them go, that there was one stays."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from portal.chrome.models import Market
from portal.contact.models import Inquiry
from portal.retention.endings import emptying, ends


def _answered(market: Market | None, before: datetime) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(market=market, forgotten_at=None, answered_at__lt=before)


def _usual(market: Market | None, before: datetime) -> QuerySet[Inquiry]:
    return _answered(market, before).exclude(pk__in=Inquiry.objects.of_safety().values("pk"))


def _of_safety(market: Market | None, before: datetime) -> QuerySet[Inquiry]:
    return _answered(market, before).filter(pk__in=Inquiry.objects.of_safety().values("pk"))


for kind, past in (("inquiries", _usual), ("safety-inquiries", _of_safety)):
    ends(kind, past, emptying(kind, "contact.inquiry", forgotten_at=timezone.now))
