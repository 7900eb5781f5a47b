"""The library of sources, and which version cites what."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.citations import ama
from faq.models import Citation, FaqVersion, Reference
from portal.lib.admin import ReadOnly, StaffAdmin, WholeRowForm, change_url


class ReadableJSON(json.JSONEncoder):
    """Two spaces of indentation and the letters themselves, as people write CSL-JSON."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "indent": 2, "ensure_ascii": False})


class ReferenceForm(WholeRowForm):
    csl = forms.JSONField(
        label="CSL-JSON",
        encoder=ReadableJSON,
        widget=forms.Textarea(attrs={"rows": 22, "class": "vLargeTextField markup", "spellcheck": "false"}),
        help_text="One bibliographic item, such as a reference manager exports it as CSL-JSON.",
    )


class CitationInline(ReadOnly, admin.TabularInline):
    """The references of a version under their numbers; written when it is approved."""

    model = Citation
    fields = readonly_fields = ("number", "source")
    extra = 0
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


@admin.register(Reference)
class ReferenceAdmin(StaffAdmin):
    form = ReferenceForm
    list_display = ["key", "title", "year", "doi", "cited_in"]
    list_filter = ["year"]
    search_fields = ["key", "title", "doi", "csl__author"]
    readonly_fields = ["as_shown", "cited_by"]
    lasting_fields = ("key",)
    fields = ["key", "csl", "formatted_override", "as_shown", "cited_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        rows: QuerySet[Reference] = super().get_queryset(request).annotate(versions=Count("citations"))
        return rows

    @admin.display(description="cited in", ordering="versions")
    def cited_in(self, reference: Any) -> int:
        return int(reference.versions)

    @admin.display(description="in AMA style", empty_value="after saving")
    def as_shown(self, reference: Reference) -> SafeString | str | None:
        return reference.formatted_override or ama.reference(reference.csl) if reference.pk else None

    @admin.display(description="cited by", empty_value="no approved version")
    def cited_by(self, reference: Reference) -> SafeString | None:
        citations = reference.citations.select_related("version__faq").order_by("version__faq", "-version__number")
        return cells.links([(str(citation.version), change_url(citation.version)) for citation in citations]) or None

    def has_delete_permission(self, request: HttpRequest, obj: Reference | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not _is_marked(obj))


def _is_marked(reference: Reference) -> bool:
    """Whether the text of an open version cites it: such a version has no citation row yet."""
    marker = f'data-ref="{reference.key}"'
    texts = Q(short_answer__contains=marker) | Q(body__contains=marker) | Q(figures__values_table__contains=marker)
    return FaqVersion.objects.open().filter(texts).exists()
