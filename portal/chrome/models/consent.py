"""What visitors chose about their privacy, as proof of the choice and of nothing else."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from portal.chrome.models.market import Market


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def current(self) -> "ConsentTextQuerySet":
        """Texts in effect, the one that visitors are shown first."""
        return self.filter(effective__lte=Now()).order_by("-number")


class ConsentText(models.Model):
    """One numbered wording of what a market tells before it asks for privacy choices."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="consent_texts")
    number = models.PositiveSmallIntegerField("version")
    effective = models.DateField(default=timezone.localdate, help_text="The first day on which it is shown.")
    text = models.TextField(help_text="Plain text; a blank line starts a paragraph.")

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["market", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="consent_text_number_is_unique_in_its_market")
        ]

    def __str__(self) -> str:
        return f"{self.market}: version {self.number}"


class Consent(models.Model):
    """One choice of one visitor, whom nothing here names; the receipt is what the visitor can show."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents", verbose_name="text shown")
    receipt = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    remembers_reading = models.BooleanField("remembers what was read, on the device")
    opted_out = models.BooleanField("opted out of sale and sharing")
    by_signal = models.BooleanField("the browser sent Global Privacy Control")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return str(self.receipt)
