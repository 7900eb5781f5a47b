"""The review clock as a page: what is due, where, why, and what happens next."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from faq.admin.filters import SOON, STRETCHES
from faq.models import FaqVersion, ReviewRequest, overdue
from faq.models.due import DUE_DAY
from portal.chrome.models import Market
from portal.lib.admin import StaffAdmin

# So many answers are named, the most pressing first; the numbers lead to all of them.
NAMED = 25


@dataclass(frozen=True)
class Number:
    """A number, and the list that it counts."""

    label: str
    count: int
    address: str
    name: str


class Row(NamedTuple):
    """A market or a drug with its numbers."""

    title: str
    numbers: list[Number]


class Line(NamedTuple):
    """An answer that is due."""

    version: FaqVersion
    left: int
    withdrawn_on: date | None


class ReviewDashboard(StaffAdmin):
    """Adds the page to the admin of review requests."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.clock)
        return [path("clock/", view, name="faq_reviewrequest_clock"), *super().get_urls()]

    def clock(self, request: HttpRequest) -> HttpResponse:
        """What is due in 0, 30 and 60 days, by market and drug; open requests by cause; the oldest by name."""
        if not (self.has_view_permission(request) and request.user.has_perm("faq.view_faqversion")):
            raise PermissionDenied("You may not see what is due for review.")
        found = _due()
        context = {
            **self.admin_site.each_context(request),
            "title": "Review clock",
            "totals": _numbers(Counter(stretch for stretch, _, _ in found), {}),
            "requests": _requests(),
            "stretches": STRETCHES,
            "markets": _rows(found, 1, "faq__market__id__exact"),
            "drugs": _rows(found, 2, "faq__drug__id__exact"),
            "lines": _oldest(),
            "more": max(0, len(found) - NAMED),
            "all_url": f"{reverse('admin:faq_faqversion_changelist')}?{urlencode({'due': SOON.name})}",
            "markets_told": Market.objects.order_by("code"),
        }
        return render(request, "admin/faq/reviewrequest/clock.html", context)


# The stretch, the market and the drug of an answer that is due, the latter two as (key, name).
Due = tuple[str, tuple[int, str], tuple[int, str]]


def _due() -> list[Due]:
    rows = FaqVersion.objects.due_between(*SOON.days()).with_due_day()
    named = rows.values_list(DUE_DAY, "faq__market", "faq__market__name", "faq__drug", "faq__drug__name")
    stretches = [(stretch.name, *stretch.days()) for stretch in STRETCHES]
    return [
        (
            next(name for name, first, last in stretches if first <= day <= last),
            (market, place),
            # A drug is one of its market, and two of them may bear the same name.
            (drug, f"{called} ({place})"),
        )
        for day, market, place, drug, called in named
    ]


def _rows(found: list[Due], column: int, parameter: str) -> list[Row]:
    """The numbers of each market or drug, whatever has most overdue first."""
    counts: dict[Any, Counter[str]] = {}
    for due in found:
        counts.setdefault(due[column], Counter())[due[0]] += 1
    order = [stretch.name for stretch in STRETCHES]
    pressing = sorted(counts, key=lambda key: ([-counts[key][name] for name in order], key[1]))
    return [Row(key[1], _numbers(counts[key], {parameter: key[0]})) for key in pressing]


def _numbers(counts: Counter[str], chosen: dict[str, str | int]) -> list[Number]:
    place = reverse("admin:faq_faqversion_changelist")
    return [
        Number(label, counts[name], f"{place}?{urlencode({**chosen, 'due': name})}", name)
        for name, label, _, _ in STRETCHES
    ]


def _requests() -> list[Number]:
    place = reverse("admin:faq_reviewrequest_changelist")
    rows = ReviewRequest.objects.open().order_by().values_list("cause").annotate(count=Count("pk"))
    counts: dict[str, int] = dict(rows)
    return [
        Number(label, counts.get(cause, 0), f"{place}?{urlencode({'cause__exact': cause})}", cause)
        for cause, label in ReviewRequest.Cause.choices
    ]


def _oldest() -> list[Line]:
    rows = FaqVersion.objects.due_between(*SOON.days()).with_due_day().light().order_by(DUE_DAY, "pk")
    versions = list(rows.select_related("faq__drug", "faq__market", "author")[:NAMED])
    noted, today = overdue.noted_on(versions), timezone.localdate()
    return [
        Line(version, (version.due_day - today).days, overdue.withdrawn_on(version, noted.get(version.pk)))
        for version in versions
        if version.due_day
    ]
