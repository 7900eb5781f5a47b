"""Figures: on their version's page, and all of them in one list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq import publishing
from faq.admin import cells
from faq.admin.editor import EditorField, EditorPages
from faq.admin.parts import DraftPart, PartAdmin, is_writable
from faq.models import Figure, Image, Reference
from faq.models.figure import FigureSource
from portal.accounts.signed_in import person
from portal.lib.admin import ReadOnly, StaffAdmin, WholeRowForm
from portal.lib.images import MAX_BYTES, identify

SHOWN = ["key", "order", "title", "thumbnail", "description", "abbreviations", "note", "values_table", "source_list"]
WRITTEN = [*SHOWN[:4], "upload", *SHOWN[4:8], "taken_from"]


def with_sources(figures: QuerySet[Figure]) -> QuerySet[Figure]:
    """`figures` with their pictures, though not the bytes of those, and with what they are taken from."""
    links = Prefetch("figuresource_set", FigureSource.objects.select_related("reference").order_by("pk"))
    light = figures.select_related("image").defer("image__content", "image__webp")
    return light.prefetch_related(links)


class SourceSelect(AutocompleteSelectMultiple):
    """Names the references that are chosen; those that came with the figure it does not ask for again."""

    fetched: Sequence[Reference] = ()

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        known = {str(reference.pk): reference for reference in self.fetched}
        if not {str(each) for each in value} <= known.keys():
            return super().optgroups(name, value, attr)
        chosen = sorted((known[str(each)] for each in value), key=lambda reference: reference.key)
        return [
            (None, [self.create_option(name, row.pk, str(row), True, place) for place, row in enumerate(chosen)], 0)
        ]


class FigureForm(WholeRowForm):
    """A figure with its picture as a file and its sources as one field."""

    upload = forms.FileField(
        label="Picture", required=False, help_text=f"SVG, PNG, JPEG or WebP, {MAX_BYTES // 1024 // 1024} MB at most."
    )
    taken_from = forms.ModelMultipleChoiceField(
        Reference.objects.all(),
        label="Sources",
        required=False,
        widget=SourceSelect(Figure._meta.get_field("sources"), admin.site),
        help_text="The references that the figure is taken from.",
    )

    values_table = EditorField(rows=6, required=False, help_text="The numbers drawn, as a table.")

    class Meta:
        widgets = {
            "abbreviations": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            sources = [link.reference for link in self.instance.figuresource_set.all()]
            self.initial["taken_from"] = [reference.pk for reference in sources]
            widget = self.fields["taken_from"].widget
            widget.fetched = sources
            # Numbers go by the order in which sources were named; the field lists them by their keys.
            widget.attrs["data-sources"] = " ".join(reference.key for reference in sources)

    def clean_upload(self) -> bytes:
        """The bytes of the picture; none where the one that is stored shall stay."""
        file: UploadedFile | None = self.cleaned_data["upload"]
        if file is None and not self.instance.image_id:
            raise ValidationError("Choose the picture of this figure.")
        content = file.read() if file else b""
        if content:
            identify(content)
        return content

    def save(self, commit: bool = True) -> Figure:
        if self.cleaned_data["upload"]:
            self.instance.image = Image.objects.store(self.cleaned_data["upload"])
        figure: Figure = super().save(commit)
        return figure

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        if "taken_from" in self.changed_data:
            self.instance.sources.set(self.cleaned_data["taken_from"])


class FigureCells(admin.options.BaseModelAdmin):
    """What a figure shows besides its own fields."""

    @admin.display(description="picture today", empty_value="none yet")
    def thumbnail(self, figure: Figure) -> SafeString | None:
        return cells.thumbnail(figure.image) if figure.image_id else None

    @admin.display(description="sources", empty_value="none")
    def source_list(self, figure: Figure) -> str | None:
        sources = sorted((link.reference for link in figure.figuresource_set.all()), key=lambda row: row.key)
        return "\n".join(str(reference) for reference in sources) or None


class FigureInline(DraftPart, FigureCells, admin.StackedInline):
    model = Figure
    form = FigureForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        return with_sources(super().get_queryset(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return WRITTEN if self.has_change_permission(request, obj) else SHOWN

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["thumbnail"] if self.has_change_permission(request, obj) else SHOWN


@admin.register(Figure)
class FigureAdmin(EditorPages, FigureCells, PartAdmin):
    form = FigureForm
    list_display = ["title", "thumbnail", "key", "content", "state"]
    list_filter = ["version__status", "version__faq__market"]
    search_fields = ["title", "key", "version__faq__content_id", "version__question"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        return with_sources(super().get_queryset(request)).select_related("version__faq")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["version", *(WRITTEN if self.has_change_permission(request, obj) else SHOWN)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["version", *(["thumbnail"] if self.has_change_permission(request, obj) else SHOWN)]

    @admin.display(description="version", ordering="version")
    def content(self, figure: Figure) -> SafeString:
        return cells.version_link(figure.version)

    @admin.display(ordering="version__status")
    def state(self, figure: Figure) -> SafeString:
        return cells.status(figure.version)


@admin.register(FigureSource)
class FigureSourceAdmin(ReadOnly, StaffAdmin):
    """What figures are taken from; written with the figure, whose own delete takes these rows along."""

    list_display = ["figure", "reference", "content"]
    list_select_related = ["figure__version__faq", "reference"]
    search_fields = ["figure__title", "reference__key", "reference__title"]

    @admin.display(description="version", ordering="figure__version")
    def content(self, source: FigureSource) -> SafeString:
        return cells.version_link(source.figure.version)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super(ReadOnly, self).has_delete_permission(request, obj) and is_writable(obj)

    def delete_model(self, request: HttpRequest, obj: FigureSource) -> None:
        publishing.write(obj.figure.version, by=person(request))
        super().delete_model(request, obj)
