"""Markets with their texts, and what surrounds every page of one."""

from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from portal.chrome.hours import Opening


class MarketQuerySet(models.QuerySet["Market"]):
    def with_chrome(self) -> "MarketQuerySet":
        """Markets with all that surrounds their pages in the same row, so that a page pays one query for it."""
        others = Market.objects.exclude(pk=OuterRef("pk")).order_by("name")
        said = JSONObject(code="code", name="name", language_tag="language_tag", gate="gate", is_default="is_default")
        return self.annotate(
            links=_rows("nav_links", "order", "pk", place="place", label="label", address="address"),
            shifts=_rows("opening_hours", "weekday", "opens", weekday="weekday", opens="opens", closes="closes"),
            days_off=_rows("holidays", "day", day="day", name="name"),
            others=ArraySubquery(others.values(json=said)),
            consent_number=_consent_number(),
        )

    def default(self) -> "MarketQuerySet":
        """Markets with the one that the bare address leads to first."""
        return self.order_by("-is_default", "code")

    def get_by_natural_key(self, code: str) -> "Market":
        return self.get(code=code)


def _related(relation: str) -> models.Manager[Any]:
    """All rows at the other end of `relation`; their models come after this one, and import it."""
    model = cast(type[models.Model], Market._meta.get_field(relation).related_model)
    return model._default_manager


def _rows(relation: str, *order: str, **columns: str) -> ArraySubquery:
    """What belongs to a market through `relation`, as one column."""
    rows = _related(relation).filter(market=OuterRef("pk")).order_by(*order)
    return ArraySubquery(rows.values(json=JSONObject(**columns)))


def _consent_number() -> Subquery:
    """Which text on privacy choices a market shows today; a visitor's consent to an older one has ended."""
    texts = cast(Any, _related("consent_texts")).current().filter(market=OuterRef("pk"))
    return Subquery(texts.values("number")[:1])


