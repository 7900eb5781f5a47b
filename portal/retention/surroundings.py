"""How the keeping of sessions and of privacy choices ends."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from portal.chrome.models import Consent, Market
from portal.retention.endings import delete, ends


def _sessions(_market: Market | None, before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


def _consents(_market: Market | None, before: datetime) -> QuerySet[Consent]:
    return Consent.objects.filter(decided_at__lt=before)


ends("sessions", _sessions, delete, has_market=False)
ends("consents", _consents, delete, has_market=False)
