"""What answers recommend to read besides themselves."""

from django.contrib import admin
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.admin.parts import DraftPart, PartAdmin
from faq.models import RelatedResource


class ResourceInline(DraftPart, admin.TabularInline):
    model = RelatedResource
    fields = ["title", "kind", "url", "note", "order"]


@admin.register(RelatedResource)
class RelatedResourceAdmin(PartAdmin):
    list_display = ["title", "kind", "url", "cited_by", "state"]
    list_filter = ["kind", "version__status", "version__faq__market"]
    list_select_related = ["version__faq"]
    search_fields = ["title", "url", "version__faq__content_id"]
    fields = ["version", "title", "kind", "url", "note", "order"]

    @admin.display(description="version", ordering="version")
    def cited_by(self, resource: RelatedResource) -> SafeString:
        return cells.version_link(resource.version)

    @admin.display(ordering="version__status")
    def state(self, resource: RelatedResource) -> SafeString:
        return cells.status(resource.version)
