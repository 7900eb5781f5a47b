"""What the lists of votes and of remarks are filtered by: one place, so that an export takes what the list shows."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from faq.models import Feedback, Reason, Remark
from portal.accounts.signed_in import person


class OfVote(admin.SimpleListFilter):
    """A filter on votes, and on remarks by their votes."""

    def column(self, rows: QuerySet[Any], name: str) -> str:
        """How the column `name` of votes is called in `rows`."""
        return name if rows.model is Feedback else f"vote__{name}"


class ReasonFilter(OfVote):
    """Votes that give one reason among others."""

    title = "reason"
    parameter_name = "reason"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        told = {True: "Yes", False: "No"}
        return [
            (reason.value, f"{told[satisfied]}: {reason.label}")
            for satisfied in (False, True)
            for reason in Reason.of(satisfied)
        ]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(**{f"{self.column(rows, 'reasons')}__contains": [self.value()]}) if self.value() else rows


class SuspectFilter(OfVote):
    """Votes that make the score, or those that are counted apart, all or by why."""

    title = "suspect"
    parameter_name = "suspect"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "No, counted"), ("yes", "Yes, counted apart"), *Feedback.Suspicion.choices]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        chosen, column = self.value(), self.column(rows, "suspicion")
        if chosen == "yes":
            return rows.exclude(**{column: ""})
        return rows.filter(**{column: "" if chosen == "no" else chosen}) if chosen else rows


class AssignedFilter(admin.SimpleListFilter):
    """Remarks by who has them to deal with."""

    title = "assigned"
    parameter_name = "assigned"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "To me"), ("somebody", "To somebody"), ("nobody", "To nobody")]

    def queryset(self, request: HttpRequest, remarks: QuerySet[Remark]) -> QuerySet[Remark]:
        found = {
            "me": Q(assigned_to=person(request)),
            "somebody": Q(assigned_to__isnull=False),
            "nobody": Q(assigned_to=None),
        }
        return remarks.filter(found.get(self.value() or "", Q()))


class DaysForm(forms.Form):
    """From which day to which; both may stay empty."""

    since = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))


class DaysFilter(admin.ListFilter):
    """Votes by the day in their market on which they were given, and remarks by that of their vote."""

    title = "day of the vote"
    template = "admin/faq/filter_days.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        names = self.expected_parameters()
        for name in names:
            if name in params:
                self.used_parameters[str(name)] = params.pop(name)[-1]
        self.form = DaysForm(cast(dict[str, Any], self.used_parameters), auto_id="filter-%s")
        self.others = [
            (name, value) for name, values in request.GET.lists() for value in values if name not in (*names, "p", "e")
        ]

    def expected_parameters(self) -> list[str | None]:
        return ["since", "until"]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        clear = changelist.get_query_string(remove=["since", "until"]) if self.used_parameters else ""
        yield {"form": self.form, "others": self.others, "clear": clear}

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not self.form.is_valid():
            return rows.none()
        column = "day" if rows.model is Feedback else "vote__day"
        since, until = cast(dict[str, date | None], self.form.cleaned_data).values()
        bounds = {f"{column}__gte": since, f"{column}__lte": until}
        return rows.filter(**{lookup: day for lookup, day in bounds.items() if day})
