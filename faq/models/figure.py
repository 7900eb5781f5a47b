"""Figures and the images that they show."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from faq.models.reference import Reference
from faq.models.version import FaqVersion
from faq.models.workflow import Status
from portal.lib.html import sanitise
from portal.lib.images import EXTENSIONS, identify, webp


class ImageQuerySet(models.QuerySet["Image"]):
    def store(self, content: bytes) -> "Image":
        """The row that holds `content`, made if it is new. Raises ValidationError when it is no image that we show."""
        picture = identify(content)
        facts: dict[str, Any] = {**picture._asdict(), "content": content, "webp": lambda: webp(content)}
        image, _ = self.get_or_create(sha256=hashlib.sha256(content).hexdigest(), defaults=facts)
        return image

    def light(self) -> "ImageQuerySet":
        """Images without their bytes, with `has_webp`, whether there is a rendition."""
        return self.defer("content", "webp").annotate(has_webp=Q(webp__isnull=False))

    def keep(self, images: Iterable["Image"]) -> None:
        """Writes those of the unsaved `images` that are not there yet, each with its rendition."""
        rows = {image.pk: image for image in images}
        held = set(self.filter(pk__in=rows).values_list("pk", flat=True))
        new = [image for key, image in rows.items() if key not in held]
        for image in new:
            image.webp = webp(bytes(image.content))
        Image.objects.bulk_create(new, ignore_conflicts=True)


class Image(models.Model):
    """The bytes of a picture, kept in the database under their own digest so that they can never change."""

    # Set by light().
    has_webp: bool

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    content = models.BinaryField(editable=False)
    webp = models.BinaryField(
        "the same as WebP", editable=False, null=True, help_text="For browsers that take it; the pixels are the same."
    )
    stored_at = models.DateTimeField(auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-stored_at"]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.media_type}, {self.width}×{self.height})"

    @property
    def is_published(self) -> bool:
        """Whether a published answer shows this image."""
        return self.figures.filter(version__status=Status.PUBLISHED).exists()

    def get_absolute_url(self) -> str:
        extension = EXTENSIONS[self.media_type]
        return reverse("image", args=[self.sha256, extension])


class Figure(models.Model):
    """An image of one version with the words that make it readable without being seen."""

    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="figures")
    key = models.SlugField(
        max_length=80,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$", "Lower-case letters, digits and hyphens.")],
        help_text="How the text of the version names it.",
    )
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=300)
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="figures")
    description = models.TextField(help_text="What the figure shows, in words, for readers who cannot see it.")
    abbreviations = models.TextField(blank=True, help_text="CNS = central nervous system; HR = hazard ratio")
    note = models.TextField(blank=True)
    values_table = models.TextField(blank=True, help_text="The numbers drawn, as an HTML table.")
    sources = models.ManyToManyField(Reference, through="FigureSource", related_name="figures")

    class Meta:
        ordering = ["version", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="figure_key_is_unique_in_its_version")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.values_table = sanitise(self.values_table)
        super().save(*args, **kwargs)


class FigureSource(models.Model):
    """One reference that a figure is taken from."""

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE)
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["figure", "reference"], name="figure_names_a_source_once")]

    def __str__(self) -> str:
        return self.reference.title
