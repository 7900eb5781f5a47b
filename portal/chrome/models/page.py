"""Texts of the site itself, and what its sections list."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.chrome.models.market import Market
from portal.lib.addresses import web_only
from portal.lib.html import sanitise, text

# Pages that have an address of their own (DESIGN: Addresses); every other page lies under pages/.
OWN_ADDRESS = frozenset({"medical-education", "science", "privacy-choices", "report-safety"})
_EXTERNAL = re.compile(r'<a (?=href="https?://)')

_TABLE = re.compile(r"<table>(?:\s*<caption>(?P<caption>.*?)</caption>)?.*?</table>", re.DOTALL)


class PageQuerySet(models.QuerySet["Page"]):
    def for_everybody(self) -> "PageQuerySet":
        """Pages that stand before their market's gate, or whose market has none."""
        return self.filter(Q(is_open=True) | Q(market__gate=Market.Gate.NONE))

    def get_by_natural_key(self, market: str, slug: str) -> "Page":
        return self.get(market__code=market, slug=slug)


class Page(models.Model):
    """A text of the site itself, such as its terms of use, at an address of one market."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="pages")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)
    lead = models.TextField(blank=True, help_text="One sentence that says what the page is for.")
    body = models.TextField()
    section = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_pages",
        help_text="The page that lists this one, such as Science.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place among the pages of its section.")
    is_open = models.BooleanField(
        "open to everybody", default=True, help_text="Readable before the market's gate, as legal pages have to be."
    )
    last_updated = models.DateField(default=timezone.localdate)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["market", "title"]
        constraints = [
            models.UniqueConstraint(fields=["market", "slug"], name="page_slug_is_unique_in_its_market"),
            models.CheckConstraint(condition=Q(section=None) | ~Q(section=F("pk")), name="page_is_not_its_own_section"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.section and self.section.market_id != self.market_id:
            raise ValidationError({"section": "This section belongs to another market."})
        if self.section and (self.section.section_id or self.section == self):
            raise ValidationError({"section": "A section lies under no other page."})
        if self.pk and not (self.is_open and self._stored_slug() == self.slug) and self.is_way_out:
            raise ValidationError("Visitors who decline the market's gate are led here: it stays open, and here.")

    @property
    def is_way_out(self) -> bool:
        """Whether the market leads visitors here who decline its gate."""
        return self.market.has_gate and self.market.gate_decline_page == self._stored_slug()

    def _stored_slug(self) -> str:
        return Page.objects.filter(pk=self.pk).values_list("slug", flat=True).first() or ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body = sanitise(self.body)
        super().save(*args, **kwargs)

    @property
    def body_html(self) -> SafeString:
        """The body as it may be shown; sanitised again, for fixtures and bulk writers skip save()."""
        marked = _EXTERNAL.sub('<a class="external" ', sanitise(self.body))
        return SafeString(_TABLE.sub(self._framed, marked))

    def _framed(self, table: re.Match[str]) -> str:
        # Two regions of one page need two names.
        label = text(table["caption"] or "") or self.title
        return f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(label)}">{table[0]}</div>'

    def natural_key(self) -> tuple[str, str]:
        return (self.market.code, self.slug)

    natural_key.dependencies = ["chrome.market"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        if self.slug in OWN_ADDRESS:
            return reverse(self.slug, args=[self.market.code])
        return reverse("page", args=[self.market.code, self.slug])


class PageResource(models.Model):
    """A poster, publication, video or event that a section of the site lists."""

    class Kind(models.TextChoices):
        PUBLICATION = "publication", _("Publication")
        POSTER = "poster", _("Poster")
        PRESENTATION = "presentation", _("Presentation")
        VIDEO = "video", _("Video")
        EVENT = "event", _("Event")
        OTHER = "other", _("Further material")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="resources")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind)
    date = models.DateField(null=True, blank=True, help_text="When it was published, shown, or takes place.")
    congress = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True, validators=[web_only])
    note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["page", "order", "-date", "title"]

    def __str__(self) -> str:
        return self.title
