"""What the editor on a version's page asks the server for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from faq.admin.editor import REFERENCES, EditorPages
from faq.admin.version_pages import VersionPages
from faq.citations import ama
from faq.models import Reference
from portal.lib.html import text

# How many references a picker shows at once, and for how many keys a page asks at once.
MOST_FOUND, MOST_KEYS = 20, 50


class VersionEditing(EditorPages, VersionPages):
    """What the editor on a version's page asks the server for."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_GET(references))
        return [path("references/", view, name=REFERENCES.partition(":")[2]), *super().get_urls()]


def references(request: HttpRequest) -> JsonResponse:
    """The references with the keys `key`, or those that fit the words `q`, as a picker shows them."""
    if not request.user.has_perm("faq.view_reference"):
        raise PermissionDenied("Only those who may read the library look things up in it.")
    keys = request.GET.getlist("key")[:MOST_KEYS]
    if keys:
        found = Reference.objects.filter(key__in=keys)
    else:
        found = Reference.objects.matching(request.GET.get("q", ""))[:MOST_FOUND]
    return JsonResponse({"references": [_shown(reference) for reference in found]})


def _shown(reference: Reference) -> dict[str, Any]:
    fallen = reference.standing != Reference.Standing.CURRENT
    return {
        "key": reference.key,
        "text": reference.formatted_override or text(ama.reference(reference.csl)),
        "warning": reference.get_standing_display() if fallen else "",
    }