class Market(models.Model):
    """One country site: its language, its organisation's texts, its telephone numbers, and who may read it."""

    class Gate(models.TextChoices):
        NONE = "none", "Everybody reads at once"
        ATTEST = "attest", "Visitors say that they are healthcare professionals"
        ACCOUNT = "account", "Visitors sign in"

    class Unlabelled(models.TextChoices):
        FOUND = "found", "Found like all others"
        NAMED = "named", "Found only where their drug is named or searched in"

    class Flagged(models.TextChoices):
        LEFT_OUT = "left-out", "Left out until somebody has read them for safety"
        MARKED = "marked", "Exported, and marked in their column"

    # Set by with_chrome().
    links: list[dict[str, str]]
    shifts: list[dict[str, Any]]
    days_off: list[dict[str, str]]
    others: list[dict[str, Any]]
    consent_number: int | None

    code = models.SlugField(max_length=12, unique=True, help_text="First part of every address, for example us.")
    name = models.CharField(max_length=80, help_text="As its people write it, for example Deutschland.")
    language_tag = models.CharField(
        max_length=20,
        default="en-US",
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")],
        help_text="Such as de-DE. The interface has English and German; in any other language it speaks English.",
    )
    time_zone = models.CharField(max_length=60, default="UTC")
    is_default = models.BooleanField(default=False, help_text="The bare address leads to this market.")

    organisation = models.CharField(max_length=120)
    site_name = models.CharField(max_length=80)
    home_title = models.CharField(max_length=160)
    home_lead = models.TextField()
    medical_phone = models.CharField("medical information phone", max_length=40)
    medical_phone_note = models.CharField(
        max_length=120, blank=True, help_text="A line below the hours, which are rows of their own."
    )
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
    inquiry_mailbox = models.EmailField(help_text="Inquiries are sent here whose topic names no mailbox of its own.")
    safety_mailbox = models.EmailField(
        blank=True,
        help_text="Is mailed a link, never the text, to whatever may speak of harm. Empty: the inquiry mailbox is.",
    )
    noindex_unlabelled = models.BooleanField(
        "hide from search engines what the label does not cover",
        default=True,
        help_text="Off-label and investigational answers carry noindex and stay out of sitemap.xml.",
    )
    search_unlabelled = models.CharField(
        "off-label and investigational answers in search", max_length=10, choices=Unlabelled, default=Unlabelled.FOUND
    )
    gate = models.CharField(
        max_length=10,
        choices=Gate,
        default=Gate.NONE,
        help_text="What stands before medical pages; never before pages marked as open, contact and safety reports.",
    )
    gate_title = models.CharField(max_length=160, blank=True)
    gate_text = models.TextField(blank=True, help_text="Plain text; a blank line starts a paragraph.")
    gate_accept_label = models.CharField(max_length=80, blank=True)
    gate_decline_label = models.CharField(max_length=80, blank=True)
    gate_decline_page = models.SlugField(
        max_length=60, blank=True, help_text="The open page for visitors who decline, for example public-information."
    )
    gate_days = models.PositiveSmallIntegerField(
        "days that an attestation is remembered", default=90, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    search_days = models.PositiveSmallIntegerField(
        "days that searches are kept",
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text="What visitors searched for, without identity; the market's privacy statement has to say the same.",
    )
    review_mailbox = models.EmailField(
        blank=True,
        help_text="Is told which answers are due for review, and which were withdrawn. Empty: the author of each answer"
        " and all approvers are told.",
    )
    overdue_days = models.PositiveSmallIntegerField(
        "days until an overdue answer is withdrawn",
        default=90,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1095)],
        help_text="Until then the answer says that its review is overdue. Empty: it says so and is never withdrawn.",
    )
    overdue_days_unlabelled = models.PositiveSmallIntegerField(
        "the same for off-label and investigational answers",
        default=30,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1095)],
    )
    export_flagged = models.CharField(
        "remarks that wait for safety triage, in exports",
        max_length=10,
        choices=Flagged,
        default=Flagged.MARKED,
        help_text="What visitors wrote may report harm. Left out, it leaves the portal in no file before triage.",
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
            models.CheckConstraint(
                condition=Q(gate="none") | ~(Q(gate_title="") | Q(gate_text="")), name="a_gate_says_what_it_asks"
            ),
            models.CheckConstraint(
                condition=~Q(gate="attest")
                | ~(Q(gate_accept_label="") | Q(gate_decline_label="") | Q(gate_decline_page="")),
                name="an_attestation_can_be_declined",
            ),
            models.CheckConstraint(condition=Q(search_days__range=(1, 730)), name="searches_are_kept_for_a_time"),
            models.CheckConstraint(
                condition=(Q(overdue_days=None) | Q(overdue_days__range=(1, 1095)))
                & (Q(overdue_days_unlabelled=None) | Q(overdue_days_unlabelled__range=(1, 1095))),
                name="an_overdue_answer_is_withdrawn_after_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": "No such time zone; write one like Europe/Berlin."})
        if self.gate == self.Gate.ATTEST:
            self._check_way_out()

    def _check_way_out(self) -> None:
        open_pages = _related("pages").filter(is_open=True)
        if not self.pk or not open_pages.filter(market=self, slug=self.gate_decline_page).exists():
            raise ValidationError({"gate_decline_page": "Declining has to lead to a page that is open to everybody."})

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_absolute_url(self) -> str:
        return reverse("home", args=[self.code])

    @cached_property
    def opening(self) -> Opening:
        """When somebody answers the medical information phone, and whether somebody does now."""
        fetched = hasattr(self, "shifts")
        shifts = self.shifts if fetched else list(self.opening_hours.values("weekday", "opens", "closes"))
        days_off = self.days_off if fetched else list(self.holidays.values("day", "name"))
        return Opening.of(shifts, days_off, timezone.now().astimezone(ZoneInfo(self.time_zone)))

    @property
    def has_gate(self) -> bool:
        """Whether visitors have to attest or to sign in before they read medical pages."""
        return self.gate != self.Gate.NONE

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
