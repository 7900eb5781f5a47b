"""Questions that found no answer, until somebody did something about them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from faq.search import gaps
from faq.search.admin.groups import GapGroups
from faq.search.admin.lists import QuestionList
from faq.search.models import SearchGap
from portal.accounts.signed_in import person
from portal.lib.admin import OpenFirst, badge, cell, change_url

State = SearchGap.State


class StateFilter(OpenFirst):
    """What waits, unless the address asks for something else."""

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "All"), *[(state.value, str(state.label)) for state in State if state != State.OPEN]]

    def queryset(self, _request: HttpRequest, waiting: QuerySet[SearchGap]) -> QuerySet[SearchGap]:
        # The page of one gap is found whatever its state.
        return waiting if self.value() == "all" else waiting.filter(state=self.value() or State.OPEN)


class GroupFilter(admin.SimpleListFilter):
    """The questions that mean the same as one; the page of groups leads here."""

    title = "group"
    parameter_name = "group"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        # The one that was asked for: there may be thousands.
        key = request.GET.get(self.parameter_name, "")
        return [(key, f"Group {key}")] if key else []

    def queryset(self, _request: HttpRequest, asked: QuerySet[SearchGap]) -> QuerySet[SearchGap]:
        key = self.value()
        if not key:
            return asked
        is_number = key.isascii() and key.isdecimal() and len(key) < 19
        return asked.filter(Q(pk=key) | Q(leader=key)) if is_number else asked.none()


class NoteForm(ActionForm):
    """What is done with the chosen gaps, and why."""

    note = forms.CharField(
        label="Note:",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "Why, for colleagues"}),
    )


class GapList(QuestionList):
    """The list of gaps, and what is known of each."""

    told = "Questions that found no answer. One that was handled waits again if it is asked and still finds none."
    list_display = ["place", "status", "asked", "last"]
    list_filter = [StateFilter, *QuestionList.list_filter, "last_asked", GroupFilter]
    search_fields = ["text", "key", "note", "drug__name"]
    fields = ["text", "place", "asked", "first", "last", "means", "note", "faq", "handled_by", "handled_at"]
    readonly_fields = ["place", "first", "last", "means"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchGap]:
        rows: QuerySet[SearchGap] = super().get_queryset(request)
        return rows.defer("vector")

    @admin.display(ordering="state")
    def status(self, gap: SearchGap) -> SafeString:
        return badge("gap", gap.state, gap.get_state_display())

    @admin.display(description="first asked", ordering="first_asked")
    def first(self, gap: SearchGap) -> SafeString:
        return cell("faq/_day", when=gap.first_asked)

    @admin.display(description="stands with")
    def means(self, gap: SearchGap) -> SafeString:
        return cell("search/_likeness", gap=gap)

    @admin.display(description="last asked", ordering="last_asked")
    def last(self, gap: SearchGap) -> SafeString:
        return cell("faq/_day", when=gap.last_asked)


@admin.register(SearchGap)
class SearchGapAdmin(GapGroups, GapList):
    action_form = NoteForm
    actions = ["dismiss_selected"]
    buttons = ("dismiss", "reopen")

    def has_handle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("search.handle_searchgap")

    @admin.action(description="Dismiss selected gaps", permissions=["handle"])
    def dismiss_selected(self, request: HttpRequest, chosen: QuerySet[SearchGap]) -> None:
        waiting = list(chosen.exclude(state=State.DISMISSED))
        for gap in waiting:
            self._dismiss(request, gap)
        messages.success(request, f"Dismissed: {len(waiting)} of the selected gaps.")

    def dismiss(self, request: HttpRequest, gap: SearchGap) -> HttpResponse:
        """The button on a gap's own page."""
        self._require(request)
        self._dismiss(request, gap)
        return redirect(change_url(gap))

    def reopen(self, request: HttpRequest, gap: SearchGap) -> HttpResponse:
        """The button on the page of a gap that waits no longer."""
        self._require(request)
        gaps.reopen(gap)
        self.log_change(request, gap, "Opened again.")
        return redirect(change_url(gap))

    def page_context(self, request: HttpRequest, row: SearchGap) -> dict[str, Any]:
        return {**super().page_context(request, row), "may_handle": self.has_handle_permission(request)}

    def _require(self, request: HttpRequest) -> None:
        if not self.has_handle_permission(request):
            raise PermissionDenied("You may not handle gaps.")

    def _dismiss(self, request: HttpRequest, gap: SearchGap) -> None:
        note = request.POST.get("note", "").strip()[:300]
        gaps.handle(gap, State.DISMISSED, by=person(request), note=note)
        self.log_change(request, gap, f"Dismissed. {note}".strip())
