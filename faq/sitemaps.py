"""sitemap.xml: what search engines may list, with the true time of the last change."""

from datetime import date, datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from faq.models import Drug, FaqVersion
from portal.chrome.models import Market, Page


class AnswerSitemap(Sitemap):
    """Answers that their market's policy lets search engines list."""

    def items(self) -> QuerySet[FaqVersion]:
        unlisted = [market for market in Market.objects.all() if market.noindex_unlabelled]
        answers = FaqVersion.objects.published().select_related("faq__market").order_by("faq__market", "faq__number")
        return answers.exclude(faq__market__in=unlisted, faq__label_status__in=["off-label", "investigational"])

    def lastmod(self, item: FaqVersion) -> datetime | None:
        return item.published_at


class DrugSitemap(Sitemap):
    """Drugs that have an answer."""

    def items(self) -> QuerySet[Drug]:
        return Drug.objects.with_answers().select_related("market").order_by("market", "name")


class PageSitemap(Sitemap):
    """The pages of text."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.select_related("market").order_by("market", "slug")

    def lastmod(self, item: Page) -> date:
        return item.last_updated


SITEMAPS = {"answers": AnswerSitemap, "drugs": DrugSitemap, "pages": PageSitemap}
