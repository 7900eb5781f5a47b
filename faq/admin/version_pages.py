"""What the features on a version's page have in common."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest

from faq.admin import version_stored
from faq.admin.version_stored import Fetched
from faq.models import FaqVersion
from portal.lib.admin import StaffAdmin

# What asks and changes nothing, so that a version is what the database holds until the page is made.
_READS = ("GET", "HEAD")


class Tool(NamedTuple):
    """One link above a version: to its preview, its history, its Word file."""

    label: str
    url: str


class VersionPages(StaffAdmin):
    """A version's page, to which each feature adds its addresses (`get_urls`), links (`tools`) and context."""

    def tools(self, _request: HttpRequest, _version: FaqVersion) -> list[Tool]:
        """The links above `_version`; whoever adds some calls `super()` first."""
        return []

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> FaqVersion | None:
        if request.method not in _READS or from_field or not object_id.isdecimal():
            return super().get_object(request, object_id, from_field)
        found = version_stored.fetch(self.get_queryset(request), int(object_id))
        request.fetched_version = found  # type: ignore[attr-defined]
        return found.version if found else None

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        """As everywhere, with `stored`: the version as the database holds it, and as it is shown."""
        context = super().page_context(request, row)
        if row is None:
            return context
        # What a form was posted to holds what was typed.
        found: Fetched | None = getattr(request, "fetched_version", None)
        found = found or version_stored.fetch(self.get_queryset(request), row.pk)
        if found is None:
            raise Http404("The version was deleted.")
        return {**context, "stored": version_stored.stored(found), "tools": self.tools(request, row)}
