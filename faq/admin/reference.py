"""The library of sources, and which version cites what."""

from itertools import groupby
from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from faq import sources
from faq.admin import cells
from faq.admin.parts import FetchedFormSet
from faq.admin.reference_form import ReferenceForm, preview_of
from faq.admin.reference_import import ReferenceImport
from faq.admin.reference_standing import ReferenceStanding
from faq.citations import ama
from faq.models import Citation, FaqVersion, Reference
from faq.models.workflow import Status
from portal.lib.admin import ReadOnly, StaffAdmin, badge, change_url


class CitationInline(ReadOnly, admin.TabularInline):
    """The references of a version under their numbers; written when it is approved."""

    model = Citation
    fields = readonly_fields = ("number", "source")
    extra = 0
    formset = FetchedFormSet
    verbose_name_plural = "citations, numbered at approval"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).select_related("reference")

    def source(self, citation: Citation) -> SafeString:
        return cells.links([(str(citation.reference), change_url(citation.reference))])


@admin.register(Citation)
class CitationAdmin(ReadOnly, StaffAdmin):
    list_display = ["reference", "number", "cited_by", "state"]
    list_filter = ["version__status", "version__faq__market"]
    list_select_related = ["reference", "version__faq"]
    search_fields = ["reference__key", "reference__title", "version__faq__content_id"]

    @admin.display(description="in version", ordering="version")
    def cited_by(self, citation: Citation) -> SafeString:
        return cells.version_link(citation.version)

    @admin.display(ordering="version__status")
    def state(self, citation: Citation) -> SafeString:
        return cells.status(citation.version)


class UseFilter(admin.SimpleListFilter):
    """References that no version cites, or that some do."""

    title = "use"
    parameter_name = "use"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("used", "Used"), ("unused", "Unused")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Reference]) -> QuerySet[Reference]:
        asked = {"used": sources.used, "unused": sources.unused}.get(self.value() or "")
        return asked(queryset) if asked else queryset


# The columns that the form writes.
STORED = ("key", "formatted_override", "csl")


@admin.register(Reference)
class ReferenceAdmin(ReferenceImport, ReferenceStanding):
    form = ReferenceForm
    list_display = ["key", "as_shown", "kind", "year", "state", "cited_in"]
    list_filter = ["standing", UseFilter, "kind", "year"]
    # What is typed is looked for by the index of words: get_search_results.
    search_fields = ["key"]
    search_help_text = "Key, title, first author, year, DOI, PMID or NCT number."
    lasting_fields = ("key",)
    fieldsets = [
        (None, {"fields": ["key", "type", "title", "authors"]}),
        ("Where it appeared", {"fields": ["journal", "journal_short", "issued", ("volume", "issue"), "pages"]}),
        ("Identifiers", {"fields": ["doi", ("pmid", "pmcid"), "nct", "url", "accessed"]}),
        ("Presented at", {"fields": ["event", "event_place", "event_date"]}),
        ("Published by", {"fields": ["genre", "number", "publisher", "edition", "editors"]}),
        ("For experts", {"fields": ["formatted_override", "csl", "alike_seen"], "classes": ["collapse"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.preview))
        return [path("preview/", view, name="faq_reference_preview"), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Reference | None = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            return [(None, {"fields": ["key", "csl"]})]
        return self.fieldsets

    def get_form(self, request: HttpRequest, obj: Reference | None = None, change: bool = False, **kwargs: Any) -> Any:
        # The form's own fields are not those of the row, though some share their names.
        stored = [name for name in STORED if name not in self.get_readonly_fields(request, obj)]
        return super().get_form(request, obj, change, **{**kwargs, "fields": stored})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        published = Citation.objects.filter(reference=OuterRef("pk"), version__status=Status.PUBLISHED)
        counted = published.order_by().values("reference").annotate(count=Count("pk")).values("count")
        rows: QuerySet[Reference] = super().get_queryset(request).annotate(answers=Coalesce(Subquery(counted), 0))
        return rows

    def get_search_results(self, _request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset.matching(search_term), False

    @admin.display(description="in AMA style")
    def as_shown(self, reference: Reference) -> SafeString | str:
        return reference.formatted_override or ama.reference(reference.csl)

    @admin.display(description="standing", ordering="standing")
    def state(self, reference: Reference) -> SafeString:
        return badge("standing", reference.standing, reference.get_standing_display())

    @admin.display(description="published in", ordering="answers")
    def cited_in(self, reference: Any) -> int:
        return int(reference.answers)

    def page_context(self, request: HttpRequest, row: Reference | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        if row is None:
            return context
        shown = {"item": row.csl, "citation": self.as_shown(row), "links": ama.links(row.csl)}
        return {**context, "shown": shown, "uses": _uses(row)}

    def preview(self, request: HttpRequest) -> HttpResponse:
        """How the reference would read if what stands in the form were saved; the page's script asks for it."""
        row = self.get_object(request, request.GET.get("pk", ""))
        allowed = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        if not allowed:
            return HttpResponse(status=403)
        form = self.get_form(request, row, change=row is not None)(request.POST, instance=row)
        item, alike = preview_of(cast(ReferenceForm, form))
        citation = form.cleaned_data.get("formatted_override") or ama.reference(item)
        shown = {"item": item, "citation": citation, "links": ama.links(item), "alike": alike}
        return render(request, "admin/faq/reference/_preview.html", {"shown": shown})

    def has_delete_permission(self, request: HttpRequest, obj: Reference | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not sources.versions_using(obj).exists())


def _uses(reference: Reference) -> list[tuple[str, list[FaqVersion]]]:
    """The versions that cite `reference` by their status, what visitors read first."""
    versions = sources.versions_using(reference)
    return [(label, list(rows)) for label, rows in groupby(versions, FaqVersion.get_status_display)]
