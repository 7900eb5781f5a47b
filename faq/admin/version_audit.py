"""The way from a version to all that was ever done to it."""

from django.http import HttpRequest

from faq.admin.version_pages import Tool, VersionPages
from faq.models import FaqVersion
from portal.audit.places import trail_url


class VersionAudit(VersionPages):
    """A link above a version to its part of the audit trail, for those who may read that."""

    def tools(self, request: HttpRequest, version: FaqVersion) -> list[Tool]:
        found = super().tools(request, version)
        if not request.user.has_perm("audit.view_entry"):
            return found
        return [*found, Tool("Audit trail", trail_url(f"faq:{version.faq_id}/version:{version.pk}/"))]
