"""What makes an answer due for review before its date."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from faq.models.faq import Faq
from faq.models.reference import Reference
from faq.models.version import FaqVersion


class ReviewRequestQuerySet(models.QuerySet["ReviewRequest"]):
    def open(self) -> "ReviewRequestQuerySet":
        """Those that nobody has dealt with yet."""
        return self.filter(closed_at=None)

    def close_with(self, published: Sequence[FaqVersion]) -> int:
        """Closes what was asked before one of `published` was begun, with that version; how many requests it were."""
        chosen = FaqVersion.objects.filter(pk__in=[version.pk for version in published])
        answering = chosen.filter(faq=OuterRef("faq"), number__gt=OuterRef("newest_version")).values("pk")
        asked = self.open().filter(faq__in=[version.faq_id for version in published])
        answered = asked.annotate(answering=Subquery(answering)).exclude(answering=None)
        now = timezone.now()
        return answered.update(closed_with=Subquery(answering), closed_at=now, changed_at=now)


class ReviewRequest(models.Model):
    """One reason to look at an answer again: a label or a source that changed, or somebody who asked for it."""

    class Cause(models.TextChoices):
        LABEL = "label", "Label changed"
        REFERENCE = "reference", "Source changed"
        ASKED = "asked", "Asked for"

    faq = models.ForeignKey(Faq, on_delete=models.PROTECT, related_name="review_requests", verbose_name="FAQ")
    cause = models.CharField(max_length=10, choices=Cause)
    reason = models.TextField(help_text="What changed, for the person who reviews the answer.")
    reference = models.ForeignKey(
        Reference, on_delete=models.PROTECT, null=True, blank=True, related_name="review_requests"
    )
    due = models.DateField(help_text="The day by which somebody has looked at the answer.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    newest_version = models.PositiveIntegerField(
        default=0, help_text="The newest version when this was asked; one that was begun later answers it."
    )
    # The page of the answer changes with it, as Last-Modified has to say.
    changed_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_with = models.ForeignKey(
        FaqVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="answered by version",
    )
    outcome = models.TextField(blank=True, help_text="Why the answer stays as it is, where no new version was needed.")

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        default_permissions = ["view"]
        permissions = [
            ("ask_reviewrequest", "Can ask for a review of an answer"),
            ("label_reviewrequest", "Can ask for a review of all answers of a drug because its label changed"),
            ("close_reviewrequest", "Can decide that an answer stays as it is"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cause="reference") | Q(reference__isnull=False), name="a_changed_source_is_named"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_with__isnull=False) | ~Q(outcome=""),
                name="a_closed_review_request_says_how",
            ),
            models.UniqueConstraint(
                fields=["faq", "cause", "reference"],
                condition=Q(closed_at=None) & ~Q(cause="asked"),
                nulls_distinct=False,
                name="one_open_review_request_per_faq_and_cause",
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(closed_at=None), name="open_review_requests_by_due")]

    def __str__(self) -> str:
        return f"{self.faq.content_id}: {self.get_cause_display().lower()}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it yet."""
        return self.closed_at is None
