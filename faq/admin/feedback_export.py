"""Taking what a list of votes or remarks shows away as a file: the buttons on the list, and the page of a file."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from faq.feedback_export import dictionary, making
from faq.feedback_export.formats import FORMATS
from faq.feedback_export.kinds import Kind, of_model
from faq.feedback_export.making import Busy
from faq.feedback_export.shown import Unreadable
from faq.models import FeedbackExport
from portal.accounts.signed_in import person

R = TypeVar("R", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]


class FeedbackExporting(admin.ModelAdmin):
    """A list whose rows can be taken away; its template includes admin/faq/_feedback_export.html."""

    class Media:
        css = {"all": ["css/admin-feedback-export.css"]}

    @property
    def exported(self) -> Kind:
        return of_model(self.model)

    def get_urls(self) -> list[URLPattern]:
        def at(way: str, name: str, view: View) -> URLPattern:
            return path(f"export/{way}", self.admin_site.admin_view(view), name=f"{self._named}_{name}")

        own = [
            at("", "ask", require_POST(self.export_ask)),
            at("dictionary/", "columns", require_GET(self.export_columns)),
            at("<int:number>/", "export", require_GET(self.export_page)),
            at("<int:number>/progress/", "progress", require_GET(self.export_progress)),
            at("<int:number>/stop/", "stop", require_POST(self.export_stop)),
            at("<int:number>/file/", "file", require_GET(self.export_file)),
            at("<int:number>/dictionary/", "dictionary", require_GET(self.export_dictionary)),
        ]
        return [*own, *super().get_urls()]

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("faq.export_feedback")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"export": self._offered(request) if self.has_export_permission(request) else None}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export_ask(self, request: HttpRequest) -> HttpResponseBase:
        """A file of what the list shows at this address: there at once if it is small, else with a page to wait on."""
        self._require_right(request)
        form, query = request.POST.get("format", ""), request.GET.urlencode()
        if form not in FORMATS:
            raise Http404("No such form of file.")
        try:
            export = making.ask(self.exported, form, query, by=person(request))
        except (Busy, Unreadable) as error:
            messages.error(request, str(error))
            return redirect(f"{reverse(f'admin:{self.opts.app_label}_{self.opts.model_name}_changelist')}?{query}")
        # What was left out is to be seen before the file is taken for all there is.
        return redirect(self._url("file" if export.is_ready and not export.left_out else "export", export))

    def export_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """How far a file is, and then the file."""
        export = self._own(request, number)
        kind = self.exported
        context = {
            **self.admin_site.each_context(request),
            **self._progress(export),
            "title": f"Export of {kind.key}",
            "opts": self.opts,
            "filters": making.filters(export),
            "file": FORMATS[export.form],
        }
        return render(request, "admin/faq/feedback_export.html", context)

    def export_progress(self, request: HttpRequest, number: int) -> HttpResponse:
        return render(request, "admin/faq/_feedback_export_progress.html", self._progress(self._own(request, number)))

    def export_stop(self, request: HttpRequest, number: int) -> HttpResponse:
        export = self._own(request, number)
        making.stop(export)
        return redirect(self._url("export", export))

    def export_file(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """The file itself, a part in memory at a time."""
        export = self._own(request, number)
        if not export.is_ready or export.size is None:
            raise Http404("There is no such file, or not yet.")
        response = StreamingHttpResponse(making.sent(export), content_type=FORMATS[export.form].media_type)
        response["Content-Length"] = str(export.size)
        # Sent as it is: a browser shows how far it is only where it knows how long.
        response["Content-Encoding"] = "identity"
        return _attached(response, export.file_name)

    def export_dictionary(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """The data dictionary of one file."""
        export = self._own(request, number)
        content = dictionary.csv_file(self.exported, making.facts(export) if export.is_ready else None)
        name = f"{export.file_name.rpartition('.')[0]}-dictionary.csv"
        return _attached(HttpResponse(content, content_type=FORMATS["csv"].media_type), name)

    def export_columns(self, request: HttpRequest) -> HttpResponse:
        """The data dictionary as a page."""
        self._require_right(request)
        kind = self.exported
        context = {
            **self.admin_site.each_context(request),
            "title": f"Data dictionary of {kind.key}",
            "opts": self.opts,
            "columns": [(column, column.values().items()) for column in kind.columns],
            "types": dictionary.TYPES.items(),
        }
        return render(request, "admin/faq/feedback_dictionary.html", context)

    @property
    def _named(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def _url(self, name: str, export: FeedbackExport) -> str:
        return reverse(f"admin:{self._named}_{name}", args=[export.pk])

    def _require_right(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request) or not self.has_export_permission(request):
            raise PermissionDenied

    def _own(self, request: HttpRequest, number: int) -> FeedbackExport:
        """A file that the person at the keyboard asked for; nobody fetches another's."""
        self._require_right(request)
        making.end_lost()
        mine = FeedbackExport.objects.filter(asked_by=person(request), kind=self.exported.key)
        return get_object_or_404(mine.select_related("asked_by"), pk=number)

    def _offered(self, request: HttpRequest) -> dict[str, Any]:
        mine = FeedbackExport.objects.filter(asked_by=person(request), kind=self.exported.key)
        last = mine.first()
        return {
            "formats": FORMATS.values(),
            "ask": reverse(f"admin:{self._named}_ask"),
            "columns": reverse(f"admin:{self._named}_columns"),
            "last": last,
            "last_url": self._url("export", last) if last else "",
        }

    def _progress(self, export: FeedbackExport) -> dict[str, Any]:
        urls = {name: self._url(name, export) for name in ("progress", "stop", "file", "dictionary")}
        counts = ("expected", "done", "written", "left_out")
        return {"export": export, "urls": urls, "number": {name: f"{getattr(export, name):,}" for name in counts}}


def _attached(response: R, name: str) -> R:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
