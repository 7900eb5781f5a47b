"""The references that a version cites."""

from django.db import models

from faq.models.reference import Reference
from faq.models.version import FaqVersion


class Citation(models.Model):
    """One reference that a version cites, under its number in that version."""

    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="citations")
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="citations")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="citation_number_is_unique_in_its_version"),
            models.UniqueConstraint(fields=["version", "reference"], name="a_version_lists_a_reference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.reference.title}"
