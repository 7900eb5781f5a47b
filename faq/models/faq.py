"""The lasting identity of a question about a drug."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faq.models.drug import Drug
from faq.models.workflow import FROZEN, Status
from portal.chrome.models import Market
from portal.lib.locks import advisory_lock

FIRST_NUMBER = 1001


class LabelStatus(models.TextChoices):
    ON_LABEL = "on-label", _("On-label")
    OFF_LABEL = "off-label", _("Off-label")
    INVESTIGATIONAL = "investigational", _("Investigational")


class Topic(models.Model):
    """A heading under which a drug's questions are listed, such as Dosing."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="topics")
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["market", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["market", "name"], name="topic_name_is_unique_in_its_market")]

    def __str__(self) -> str:
        return self.name


class FaqQuerySet(models.QuerySet["Faq"]):
    def answered(self) -> "FaqQuerySet":
        """Questions that have a published answer."""
        return self.filter(versions__status=Status.PUBLISHED)

    def withdrawn(self) -> "FaqQuerySet":
        """Questions of which an answer was withdrawn, with `withdrawn_at`, the last time that one was."""
        return self.filter(versions__status=Status.WITHDRAWN).annotate(withdrawn_at=Max("versions__withdrawn_at"))

    def ever_answered(self) -> "FaqQuerySet":
        """Questions whose answer visitors can read or once could; the address of any other says what staff work on."""
        return self.filter(versions__status__in=FROZEN).distinct()

    def next_number(self, market: Market) -> int:
        """The first free number of `market`; call it inside the transaction that uses it."""
        advisory_lock(f"faq-number-{market.pk}")
        highest = self.filter(market=market).aggregate(highest=Max("number"))["highest"]
        return max(FIRST_NUMBER, (highest or 0) + 1)


class Faq(models.Model):
    """The lasting identity of one question about one drug, whatever its wording is today."""

    # Set by withdrawn().
    withdrawn_at: datetime

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="faqs", editable=False)
    drug = models.ForeignKey(Drug, on_delete=models.PROTECT, related_name="faqs")
    content_id = models.CharField(
        "content ID", max_length=120, validators=[RegexValidator(r"^[A-Za-z0-9_.-]+$", "Letters, digits, _ . - only.")]
    )
    number = models.PositiveIntegerField(help_text="Ends the answer's address and never changes.", blank=True)
    slug = models.SlugField(max_length=100)
    label_status = models.CharField(max_length=20, choices=LabelStatus)
    topics = models.ManyToManyField(Topic, blank=True, related_name="faqs")
    common_id = models.SlugField(
        "common ID",
        max_length=120,
        blank=True,
        help_text="The same question in several markets bears the same; leads from one market's page to another's.",
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        help_text="The question that answers this one now; shown once this one is withdrawn and that one is answered.",
    )

    objects = FaqQuerySet.as_manager()

    class Meta:
        verbose_name = "FAQ"
        ordering = ["market", "number"]
        permissions = [("relabel_faq", "Can change the drug and the label status of a question that was answered")]
        constraints = [
            models.UniqueConstraint(fields=["market", "content_id"], name="content_id_is_unique_in_its_market"),
            models.UniqueConstraint(fields=["market", "number"], name="faq_number_is_unique_in_its_market"),
            models.UniqueConstraint(
                fields=["market", "common_id"], condition=~Q(common_id=""), name="common_id_is_unique_in_its_market"
            ),
            models.CheckConstraint(condition=Q(label_status__in=LabelStatus.values), name="label_status_is_known"),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("pk")), name="faq_is_not_its_own_replacement"
            ),
        ]

    def __str__(self) -> str:
        return self.content_id

    def clean(self) -> None:
        if not self.drug_id:
            return
        others = Faq.objects.filter(market=self.drug.market_id).exclude(pk=self.pk)
        if others.filter(content_id=self.content_id).exists():
            raise ValidationError({"content_id": "Another question of this market has this content ID."})
        if self.common_id and others.filter(common_id=self.common_id).exists():
            raise ValidationError({"common_id": "Another question of this market has this common ID."})
        if self.replaced_by and not self.may_be_replaced_by(self.replaced_by):
            raise ValidationError({"replaced_by": "Choose another question of the same market."})

    def may_be_replaced_by(self, other: "Faq") -> bool:
        """Whether visitors of this question could be led to `other`."""
        return other.pk != self.pk and other.market_id == self.drug.market_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.market_id = self.drug.market_id
        with transaction.atomic():
            if self.number is None:
                self.number = Faq.objects.next_number(self.drug.market)
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("answer", args=[self.market.code, self.slug, self.number])

    def get_pdf_url(self) -> str:
        return reverse("answer-pdf", args=[self.market.code, self.slug, self.number])

    @property
    def replacement(self) -> "Faq | None":
        """The answered question that visitors of this one are led to: `replaced_by`, or what took its place in turn."""
        seen, other = {self.pk}, self.replaced_by
        while other is not None and other.pk not in seen:
            if other.versions.published().exists():
                return other
            seen.add(other.pk)
            other = other.replaced_by
        return None

    @property
    def is_unlisted(self) -> bool:
        """Whether the market keeps this answer from search engines."""
        return self.market.has_gate or (self.label_status != LabelStatus.ON_LABEL and self.market.noindex_unlabelled)

    @property
    def disclaimer(self) -> str:
        """What the market says about answers that go beyond the label; nothing for those that do not."""
        notices = {
            LabelStatus.OFF_LABEL: self.market.off_label_notice,
            LabelStatus.INVESTIGATIONAL: self.market.investigational_notice,
        }
        return notices.get(LabelStatus(self.label_status), "")


class OtherPhrasing(models.Model):
    """Another way in which people ask a question; searched, never shown."""

    faq = models.ForeignKey(Faq, on_delete=models.CASCADE, related_name="other_phrasings")
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["faq", "text"], name="faq_has_a_phrasing_once")]

    def __str__(self) -> str:
        return self.text
