"""The shared library of published sources."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from faq.citations import csl


class Reference(models.Model):
    """One published source, stored as CSL-JSON and cited from many versions by its key."""

    key = models.SlugField(max_length=80, unique=True, help_text="How answers cite it, for example jhaveri-2025.")
    csl = models.JSONField("CSL-JSON")
    formatted_override = models.TextField(
        blank=True, help_text="Plain text shown instead of the AMA form, for a source that no rule fits."
    )
    title = models.CharField(max_length=600, editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    doi = models.CharField("DOI", max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9][a-z0-9-]*$"), name="reference_key_is_lower_case")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def clean(self) -> None:
        problems = csl.problems(self.csl)
        if problems:
            raise ValidationError({"csl": problems})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fills the columns that lists and look-ups read from the CSL-JSON."""
        self.title, self.year, self.doi = csl.title(self.csl)[:600], csl.year(self.csl), csl.doi(self.csl)
