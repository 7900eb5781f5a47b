"""The pages of the desk: how satisfied readers are with the answers of a market, of a drug, and with one answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from faq.admin import desk_answers as answers
from faq.admin.desk_rows import Choice, choices
from faq.models import Drug, Faq, FaqVersion
from faq.satisfaction import counting, reading, votes
from faq.satisfaction.charts import trend
from faq.satisfaction.ranking import ORDERS, order_called
from faq.satisfaction.score import Score
from faq.satisfaction.spans import PERIODS, Period, Span, period_called, span
from faq.satisfaction.weeks import Published, Week, weeks
from portal.chrome.models import Market
from portal.lib.admin import StaffAdmin, change_url

# So many rows of a list are named.
NAMED = 15


class Desk(StaffAdmin):
    """Adds the pages to the admin of votes."""

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("desk/", self.desk_markets, "faq_feedback_desk"),
            ("desk/market/<int:pk>/", self.desk_market, "faq_feedback_market"),
            ("desk/drug/<int:pk>/", self.desk_drug, "faq_feedback_drug"),
            ("desk/answer/<int:pk>/", self.desk_answer, "faq_feedback_answer"),
        )
        own = [path(place, self.admin_site.admin_view(view), name=name) for place, view, name in pages]
        return [*own, *super().get_urls()]

    def desk_markets(self, request: HttpRequest) -> HttpResponse:
        """Every market with its score; each leads to its page."""
        self._require(request)
        period, now = _period(request), timezone.now()
        rows = []
        for market in Market.objects.order_by("code"):
            within = span(period, now, market.time_zone)
            rows.append((market, counting.total(within, counting.of_market(market.pk))))
        context = {"title": "Feedback", "rows": rows, "periods": _periods(request, period)}
        return self._page(request, "admin/faq/feedback/markets.html", context)

    def desk_market(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What satisfies least, what was searched for in vain, and what nobody is known to have read."""
        self._require(request)
        market = get_object_or_404(Market, pk=pk)
        period = _period(request)
        within = span(period, timezone.now(), market.time_zone)
        found = counting.summed(within, counting.of_market(market.pk))
        wordings = answers.wordings(market)
        unread = answers.unread(wordings, found.versions, reading.opened(market, within))
        order = order_called(request.GET.get("order", ""))
        context = {
            "title": f"Feedback: {market}",
            "market": market,
            **_told(request, period, within, found.weeks, found.total),
            **answers.of_market(wordings, found.versions, order, NAMED),
            "orders": choices(request, "order", ((way.name, way.label) for way in ORDERS), order.name),
            "order": order,
            "unread": answers.named(unread[:NAMED]),
            "unread_count": len(unread),
            **self._searches(request, market, period, within),
        }
        return self._page(request, "admin/faq/feedback/market.html", context)

    def desk_drug(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How satisfied readers are with the answers about one drug."""
        self._require(request)
        drug = get_object_or_404(Drug.objects.select_related("market"), pk=pk)
        period = _period(request)
        within = span(period, timezone.now(), drug.market.time_zone)
        found = counting.summed(within, counting.of_drug(drug.pk))
        order = order_called(request.GET.get("order", ""))
        context = {
            "title": f"Feedback: {drug}",
            "drug": drug,
            "drug_url": change_url(drug),
            "market": drug.market,
            **_told(request, period, within, found.weeks, found.total),
            **answers.of_drug(drug, found.versions, order),
            "orders": choices(request, "order", ((way.name, way.label) for way in ORDERS), order.name),
            "order": order,
            **_said(within, version__in=counting.of_drug(drug.pk)),
            "list_chosen": f"version__faq__drug__id__exact={drug.pk}",
        }
        return self._page(request, "admin/faq/feedback/drug.html", context)

    def desk_answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How satisfied readers are with one answer, and what each of its versions changed."""
        self._require(request)
        faq = get_object_or_404(Faq.objects.select_related("market", "drug"), pk=pk)
        period = _period(request)
        within = span(period, timezone.now(), faq.market.time_zone)
        ever = counting.of_answer(faq)
        chosen = [(version, day, some) for version, day, some in ever if within.holds(day)]
        found = counting.gathered((version, some) for version, _, some in chosen)
        days = {day: some.score for day, some in counting.gathered((day, some) for _, day, some in chosen).items()}
        total = sum(found.values(), counting.Votes())
        versions = list(FaqVersion.objects.history().filter(faq=faq))
        came = answers.published_on(versions, faq.market.time_zone)
        context = {
            "title": f"Feedback: {faq.content_id}",
            "faq": faq,
            "faq_url": change_url(faq),
            "question": versions[-1].question if versions else "",
            "market": faq.market,
            **_told(request, period, within, days, total, came),
            "versions": answers.of_versions(versions, found, ever, came),
            **_said(within, version__in=[version.pk for version in versions]),
            "list_chosen": f"version__faq__id__exact={faq.pk}",
        }
        return self._page(request, "admin/faq/feedback/answer.html", context)

    def _searches(self, request: HttpRequest, market: Market, period: Period, within: Span) -> dict[str, Any]:
        if not request.user.has_perm("search.view_unansweredsearch"):
            return {}
        unanswered = reading.unanswered(market, period.days)
        return {
            "unanswered": unanswered[:NAMED],
            "unanswered_url": reverse("admin:search_unansweredsearch_changelist"),
            "unanswered_days": period.days if reading.line_days(period.days) == period.days else None,
            "refused": votes.searches(
                votes.counted(within, version__in=counting.of_market(market.pk)), unsatisfied=True
            ),
        }

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        return render(request, template, {**self.admin_site.each_context(request), **context})

    def _require(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not see what visitors said.")


def _period(request: HttpRequest) -> Period:
    return period_called(request.GET.get("period", ""))


def _periods(request: HttpRequest, period: Period) -> list[Choice]:
    return choices(request, "period", ((known.name, known.label) for known in PERIODS), period.name)


def _told(
    request: HttpRequest,
    period: Period,
    within: Span,
    days: Mapping[date, Score],
    total: counting.Votes,
    came: Sequence[Published] = (),
) -> dict[str, Any]:
    """What every page tells at its top: the score, what is counted apart, and the weeks."""
    first = within.first or min(days, default=within.last)
    shown: list[Week] = weeks(days, first, within.last)
    return {
        "periods": _periods(request, period),
        "span": within,
        "total": total,
        "weeks": shown,
        "trend": trend(shown, [one.day for one in came[1:]]),
    }


def _said(within: Span, **where: Any) -> dict[str, Any]:
    """What votes say besides yes and no."""
    found = votes.counted(within, **where)
    return {
        "reasons": votes.reasons(found),
        "devices": votes.devices(found),
        "searches": votes.searches(found),
    }
