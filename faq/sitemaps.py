"""sitemap.xml: what search engines may list, with the true time of the last change."""

from datetime import date, datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet

from faq.models import Drug, FaqVersion
from faq.models.faq import LabelStatus
from portal.chrome.models import Page


class AnswerSitemap(Sitemap):
    """Answers that their market's policy lets search engines list."""

    def items(self) -> QuerySet[FaqVersion]:
        answers = FaqVersion.objects.published().select_related("faq__market").order_by("faq__market", "faq__number")
        return answers.filter(Q(faq__label_status=LabelStatus.ON_LABEL) | Q(faq__market__noindex_unlabelled=False))

    def lastmod(self, item: FaqVersion) -> datetime | None:
        return item.published_at


class DrugSitemap(Sitemap):
    """Drugs that have an answer and that their market's policy lets search engines list."""

    def items(self) -> QuerySet[Drug]:
        drugs = Drug.objects.with_answers().select_related("market").order_by("market", "name")
        return drugs.exclude(status=Drug.Status.INVESTIGATIONAL, market__noindex_unlabelled=True)


class PageSitemap(Sitemap):
    """The pages of text."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.select_related("market").order_by("market", "slug")

    def lastmod(self, item: Page) -> date:
        return item.last_updated


SITEMAPS = {"answers": AnswerSitemap, "drugs": DrugSitemap, "pages": PageSitemap}
