"""What words mean the same: said by staff, or learnt from the approved answers' own definitions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from faq.search import analysis
from faq.search.models.entry import SearchEntry
from portal.chrome.models import Market


class Synonym(models.Model):
    """Words that visitors type, and the words of the answers that they mean; effective with the next search."""

    class Kind(models.TextChoices):
        SYNONYM = "synonym", "Means the same, both ways"
        ABBREVIATION = "abbreviation", "Abbreviation and its long form, both ways"
        INTENT = "intent", "Asks for: the words typed lead to the words meant"
        UNRELATED = "unrelated", "Never the same: an abbreviation wrongly learnt"

    market = models.ForeignKey(
        Market, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty: all markets."
    )
    language = models.CharField(max_length=8, help_text="Such as en or de: the language of both.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SYNONYM)
    typed = models.CharField(max_length=120, help_text="Such as out of fridge, or CNS.")
    meant = models.CharField(max_length=200, help_text="Such as storage, or central nervous system.")
    note = models.CharField(max_length=200, blank=True, help_text="Why, for colleagues.")
    # Their words, normal, with single spaces: what a question is compared with.
    typed_key = models.CharField(max_length=240, editable=False)
    meant_key = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["language", "typed"]
        constraints = [
            models.UniqueConstraint(
                fields=["market", "language", "kind", "typed", "meant"],
                name="synonym_is_said_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(typed="") & ~Q(meant=""), name="synonym_has_two_sides"),
        ]

    def __str__(self) -> str:
        return f"{self.typed} → {self.meant}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fills the columns that questions are compared with; bulk writers call it, for they skip save()."""
        self.typed_key, self.meant_key = analysis.key(self.typed), analysis.key(self.meant)

    def clean(self) -> None:
        for field in ("typed", "meant"):
            if not analysis.words(getattr(self, field)):
                raise ValidationError({field: "Write at least one word."})


class LearntAbbreviation(models.Model):
    """An abbreviation as an approved answer defines it: long form (SHORT). Goes when the answer goes."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="abbreviations")
    short = models.CharField(max_length=20)
    long = models.CharField(max_length=160)
    short_key = models.CharField(max_length=40)
    long_key = models.CharField(max_length=320)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "short", "long"], name="an_answer_defines_an_abbreviation_once")
        ]
        indexes = [
            models.Index(fields=["short_key"], name="search_abbreviation_short"),
            models.Index(fields=["long_key"], name="search_abbreviation_long"),
        ]

    def __str__(self) -> str:
        return f"{self.long} ({self.short})"
