"""How the keeping of what visitors said about answers ends, and of what only the moment needs."""

from datetime import UTC, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from faq.free_texts import REMARK
from faq.models import Feedback, Presence, Remark, WordImport
from portal.chrome.models import Market
from portal.lib import daysalt
from portal.retention.endings import delete, emptying, ends
from portal.safety import keeping


def _digests(_market: Market | None, before: datetime) -> QuerySet[Feedback]:
    # Digests are made under the salt of a day (UTC), which goes with them.
    midnight = datetime.combine(before.astimezone(UTC).date(), time(), UTC)
    told = Q(visitor__isnull=False) | Q(origin__isnull=False)
    return Feedback.objects.filter(told, given_at__lt=midnight)


def _forget_digests(rows: QuerySet[Feedback]) -> None:
    emptying("vote-digests", "faq.feedback")(rows)
    daysalt.forget()


def _searched(market: Market | None, before: datetime) -> QuerySet[Feedback]:
    told = Feedback.objects.filter(version__faq__market=market, given_at__lt=before)
    return told.filter(~Q(searched="") | Q(searched_in__isnull=False))


def _remarks(market: Market | None, before: datetime) -> QuerySet[Remark]:
    kept = Remark.objects.filter(forgotten_at=None, vote__version__faq__market=market)
    # What nobody has read is not past its time, however old it is.
    read = kept.filter(written_at__lt=before).exclude(state=Remark.State.NEW)
    return read.exclude(keeping.waiting(REMARK.key))


def _usual_remarks(market: Market | None, before: datetime) -> QuerySet[Remark]:
    return _remarks(market, before).exclude(pk__in=keeping.raised(REMARK.key))


def _raised_remarks(market: Market | None, before: datetime) -> QuerySet[Remark]:
    return _remarks(market, before).filter(pk__in=keeping.raised(REMARK.key))


def _forget_remarks(rows: QuerySet[Remark]) -> None:
    keeping.forget(REMARK.key, rows.values_list("pk", flat=True))
    emptying("remarks", "faq.remark", forgotten_at=timezone.now)(rows)


def _word_files(_market: Market | None, _before: datetime) -> QuerySet[WordImport]:
    return WordImport.objects.forgotten()


def _presences(_market: Market | None, _before: datetime) -> QuerySet[Presence]:
    return Presence.objects.over()


ends("vote-digests", _digests, _forget_digests, has_market=False)
ends("vote-searches", _searched, emptying("vote-searches", "faq.feedback"))
ends("remarks", _usual_remarks, _forget_remarks)
ends("safety-remarks", _raised_remarks, _forget_remarks)
ends("word-files", _word_files, delete, has_market=False)
ends("presence", _presences, delete, has_market=False)
