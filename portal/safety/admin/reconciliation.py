"""The page that says whether the sums are right."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path

from portal import audit
from portal.chrome.models import Market
from portal.lib.admin import StaffAdmin
from portal.lib.spreadsheet import csv_lines
from portal.safety import kinds, reconciling
from portal.safety.reconciling import FIRST, LAST, Period, Reconciliation


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """A market and some days of it."""

    market = forms.ModelChoiceField(Market.objects.order_by("code"), empty_label=None)
    first = forms.DateField(label="From", widget=DayInput, validators=[MinValueValidator(FIRST)])
    last = forms.DateField(label="To", widget=DayInput, validators=[MaxValueValidator(LAST)])

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        first, last = chosen.get("first"), chosen.get("last")
        if first and last and last < first:
            raise forms.ValidationError("The last day comes before the first.")
        return chosen


class ReconciliationPage(StaffAdmin):
    """Adds the page to the admin of safety flags."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reconciliation)
        return [path("reconciliation/", view, name="safety_safetyflag_reconciliation"), *super().get_urls()]

    def reconciliation(self, request: HttpRequest) -> HttpResponseBase:
        """What came in during a period, and what became of it; as a file too."""
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not see safety flags.")
        form = PeriodForm(request.GET if "market" in request.GET else _last_weeks())
        found = _found(request, form) if form.is_valid() else None
        if found and request.GET.get("as") == "csv":
            return _file(found)
        context = {
            **self.admin_site.each_context(request),
            "title": "Reconciliation of safety flags",
            "form": form,
            "found": found,
            "columns": reconciling.COLUMNS,
        }
        return render(request, "admin/safety/reconciliation.html", context)


def _found(request: HttpRequest, form: PeriodForm) -> Reconciliation:
    period = Period(form.cleaned_data["market"], form.cleaned_data["first"], form.cleaned_data["last"])
    return reconciling.reconcile(period, kinds.readable_by(request.user))


def _last_weeks() -> dict[str, Any]:
    """The last days of the default market, until today."""
    market = Market.objects.default().first()
    if market is None:
        return {}
    return {"market": market.pk, **Period.until_today(market)._asdict()}


def _file(found: Reconciliation) -> StreamingHttpResponse:
    period = found.period
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    audit.note("export", "safety_reconciliation", f"{period.market.code} {days['first']} to {days['last']}", facts=days)
    response = StreamingHttpResponse(csv_lines(reconciling.lines(found)), content_type="text/csv; charset=utf-8")
    name = f"safety-{period.market.code}-{days['first']}-{days['last']}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
