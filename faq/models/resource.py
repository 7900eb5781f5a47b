"""What an answer recommends to read besides itself."""

from django.db import models

from faq.models.version import FaqVersion


class RelatedResource(models.Model):
    """One item under an answer's additional related information."""

    class Kind(models.TextChoices):
        POSTER = "poster", "Poster"
        PUBLICATION = "publication", "Publication"
        CONGRESS = "congress", "Congress presentation"
        TRIAL = "trial", "Clinical trial"
        GUIDELINE = "guideline", "Guideline"
        OTHER = "other", "Other"

    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="resources")
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    url = models.URLField("address", max_length=2000, blank=True)
    note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version", "order", "pk"]

    def __str__(self) -> str:
        return self.title
