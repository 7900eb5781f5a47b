"""The pictures that figures show. They are stored with a figure and never change."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.models import Image
from portal.lib.admin import ReadOnly, StaffAdmin, change_url


@admin.register(Image)
class ImageAdmin(ReadOnly, StaffAdmin):
    list_display = ["digest", "thumbnail", "media_type", "size", "stored_at", "figure_count"]
    list_filter = ["media_type", "stored_at"]
    search_fields = ["sha256", "figures__title"]
    fields = ["thumbnail", "sha256", "media_type", "size", "stored_at", "used_in"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        rows: QuerySet[Image] = super().get_queryset(request).defer("content", "webp").annotate(used=Count("figures"))
        return rows

    @admin.display(description="SHA-256", ordering="sha256")
    def digest(self, image: Image) -> str:
        return image.sha256[:12]

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> SafeString:
        return cells.thumbnail(image)

    @admin.display(description="size in pixels", ordering="width")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description="figures", ordering="used")
    def figure_count(self, image: Any) -> int:
        return int(image.used)

    @admin.display(empty_value="no figure")
    def used_in(self, image: Image) -> SafeString | None:
        figures = image.figures.select_related("version__faq")
        return cells.links([(f"{figure} in {figure.version}", change_url(figure)) for figure in figures]) or None
