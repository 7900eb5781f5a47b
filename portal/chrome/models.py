"""What surrounds content: markets with their texts, navigation, and pages."""

import re
from typing import Any
from zoneinfo import available_timezones

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from portal.lib.html import sanitise

# Pages that have an address of their own (DESIGN: Addresses); every other page lies under pages/.
OWN_ADDRESS = frozenset({"medical-education", "science", "privacy-choices", "report-safety"})
_EXTERNAL = re.compile(r'<a (?=href="https?://)')


class MarketQuerySet(models.QuerySet["Market"]):
    def with_chrome(self) -> "MarketQuerySet":
        """Markets with their navigation in the same row, so that a page pays one query for all that surrounds it."""
        links = NavLink.objects.filter(market=OuterRef("pk")).order_by("place", "order", "pk")
        return self.annotate(
            links=ArraySubquery(links.values(json=JSONObject(place="place", label="label", address="address")))
        )

    def default(self) -> "MarketQuerySet":
        """Markets with the one that the bare address leads to first."""
        return self.order_by("-is_default", "code")

    def get_by_natural_key(self, code: str) -> "Market":
        return self.get(code=code)


class Market(models.Model):
    """One country site: its language, its organisation's texts and its telephone numbers."""

    links: list[dict[str, str]]

    code = models.SlugField(max_length=12, unique=True, help_text="First part of every address, for example us.")
    name = models.CharField(max_length=80)
    language_tag = models.CharField(
        max_length=20, default="en-US", validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    )
    time_zone = models.CharField(max_length=60, default="UTC")
    is_default = models.BooleanField(default=False, help_text="The bare address leads to this market.")

    organisation = models.CharField(max_length=120)
    site_name = models.CharField(max_length=80)
    home_title = models.CharField(max_length=160)
    home_lead = models.TextField()
    medical_phone = models.CharField("medical information phone", max_length=40)
    medical_phone_hours = models.CharField(max_length=120)
    safety_phone = models.CharField("adverse event phone", max_length=40)
    safety_notice = models.TextField(
        "adverse event notice", help_text="Stands above every answer and every form. {phone} becomes the number."
    )
    response_notice = models.TextField("in response to your request")
    off_label_notice = models.TextField()
    investigational_notice = models.TextField()
    references_notice = models.TextField(
        "how to get published references", help_text="Stands above an answer's references. {phone} becomes the number."
    )
    audience_statement = models.CharField(max_length=200)
    job_code = models.CharField(max_length=80, blank=True)
    copyright_line = models.CharField(max_length=200)
    trademark_line = models.CharField(max_length=300, blank=True)
    demonstration_notice = models.CharField(
        max_length=200, blank=True, help_text="A line at the very top of every page; empty on a real site."
    )
    inquiry_mailbox = models.EmailField(help_text="Inquiries from the contact form are sent here.")
    safety_mailbox = models.EmailField(
        blank=True, help_text="Adverse events and complaints from the contact form are sent here as well."
    )
    noindex_unlabelled = models.BooleanField(
        "hide from search engines what the label does not cover",
        default=True,
        help_text="Off-label and investigational answers carry noindex and stay out of sitemap.xml.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = MarketQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_market"),
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z][a-z0-9-]*$"), name="market_code_is_lower_case"),
            models.CheckConstraint(
                condition=~Q(code__in=["admin", "accounts", "media", "static"]), name="market_code_is_no_other_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": "No such time zone; write one like Europe/Berlin."})

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_absolute_url(self) -> str:
        return reverse("home", args=[self.code])

    def _placed(self, place: str) -> list[dict[str, str]]:
        """The links of one place, of a market fetched `with_chrome()`."""
        return [link for link in self.links if link["place"] == place]

    @property
    def header_links(self) -> list[dict[str, str]]:
        return self._placed("header")

    @property
    def footer_links(self) -> list[dict[str, str]]:
        return self._placed("footer")

    @property
    def social_links(self) -> list[dict[str, str]]:
        return self._placed("social")


class NavLink(models.Model):
    """One link in a market's header or footer."""

    class Place(models.TextChoices):
        HEADER = "header", "Header"
        FOOTER = "footer", "Footer"
        SOCIAL = "social", "Social and associations"

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="nav_links")
    place = models.CharField(max_length=10, choices=Place)
    label = models.CharField(max_length=60)
    address = models.CharField(
        max_length=300,
        validators=[RegexValidator(r"^(/[^/\\\s]|https://)\S*\Z", "A path on this site, or an https address.")],
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["market", "place", "order"]
        constraints = [
            models.UniqueConstraint(fields=["market", "place", "label"], name="nav_label_is_unique_in_its_place")
        ]

    def __str__(self) -> str:
        return self.label


class PageQuerySet(models.QuerySet["Page"]):
    def get_by_natural_key(self, market: str, slug: str) -> "Page":
        return self.get(market__code=market, slug=slug)


class Page(models.Model):
    """A text of the site itself, such as its terms of use, at an address of one market."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="pages")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)
    lead = models.TextField(blank=True, help_text="One sentence that says what the page is for.")
    body = models.TextField()
    last_updated = models.DateField(default=timezone.localdate)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["market", "title"]
        constraints = [models.UniqueConstraint(fields=["market", "slug"], name="page_slug_is_unique_in_its_market")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body = sanitise(self.body)
        super().save(*args, **kwargs)

    @property
    def body_html(self) -> SafeString:
        """The body as it may be shown; sanitised again, for fixtures and bulk writers skip save()."""
        marked = _EXTERNAL.sub('<a class="external" ', sanitise(self.body))
        opened = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(self.title)}"><table>'
        return SafeString(marked.replace("<table>", opened).replace("</table>", "</table></div>"))

    def natural_key(self) -> tuple[str, str]:
        return (self.market.code, self.slug)

    natural_key.dependencies = ["chrome.market"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        if self.slug in OWN_ADDRESS:
            return reverse(self.slug, args=[self.market.code])
        return reverse("page", args=[self.market.code, self.slug])
