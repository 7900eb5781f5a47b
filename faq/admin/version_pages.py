"""What the features on a version's page have in common."""

from typing import Any, NamedTuple

from django.http import HttpRequest

from faq.models import FaqVersion
from portal.lib.admin import StaffAdmin


class Tool(NamedTuple):
    """One link above a version: to its preview, its history, its Word file."""

    label: str
    url: str


class VersionPages(StaffAdmin):
    """A version's page, to which each feature adds its addresses (`get_urls`), links (`tools`) and context."""

    def tools(self, _request: HttpRequest, _version: FaqVersion) -> list[Tool]:
        """The links above `_version`; whoever adds some calls `super()` first."""
        return []

    def stored(self, request: HttpRequest, row: FaqVersion) -> FaqVersion:
        """`row` as the database holds it, with its parts, fetched once for a page: a form may have written into it."""
        held: FaqVersion | None = getattr(request, "_stored_version", None)
        if held is None or held.pk != row.pk:
            held = FaqVersion.objects.with_parts().get(pk=row.pk)
            request._stored_version = held  # type: ignore[attr-defined]
        return held

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        return context if row is None else {**context, "tools": self.tools(request, row)}
