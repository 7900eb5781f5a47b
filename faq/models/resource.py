"""What an answer recommends to read besides itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.models.version import FaqVersion
from portal.lib.addresses import web_only


class RelatedResource(models.Model):
    """One item under an answer's additional related information."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        PUBLICATION = "publication", _("Publication")
        CONGRESS = "congress", _("Congress presentation")
        TRIAL = "trial", _("Clinical trial")
        GUIDELINE = "guideline", _("Guideline")
        OTHER = "other", _("Other")

    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="resources")
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    url = models.URLField("address", max_length=2000, blank=True, validators=[web_only])
    note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version", "order", "pk"]

    def __str__(self) -> str:
        return self.title
