"""The page of one safety flag: its text with the words that count, its clock, its history, and what can be done."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString

from portal.lib.admin import badge, cell, change_url, give_back_words
from portal.safety import flagging, history, kinds, marking
from portal.safety.admin.queue import Queue
from portal.safety.admin.reconciliation import ReconciliationPage
from portal.safety.models import SafetyFlag


@admin.register(SafetyFlag)
class SafetyFlagAdmin(ReconciliationPage, Queue):
    buttons = ("raise_clock", "assign", "forward", "dismiss", "reopen")
    fieldsets = [
        ("Text", {"fields": ["kind_of_text", "market", "products_told", "received"]}),
        ("Handling", {"fields": ["likelihood", "raised_by", "assigned", "status"]}),
        ("Closed", {"fields": ["reference", "reason", "closed_by", "closed_at"]}),
    ]
    readonly_fields = ["kind_of_text", "products_told", "received", "likelihood", "status", "assigned"]

    def get_fieldsets(self, request: HttpRequest, obj: SafetyFlag | None = None) -> Any:
        *always, closed = super().get_fieldsets(request, obj)
        return always if obj and obj.is_open else [*always, closed]

    @admin.display(description="kind of text")
    def kind_of_text(self, flag: SafetyFlag) -> str:
        return kinds.of(flag).label

    @admin.display(description="products")
    def products_told(self, flag: SafetyFlag) -> str:
        return ", ".join(flag.products) or "none named"

    def received(self, flag: SafetyFlag) -> SafeString:
        return cell("safety/_when", when=flag.received_at, zone=flag.market.time_zone)

    def likelihood(self, flag: SafetyFlag) -> SafeString:
        return cell("safety/_likelihood", flag=flag)

    @admin.display(description="assigned to")
    def assigned(self, flag: SafetyFlag) -> str:
        return str(flag.assigned_to or "nobody")

    def status(self, flag: SafetyFlag) -> SafeString:
        return badge("flag", flag.state, flag.get_state_display())

    def page_context(self, request: HttpRequest, row: SafetyFlag) -> dict[str, Any]:
        text = kinds.text_of(row)
        may = flagging.may_triage(request.user, row)
        return {
            **super().page_context(request, row),
            "kind": kinds.of(row),
            "pieces": marking.pieces(text, row.causes),
            "causes": [(cause["words"], marking.category_of(cause), marking.rule_of(cause)) for cause in row.causes],
            "points": [marking.point_of(point) for point in row.points],
            "source_url": _source_url(row),
            "history": history.told(row),
            "may_triage": may,
            "people": flagging.people() if may and row.is_open else [],
        }

    def assign(self, request: HttpRequest, flag: SafetyFlag) -> HttpResponse:
        """The button that gives the flag to somebody, or to nobody."""
        chosen = request.POST.get("person", "")
        return self._press(
            request, flag, "Assigned.", lambda: flagging.assign(flag, to=_chosen(chosen), by=_person(request))
        )

    def forward(self, request: HttpRequest, flag: SafetyFlag) -> HttpResponse:
        """The button that says that the safety department has the text."""
        reference, note = request.POST.get("reference", ""), request.POST.get("words", "")
        return self._press(
            request,
            flag,
            "Forwarded to safety.",
            lambda: flagging.forward(flag, reference=reference, note=note, by=_person(request)),
        )

    def dismiss(self, request: HttpRequest, flag: SafetyFlag) -> HttpResponse:
        """The button that says that the text needs no report."""
        reason = request.POST.get("words", "")
        return self._press(
            request, flag, "Dismissed.", lambda: flagging.dismiss(flag, reason=reason, by=_person(request))
        )

    def reopen(self, request: HttpRequest, flag: SafetyFlag) -> HttpResponse:
        """The button on the page of a flag that somebody dealt with."""
        reason = request.POST.get("words", "")
        return self._press(
            request, flag, "Opened again.", lambda: flagging.reopen(flag, reason=reason, by=_person(request))
        )

    def raise_clock(self, request: HttpRequest, flag: SafetyFlag) -> HttpResponse:
        """The button that starts the clock, or brings it forward because a death is mentioned."""
        death, note = "death" in request.POST, request.POST.get("words", "")
        return self._press(
            request,
            flag,
            "Raised: its clock runs.",
            lambda: flagging.raise_by_hand(flag, note=note, mentions_death=death, by=_person(request)),
        )

    def _press(self, request: HttpRequest, flag: SafetyFlag, told: str, verb: Callable[[], object]) -> HttpResponse:
        try:
            with transaction.atomic():
                verb()
                self.log_change(request, flag, told)
        except (PermissionDenied, flagging.Refused) as refusal:
            messages.error(request, str(refusal))
            give_back_words(request)
        else:
            messages.success(request, told)
        return redirect(change_url(flag))


def _person(request: HttpRequest) -> Any:
    return request.user


def _chosen(key: str) -> Any:
    """Whom the form names; None where it says nobody."""
    person = flagging.people().filter(pk=int(key)).first() if key.isdecimal() else None
    if key and person is None:
        raise flagging.Refused("Whom you chose may not deal with safety flags.")
    return person


def _source_url(flag: SafetyFlag) -> str:
    """The admin page of what the text belongs to; "" where there is none."""
    try:
        return change_url(flag.source) if flag.source is not None else ""
    except NoReverseMatch:
        return ""
