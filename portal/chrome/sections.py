"""Pages as visitors read them: with the section they belong to, the pages beside them, and what they list."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.chrome.elsewhere import with_elsewhere
from portal.chrome.models import Market, Page, PageResource

Kind = PageResource.Kind

# A kind is named in the singular beside one resource, and in the plural above several.
HEADINGS = {
    Kind.PUBLICATION: _("Publications"),
    Kind.POSTER: _("Posters"),
    Kind.PRESENTATION: _("Presentations"),
    Kind.VIDEO: _("Videos"),
    Kind.EVENT: _("Events"),
    Kind.OTHER: _("Further materials"),
}


class Group(NamedTuple):
    """The resources of one kind."""

    kind: Kind
    heading: str
    resources: list[PageResource]


def find(market: Market, slug: str) -> Page | None:
    """A page of `market` with its section, and `elsewhere`, the codes of the markets that have the same page."""
    found = with_elsewhere(Page.objects.filter(market=market, slug=slug), Page.objects.for_everybody())
    return found.select_related("market", "section__market").first()


def of_market(market: Market) -> QuerySet[Page]:
    """The sections of `market` in the staff's order: pages that list other pages, or resources."""
    pages = Page.objects.filter(section=OuterRef("pk"))
    lists = Exists(pages) | Exists(PageResource.objects.filter(page=OuterRef("pk")))
    return Page.objects.filter(lists, market=market, section=None).select_related("market").order_by("order", "title")


def around(page: Page) -> list[Page]:
    """The sub-pages of a section, and for a sub-page the other ones of its section, in the staff's order.

    An open page is the same before a market's gate as behind it, so it names none that stands behind.
    """
    beside = Page.objects.filter(section=page.section_id or page.pk).exclude(pk=page.pk).select_related("market")
    if page.is_open and page.market.has_gate:
        beside = beside.filter(is_open=True)
    return list(beside.order_by("order", "title"))


def groups(page: Page) -> list[Group]:
    """What a page lists, by kind, each kind in the staff's order."""
    resources = list(page.resources.all())
    by_kind = {kind: [resource for resource in resources if resource.kind == kind] for kind in Kind}
    return [Group(kind, str(HEADINGS[kind]), found) for kind, found in by_kind.items() if found]


def addresses(page: Page) -> dict[str, str]:
    """Where the same page is in other markets, by their codes; for a page that `find` found."""
    codes: list[str] = page.elsewhere  # type: ignore[attr-defined]
    return {code: Page(market=Market(code=code), slug=page.slug).get_absolute_url() for code in codes}
