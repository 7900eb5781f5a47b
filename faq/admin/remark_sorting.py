"""What staff do to remarks with one click: in the list to many, on a remark's own page to that one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from faq import remarks as verbs
from faq.models import Remark
from portal.accounts.signed_in import person
from portal.lib.admin import StaffAdmin, change_url

# So many are sorted at once; each of them is a line in the history.
MOST = 500
Verb = Callable[..., list[Any]]


class Sorting(StaffAdmin):
    """Actions and buttons that need no words."""

    buttons: tuple[str, ...] = ("read", "spam", "vouched", "anew")

    def has_handle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(verbs.HANDLES)

    @admin.action(description="Mark as read", permissions=["handle"])
    def mark_read(self, request: HttpRequest, chosen: QuerySet[Remark]) -> None:
        self.sort(request, chosen, verbs.mark_read, "Marked as read")

    @admin.action(description="Mark as spam, and its vote as suspect", permissions=["handle"])
    def mark_spam(self, request: HttpRequest, chosen: QuerySet[Remark]) -> None:
        self.sort(request, chosen, verbs.mark_spam, "Marked as spam")

    @admin.action(description="Not spam after all: the vote counts", permissions=["handle"])
    def vouch(self, request: HttpRequest, chosen: QuerySet[Remark]) -> None:
        self.sort(request, chosen, verbs.vouch, "Vouched for")

    @admin.action(description="New again", permissions=["handle"])
    def reopen(self, request: HttpRequest, chosen: QuerySet[Remark]) -> None:
        self.sort(request, chosen, verbs.reopen, "New again")

    def read(self, request: HttpRequest, remark: Remark) -> HttpResponse:
        """A button, as those below: opening a page changes nothing."""
        return self._press(request, remark, self.mark_read)

    def spam(self, request: HttpRequest, remark: Remark) -> HttpResponse:
        return self._press(request, remark, self.mark_spam)

    def vouched(self, request: HttpRequest, remark: Remark) -> HttpResponse:
        return self._press(request, remark, self.vouch)

    def anew(self, request: HttpRequest, remark: Remark) -> HttpResponse:
        return self._press(request, remark, self.reopen)

    def sort(self, request: HttpRequest, chosen: QuerySet[Any], verb: Verb, told: str) -> None:
        """Does `verb` to what was chosen, notes it in the history of each, and says of how many it was true."""
        rows = list(chosen[: MOST + 1])
        if len(rows) > MOST:
            messages.error(request, f"Choose at most {MOST} at a time; nothing was changed.")
            return
        with transaction.atomic():
            done = verb(rows, by=person(request))
            self.told(request, done, f"{told}.", f"{told}: {{}}", rows)

    def told(self, request: HttpRequest, done: Sequence[Any], noted: str, said: str, chosen: Sequence[Any]) -> None:
        """Notes in the history of each of `done` what was done, and says how many of `chosen` they are."""
        names = {row.pk: row for row in chosen}
        rows = [names.get(row.pk, row) for row in done]
        if rows:
            LogEntry.objects.log_actions(person(request).pk, rows, CHANGE, noted)
        messages.success(request, said.format(f"{len(done)} of {len(chosen)} chosen."))

    def _press(self, request: HttpRequest, remark: Remark, action: Callable[..., None]) -> HttpResponse:
        if not self.has_handle_permission(request):
            raise PermissionDenied("You may not sort what visitors wrote.")
        action(request, self.get_queryset(request).filter(pk=remark.pk))
        return redirect(change_url(remark))
