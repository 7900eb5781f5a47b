"""sitemap.xml: what search engines may list, with the true time of the last change.

Where that time is not recorded, as for what an editor says of a category, none is given.
"""

from datetime import date, datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from faq.models import Category, Drug, FaqVersion
from portal.chrome.models import Market, Page


class AnswerSitemap(Sitemap):
    """Answers that their market's policy lets search engines list, each with the same answer in other markets."""

    def items(self) -> QuerySet[FaqVersion]:
        listed = FaqVersion.objects.listed()
        found = listed.with_alternates(listed).light().select_related("faq__market")
        return found.order_by("faq__market", "faq__number")

    def lastmod(self, item: FaqVersion) -> datetime | None:
        return item.published_at

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        urls = super().get_urls(*args, **kwargs)
        for url in urls:
            url["alternates"] = _alternates(url["item"], url["location"])
        return urls


def _alternates(version: FaqVersion, location: str) -> list[dict[str, str]]:
    """The answer's addresses by language, its own among them; none where there is no other."""
    market, origin = version.faq.market, location.removesuffix(version.get_absolute_url())
    languages = {other["market"]: other["language"] for other in version.alternates}
    if not languages:
        return []
    languages[market.code] = market.language_tag
    return [{"lang_code": languages[code], "location": origin + path} for code, path in version.addresses]


class DrugSitemap(Sitemap):
    """Drugs that have an answer and that their market's policy lets search engines list."""

    def items(self) -> QuerySet[Drug]:
        found = Drug.objects.answered().listed().with_last_change().select_related("market")
        return found.order_by("market", "name")

    def lastmod(self, item: Drug) -> datetime | None:
        return item.last_change


class CategorySitemap(Sitemap):
    """Categories that lead to an answer."""

    def items(self) -> QuerySet[Category]:
        return Category.objects.ungated().with_answers().select_related("market")


class MarketSitemap(Sitemap):
    """The front page of each market, and the page from which all its drugs are found."""

    def items(self) -> list[str]:
        codes = Market.objects.filter(gate=Market.Gate.NONE).order_by("code").values_list("code", flat=True)
        return [reverse(name, args=[code]) for code in codes for name in ("home", "browse")]

    def location(self, item: str) -> str:
        return item


class PageSitemap(Sitemap):
    """The pages of text."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.for_everybody().select_related("market").order_by("market", "slug")

    def lastmod(self, item: Page) -> date:
        return item.last_updated


SITEMAPS = {
    "markets": MarketSitemap,
    "categories": CategorySitemap,
    "drugs": DrugSitemap,
    "answers": AnswerSitemap,
    "pages": PageSitemap,
}
