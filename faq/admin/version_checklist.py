"""The checklist on a version's page: what its author has to see to, and what its approver looks at again."""

from typing import Any, NamedTuple

import typst
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from faq import checklist, pdf, previewing
from faq.admin.version_pages import VersionPages
from faq.admin.version_stored import Stored
from faq.checklist import Item, State
from faq.models import FaqVersion
from faq.models.workflow import Status

# Where on the page the field is that an item speaks of; the script looks for what can be typed in below it.
_PLACES = {"figures": "figures-group"}


class Shown(NamedTuple):
    """An item as the page shows it, with the address of its field where that can be written in."""

    item: Item
    place: str


class VersionChecklist(VersionPages):
    """The checklist above a version that is not approved yet, and the count of its printed pages."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.length)
        return [path("<int:pk>/length/", view, name="faq_faqversion_length"), *super().get_urls()]

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        if row is None or row.status not in {Status.DRAFT, Status.IN_REVIEW}:
            return context
        may_write = self.has_change_permission(request, row)
        stored: Stored = context["stored"]
        items = checklist.check(stored.version, stored.wording)
        found = [Shown(item, _place(item, may_write)) for item in items]
        return {
            **context,
            "checklist": [shown for shown in found if shown.item.state is not State.PASSED],
            "checklist_passed": [shown for shown in found if shown.item.state is State.PASSED],
            "checklist_failed": sum(shown.item.state is State.FAILED for shown in found),
            "length_url": reverse("admin:faq_faqversion_length", args=[row.pk]),
        }

    def length(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How many pages a version prints to, as an item of its checklist."""
        version = FaqVersion.objects.with_parts().filter(pk=pk).first()
        if version is None or not self.has_view_permission(request, version):
            raise Http404("No such version.")
        context = {"shown": Shown(_counted(version), "")}
        return render(request, "admin/faq/_checklist_item.html", context)


def _place(item: Item, may_write: bool) -> str:
    return _PLACES.get(item.where, f"id_{item.where}") if may_write else ""


def _counted(version: FaqVersion) -> Item:
    address = f"https://{version.faq.market.code}.invalid/{version.faq.content_id}/"
    try:
        pages = pdf.pages(previewing.shown(version).version, permanent_address=address)
    except typst.TypstError:
        return Item("length", State.WARNED, "It could not be printed: look at its preview as PDF.", "body")
    return checklist.length(pages)
