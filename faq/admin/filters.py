"""Filters of the lists beside those that Django makes of a field."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from faq import sources
from faq.models import FaqVersion, Reference, ReviewRequest
from portal.accounts.signed_in import person
from portal.lib.admin import OpenFirst

LONG_AGO = date(1900, 1, 1)


class Stretch(NamedTuple):
    """Some days, as staff name them: from so many days after today to so many, None being without an end."""

    name: str
    label: str
    first: int | None
    last: int

    def days(self) -> tuple[date, date]:
        today = timezone.localdate()
        first = LONG_AGO if self.first is None else today + timedelta(days=self.first)
        return first, today + timedelta(days=self.last)


STRETCHES = (
    Stretch("overdue", "Overdue", None, -1),
    Stretch("30", "Due within 30 days", 0, 30),
    Stretch("60", "Due in 31 to 60 days", 31, 60),
)
SOON = Stretch("soon", "Overdue or due within 60 days", None, 60)


class DueFilter(admin.SimpleListFilter):
    """Published answers whose review has come due, or soon will."""

    title = "review due"
    parameter_name = "due"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [(stretch.name, stretch.label) for stretch in (*STRETCHES, SOON)]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = next((stretch for stretch in (*STRETCHES, SOON) if stretch.name == self.value()), None)
        return self.within(queryset, *chosen.days()) if chosen else queryset

    def within(self, rows: QuerySet[Any], first: date, last: date) -> QuerySet[Any]:
        """Those of `rows` that are due between the two days."""
        return rows & FaqVersion.objects.due_between(first, last)


class RequestDueFilter(DueFilter):
    """Requests by the day by which the review is wanted."""

    title = "review wanted"

    def within(self, rows: QuerySet[Any], first: date, last: date) -> QuerySet[Any]:
        return rows.filter(due__range=(first, last))


class ForMeFilter(admin.SimpleListFilter):
    """Versions that wait for the person who looks at the list."""

    title = "for me"
    parameter_name = "for_me"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        mine = [("drafts", "My drafts"), ("returned", "Sent back to me")]
        approves = request.user.has_perm("faq.approve_faqversion")
        return [*mine, ("review", "Waiting for my review")] if approves else mine

    def queryset(self, request: HttpRequest, queryset: QuerySet[FaqVersion]) -> QuerySet[FaqVersion]:
        versions, user = FaqVersion.objects, person(request)
        found = {
            "drafts": versions.drafts_of,
            "returned": versions.sent_back_to,
            "review": versions.waiting_for,
        }.get(self.value() or "")
        return queryset & found(user) if found else queryset


class OpenFilter(OpenFirst):
    """Requests that nobody has dealt with, unless the address asks for others."""

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("closed", "Closed"), ("all", "All")]

    def queryset(self, _request: HttpRequest, requests: QuerySet[ReviewRequest]) -> QuerySet[ReviewRequest]:
        # The page of one request is found whatever its state.
        states = {"all": requests, "closed": requests.exclude(closed_at=None)}
        return states.get(self.value() or "", requests.filter(closed_at=None))


class ReferenceFilter(admin.SimpleListFilter):
    """The versions that cite one reference, in their text or through a figure; its own page leads here."""

    title = "reference"
    parameter_name = "reference"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        # The one that was asked for: a list of the whole library would hold thousands.
        key = request.GET.get(self.parameter_name, "")
        return [(key, key)] if key else []

    def queryset(self, _request: HttpRequest, queryset: QuerySet[FaqVersion]) -> QuerySet[FaqVersion]:
        if not self.value():
            return queryset
        reference = Reference.objects.filter(key=self.value()).first()
        using = sources.versions_using(reference) if reference else FaqVersion.objects.none()
        return queryset.filter(pk__in=using.order_by().values("pk"))
