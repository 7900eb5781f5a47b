"""sitemap.xml: what search engines may list, with the true time of the last change."""

from datetime import date, datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from faq.models import Drug, FaqVersion
from portal.chrome.models import Page


class AnswerSitemap(Sitemap):
    """Answers that their market's policy lets search engines list."""

    def items(self) -> QuerySet[FaqVersion]:
        return FaqVersion.objects.listed().select_related("faq__market").order_by("faq__market", "faq__number")

    def lastmod(self, item: FaqVersion) -> datetime | None:
        return item.published_at


class DrugSitemap(Sitemap):
    """Drugs that have an answer and that their market's policy lets search engines list."""

    def items(self) -> QuerySet[Drug]:
        return Drug.objects.answered().listed().select_related("market").order_by("market", "name")


class PageSitemap(Sitemap):
    """The pages of text."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.select_related("market").order_by("market", "slug")

    def lastmod(self, item: Page) -> date:
        return item.last_updated


SITEMAPS = {"answers": AnswerSitemap, "drugs": DrugSitemap, "pages": PageSitemap}
