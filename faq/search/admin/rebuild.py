"""When the whole index was written anew."""

from django.contrib import admin

from faq.search.models import Rebuild
from portal.lib.admin import ReadOnly, StaffAdmin


@admin.register(Rebuild)
class RebuildAdmin(ReadOnly, StaffAdmin):
    list_display = ["begun_at", "ended_at", "position"]
    ordering = ["-begun_at"]
