"""What moves versions: the buttons on a version's page, and the list's action."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from faq.admin import moves
from faq.admin.preview import preview
from faq.admin.record import review_record
from faq.admin.times import soon, zone_time
from faq.admin.version_pages import VersionPages
from faq.admin.version_stored import Stored
from faq.models import Faq, FaqVersion
from faq.models.signature import MEANING
from portal.accounts.signed_in import person
from portal.lib.admin import change_url

# What is due is published within a minute.
_LATE = timedelta(minutes=5)


class VersionMoves(VersionPages):
    """What moves versions: the buttons on a version's page, and the list's action."""

    actions = ["publish_selected"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.move))
        return [path("<int:pk>/move/<slug:name>/", view, name="faq_faqversion_move"), *super().get_urls()]

    @method_decorator(sensitive_post_parameters("password"))
    def move(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Makes the move `name` and leads back to the version, or to the one that it began."""
        version = self.get_object(request, str(pk))
        if version is None or name not in moves.BY_NAME or not self.has_view_permission(request, version):
            raise Http404("No such version or move.")
        return self.perform(request, version, name)

    def perform(self, request: HttpRequest, version: FaqVersion, name: str) -> HttpResponse:
        move = moves.BY_NAME[name]
        return redirect(change_url(moves.perform(request, version, move, by=person(request), log=self.log_change)))

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        user = person(request)
        may_submit = user.has_perm("faq.submit_faqversion")
        context: dict[str, Any] = {**super().page_context(request, row), "may_submit": may_submit}
        if row is None:
            return context
        # A draft is submitted with its form, so that nothing typed is lost; where there is no form, by a button.
        saves = self.has_change_permission(request, row)
        offered = [move for move in moves.offered(user, row) if not (saves and move.name == "submit")]
        stored: Stored = context["stored"]
        shown = preview(stored.version, stored.shown.version)
        return {
            **context,
            **review_record(stored.version),
            "moves": offered,
            "preview": shown,
            "replacement_choice": self._replacement(row),
            "meaning": MEANING,
            "soon": soon(stored.version, timezone.now()),
            "publish_is_late": row.publish_at is not None and row.publish_at < timezone.now() - _LATE,
            "publish_time": zone_time(row.publish_at, stored.version) if row.publish_at else "",
            "next_number": row.number + 1,
        }

    def _replacement(self, row: FaqVersion) -> SafeString:
        """A field in which the question is sought that answers this one now, filled in with the one named before."""
        link = Faq._meta.get_field("replaced_by")
        widget = AutocompleteSelect(link, self.admin_site, attrs={"id": "replaced_by", "data-width": "100%"})
        choice = forms.ModelChoiceField(Faq.objects.all(), required=False, widget=widget)
        return cast(SafeString, choice.widget.render("replaced_by", row.faq.replaced_by_id))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("faq.publish_faqversion")

    @admin.action(description="Publish selected approved versions", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, versions: QuerySet[FaqVersion]) -> None:
        done = 0
        for version in versions:
            try:
                moves.make(request, version, moves.BY_NAME["publish"], by=person(request), log=self.log_change)
                done += 1
            except moves.REFUSALS as refusal:
                messages.error(request, f"{version}: {refusal}")
        messages.success(request, f"Published {done} of the selected versions.")
