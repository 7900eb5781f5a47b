"""What visitors say about an answer."""

from django.db import models

from faq.models.version import FaqVersion


class Feedback(models.Model):
    """One visitor's "are you satisfied with this content?", bound to the version that they saw."""

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="feedback")
    satisfied = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{'Satisfied' if self.satisfied else 'Not satisfied'} with {self.version}"
