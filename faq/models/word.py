"""Word files that authors brought, and what is still to be looked at in the drafts that they became."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from faq.models.faq import Faq
from faq.models.version import FaqVersion
from faq.models.workflow import FROZEN

# How long a file waits for its author to say what becomes of it.
WAITS = timedelta(days=2)


class WordImportQuerySet(models.QuerySet["WordImport"]):
    def waiting(self) -> "WordImportQuerySet":
        """Those that became no draft yet."""
        return self.filter(version=None)

    def forgotten(self) -> "WordImportQuerySet":
        """Those that nobody made a draft of in time, and those whose draft went its way."""
        late = Q(version=None, made_at__lt=timezone.now() - WAITS)
        return self.filter(late | Q(version__status__in=FROZEN))


class WordImport(models.Model):
    """One Word file as it was read: what it says until it is a draft, then what is to be looked at in that draft."""

    faq = models.ForeignKey(Faq, on_delete=models.CASCADE, related_name="word_imports", verbose_name="FAQ")
    version = models.OneToOneField(
        FaqVersion, on_delete=models.CASCADE, null=True, related_name="word_import", verbose_name="draft"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField("SHA-256 of the file", max_length=64)
    reading = models.JSONField(default=dict, help_text="What the file says; emptied once it is a draft.")
    report = models.JSONField(default=list, help_text="What could not be carried over, what needs a look.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = WordImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(version=None) | Q(reading={}), name="a_word_import_keeps_its_text_until_it_is_a_draft"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class WordPicture(models.Model):
    """One picture of a Word file that became no draft yet."""

    word_import = models.ForeignKey(WordImport, on_delete=models.CASCADE, related_name="pictures")
    order = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["word_import", "order"]
        constraints = [
            models.UniqueConstraint(fields=["word_import", "order"], name="a_word_picture_has_its_own_place")
        ]

    def __str__(self) -> str:
        return f"{self.word_import}, picture {self.order + 1}"
