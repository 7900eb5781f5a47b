"""Any two versions of a question beside each other; what an approval would change for visitors."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from faq.admin.comparison import compared
from faq.admin.version_pages import Tool, VersionPages
from faq.admin.version_stored import Stored
from faq.models import FaqVersion
from faq.models.workflow import Status
from portal.lib.admin import change_url


class VersionCompare(VersionPages):
    """Any two versions of a question beside each other."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.compare)
        return [path("<int:pk>/compare/", view, name="faq_faqversion_compare"), *super().get_urls()]

    def tools(self, request: HttpRequest, version: FaqVersion) -> list[Tool]:
        tool = Tool("Compare", reverse("admin:faq_faqversion_compare", args=[version.pk]))
        return [*super().tools(request, version), tool]

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version `pk` beside the one that `?with=` names, the published one, or the one before."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        versions = {version.pk: version for version in _of_question(pk)}
        if pk not in versions:
            raise Http404("There is no such version.")
        chosen, asked = versions[pk], request.GET.get("with", "")
        other = versions.get(int(asked)) if asked.isdecimal() else None
        old, new = _in_order(chosen, other or _before(chosen, list(versions.values())))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Compare versions of {chosen.faq}",
            "chosen": chosen,
            "versions": list(versions.values()),
            "other": new if old == chosen else old,
            "version_url": change_url(chosen),
            "compared": compared(old, new) if old != new else None,
        }
        return render(request, "admin/faq/compare.html", context)

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        if row is None or row.status != Status.IN_REVIEW:
            return context
        stored: Stored = context["stored"]
        read = stored.published
        return {**context, "compared": compared(read, stored.version, stored.shown) if read else None}


def _of_question(pk: int) -> list[FaqVersion]:
    """All versions of the question whose version is `pk`, newest first, without the parts of those not compared."""
    found = FaqVersion.objects.with_parts().select_related("approver").filter(faq__versions=pk)
    return list(found.order_by("-number"))


def _before(version: FaqVersion, versions: list[FaqVersion]) -> FaqVersion:
    """What visitors read before `version`, the version before it, or any other; itself where there is none."""
    earlier = [other for other in versions if other.number < version.number]
    published = [other for other in earlier if other.status == Status.PUBLISHED]
    others = [other for other in versions if other != version]
    return next(iter([*published, *earlier, *others]), version)


def _in_order(one: FaqVersion, other: FaqVersion) -> tuple[FaqVersion, FaqVersion]:
    """The older one first."""
    return (one, other) if one.number <= other.number else (other, one)
