"""What visitors say about an answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from faq.models.version import FaqVersion
from portal.accounts.models import User


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def unread(self) -> "FeedbackQuerySet":
        """What nobody has looked at yet."""
        return self.filter(read_at=None)

    def mark_read(self, *, by: User) -> int:
        """Notes that `by` read what was unread; returns how much that was."""
        return self.unread().update(read_at=timezone.now(), read_by=by)


class Feedback(models.Model):
    """One visitor's "are you satisfied with this content?", bound to the version that they saw."""

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="feedback")
    satisfied = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    read_at = models.DateTimeField(null=True, editable=False)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="feedback_that_was_read_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], condition=Q(read_at=None), name="unread_feedback")]

    def __str__(self) -> str:
        return f"{'Satisfied' if self.satisfied else 'Not satisfied'} with {self.version}"
