"""On which day a published answer is due for review: the one place that says so.

It is the day of its next review or, where somebody asked for a review before that, the earliest such day. Versions are
frozen, so their own day never moves; a label or a source that changed brings the review forward by a request.
"""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.functional import cached_property

from faq.models.desk import DeskQuerySet
from faq.models.faq import Faq
from faq.models.workflow import Status

_ASKED = Q(review_requests__closed_at=None)
# SQL's LEAST passes over what is not known.
DUE_DAY = Least(F("next_review"), F("asked_day"))


class DueQuerySet(DeskQuerySet):
    """Versions by the day on which their review is due."""

    def with_due_day(self) -> Self:
        """Adds in the same query `asked_day`, the earliest open request's, and when any request last changed."""
        asked = Faq.objects.filter(_ASKED, pk=OuterRef("faq")).order_by().values("pk")
        ever = Faq.objects.filter(pk=OuterRef("faq")).order_by().values("pk")
        return self.annotate(
            asked_day=Subquery(asked.annotate(day=Min("review_requests__due")).values("day")),
            asked_changed=Subquery(ever.annotate(at=Max("review_requests__changed_at")).values("at")),
        )

    def due(self, day: date) -> Self:
        """Published wordings whose review falls before `day`."""
        return self.filter(_before(day), status=Status.PUBLISHED)

    def due_between(self, first: date, last: date) -> Self:
        """Published wordings whose review falls on `first`, on `last` or on a day between."""
        return self.due(date.fromordinal(last.toordinal() + 1)).exclude(_before(first))


class DueDay:
    """What a version says of the day on which its review is due."""

    # Fields of the version.
    faq: Any
    next_review: Any
    # Set by with_due_day().
    asked_changed: datetime | None

    @cached_property
    def asked_day(self) -> date | None:
        """The earliest day by which somebody asked for a review; `with_due_day()` sets it."""
        found = self.faq.review_requests.filter(closed_at=None).aggregate(day=Min("due"))["day"]
        return found if isinstance(found, date) else None

    @property
    def due_day(self) -> date | None:
        """The day on which the review of a published version is due."""
        return min((day for day in (self.next_review, self.asked_day) if day), default=None)

    @property
    def overdue_on(self) -> date | None:
        """The first day on which a published version is overdue."""
        return self.due_day and self.due_day + timedelta(days=1)

    @property
    def is_overdue(self) -> bool:
        """Whether that day has come; where a market's page is made, by the clock of the market."""
        return self.overdue_on is not None and self.overdue_on <= timezone.localdate()


def _before(day: date) -> Q:
    # Two looks at two indexes: LEAST of both would be computed for every answer that there is.
    asked = Faq.objects.filter(_ASKED, review_requests__due__lt=day)
    return Q(next_review__lt=day, next_review__isnull=False) | Q(faq__in=asked.values("pk"))
