"""The audit trail as staff read it: a list to narrow, each entry with what was and what became, and files of both."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from portal.audit import exporting, reading
from portal.audit.differences import pieces
from portal.audit.filtering import TrailFilter
from portal.audit.guarding import guard
from portal.audit.models import Entry, EntryQuerySet
from portal.audit.places import trails
from portal.audit.recording import note
from portal.lib.admin import ReadOnly, StaffAdmin, badge, cell
from portal.lib.landing import shelve

_VERIFIED = ("verified", "found broken")


@admin.register(Entry)
class EntryAdmin(ReadOnly, StaffAdmin):
    list_display = ["when", "who", "what", "row", "changes", "why"]
    list_display_links = None
    list_filter = [TrailFilter]
    search_fields = ["label"]
    search_help_text = "Content ID, name, key: words of what the row is called."
    show_facets = admin.ShowFacets.NEVER
    ordering = ["-position"]

    class Media:
        css = {"all": ["css/admin-audit.css"]}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(method_decorator(require_POST)(type(self).export).__get__(self))
        return [path("export/<slug:form>/", view, name="audit_entry_export"), *super().get_urls()]

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("audit.export_entry")

    @admin.display(ordering="position")
    def when(self, entry: Entry) -> SafeString:
        return cell("audit/_when", entry=entry)

    @admin.display(ordering="actor")
    def who(self, entry: Entry) -> SafeString:
        return cell("audit/_who", entry=entry)

    @admin.display(ordering="action")
    def what(self, entry: Entry) -> SafeString:
        said = badge("audit", entry.action.replace(" ", "-"), reading.action(entry.action))
        return cell("audit/_what", said=said, kind=reading.kind(entry.kind))

    @admin.display(description="of what", ordering="label")
    def row(self, entry: Entry) -> SafeString:
        return cell("audit/_row", entry=entry)

    @admin.display(description="from → to")
    def changes(self, entry: Entry) -> SafeString:
        return cell("audit/_changes", changes=reading.summary(entry))

    @admin.display(ordering="reason")
    def why(self, entry: Entry) -> str:
        return reading.shortened(entry.reason) if entry.reason else ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        forms = exporting.FORMATS if self.has_export_permission(request) else {}
        context = {"title": "Audit trail", "forms": forms, "guard": guard(connection), "verified": _last_verified()}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def page_context(self, _request: HttpRequest, row: Entry | None) -> dict[str, Any]:
        if row is None:
            return {}
        told = [(found, *pieces(found.before or "", found.after or "")) for found in reading.changes(row)]
        return {
            "title": f"Entry {row.position:,}",
            "subtitle": None,
            "entry": row,
            "kind": reading.kind(row.kind),
            "what": badge("audit", row.action.replace(" ", "-"), reading.action(row.action)),
            "changes": told,
            "pointers": reading.pointers(row),
            "trails": trails(row.place),
        }

    def export(self, request: HttpRequest, form: str) -> StreamingHttpResponse:
        """The entries that the list shows, all pages of it, as a file; that somebody took it is an entry too."""
        if not self.has_view_permission(request) or not self.has_export_permission(request):
            raise PermissionDenied
        if form not in exporting.FORMATS:
            raise Http404("No such form of file.")
        chosen = exporting.FORMATS[form]
        # What is added from now on is not in the file, this export among it.
        last = Entry.objects.aggregate(last=Max("position"))["last"] or 0
        shown = cast(EntryQuerySet, self.get_changelist_instance(request).get_queryset(request))
        entries = shown.filter(position__lte=last)
        facts = {"entries": entries.count(), "until": last, **request.GET.dict()}
        note("exported", "audit", f"Audit trail as {chosen.label}", facts=facts)
        response = StreamingHttpResponse(chosen.write(entries), content_type=chosen.media_type)
        name = f"audit-trail-{timezone.localdate():%Y-%m-%d}.{form}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _last_verified() -> dict[str, Any] | None:
    """What `verify_audit` last said, and how many entries came since."""
    entry = Entry.objects.filter(kind="audit", action__in=_VERIFIED).first()
    if entry is None:
        return None
    newest = Entry.objects.order_by("-position").values_list("position", flat=True)[0]
    return {"entry": entry, "is_whole": entry.action == "verified", "since": newest - entry.position}


shelve("People and rights", 85, Entry)
