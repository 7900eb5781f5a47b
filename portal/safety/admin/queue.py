"""The queue of safety flags: what is overdue first, then by due time, death and likelihood."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from portal.lib.admin import ReadOnly, StaffAdmin, cell, change_url
from portal.safety import flagging, kinds
from portal.safety.admin.filters import AssignedFilter, ClockFilter, KindFilter, ProductFilter, StateFilter
from portal.safety.models import SafetyFlag

# Characters of a text that the list shows; the flag's own page has all of it.
SHORT = 280
# What the screen marks besides the harm itself.
TIES = {"medicine", "link"}
TOLD = (
    "Every text that visitors send, whatever the screen thinks of it: it orders the list and starts the clock, and a "
    "person decides. What is overdue comes first, what was not raised last."
)


class TriageForm(ActionForm):
    """What is done with the chosen flags: to whom they go, or why they need no report."""

    person: Any = forms.ModelChoiceField(queryset=None, required=False, empty_label="me", label="Assign to:")
    reason = forms.CharField(
        label="Reason:",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "Why none of them needs a report"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = flagging.people()  # type: ignore[attr-defined]


class Queue(ReadOnly, StaffAdmin):
    """The list, and what can be done with several flags at once."""

    list_display = ["text", "clock", "screened", "handling"]
    list_display_links = None
    list_filter = [
        *(StateFilter, ClockFilter, "level", "mentions_death", KindFilter, AssignedFilter, "market"),
        *(ProductFilter, "raised_by", "received_at"),
    ]
    search_fields = ["reference", "reason"]
    search_help_text = "Words of the text, a case number, a reference number or a reason"
    actions = ["assign_selected", "dismiss_selected"]
    action_form = TriageForm
    # A count beside each choice would ask for the whole list again.
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css = {"all": ["css/admin-flag.css", "css/admin-safety.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[SafetyFlag]:
        readable = kinds.readable_by(request.user)
        rows = {kind.rows().model: kind.rows() for kind in readable}
        found = super().get_queryset(request).filter(kind__in=[kind.key for kind in readable])
        named = found.select_related("market", "assigned_to", "closed_by")
        return named.prefetch_related(GenericPrefetch("source", list(rows.values())))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        own, duplicates = super().get_search_results(request, queryset, search_term)
        if not (words := search_term.strip()):
            return own, duplicates
        found = Q(pk__in=own.order_by().values("pk"))
        for kind in kinds.readable_by(request.user):
            found |= Q(kind=kind.key, source_id__in=kind.find(words).order_by().values("pk"))
        return queryset.filter(found), duplicates

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": "Safety flags", "told": TOLD, **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(ordering="received_at")
    def text(self, flag: SafetyFlag) -> SafeString:
        whole = kinds.text_of(flag)
        told = {"text": whole[:SHORT], "more": len(whole) > SHORT, "address": change_url(flag)}
        return cell("safety/_text", flag=flag, kind=kinds.of(flag), **told)

    @admin.display(description="due", ordering="due_at")
    def clock(self, flag: SafetyFlag) -> SafeString:
        return cell("safety/_clock", flag=flag)

    @admin.display(description="likelihood", ordering="score")
    def screened(self, flag: SafetyFlag) -> SafeString:
        """What the screen thinks, and the words that made it speak, each once."""
        words = [cause["words"] for cause in flag.causes if cause["category"] not in TIES]
        return cell("safety/_screened", flag=flag, words=list(dict.fromkeys(words)))

    @admin.display(ordering="assigned_to")
    def handling(self, flag: SafetyFlag) -> SafeString:
        return cell("safety/_handling", flag=flag)

    def has_triage_permission(self, request: HttpRequest) -> bool:
        return flagging.may_triage(request.user)

    @admin.action(description="Assign selected flags", permissions=["triage"])
    def assign_selected(self, request: HttpRequest, flags: Any) -> None:
        by: Any = request.user
        chosen = flagging.people().filter(pk=request.POST.get("person") or by.pk).first()
        self._in_bulk(request, flags, lambda: flagging.assign_all(flags, to=chosen or by, by=by))

    @admin.action(description="Dismiss selected flags that are not raised", permissions=["triage"])
    def dismiss_selected(self, request: HttpRequest, flags: Any) -> None:
        by: Any = request.user
        reason = request.POST.get("reason", "")
        self._in_bulk(request, flags, lambda: flagging.dismiss_unraised(flags, reason=reason, by=by))

    def _in_bulk(self, request: HttpRequest, flags: Any, verb: Any) -> None:
        """Runs a verb on the chosen flags, and tells how many it changed."""
        number = flags.count()
        try:
            with transaction.atomic():
                done = verb()
        except flagging.Refused as refusal:
            messages.error(request, str(refusal))
            return
        left = f" {number - done} stay as they were." if number > done else ""
        messages.success(request, f"Done with {done} of {number} selected flags.{left}")
