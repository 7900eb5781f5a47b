"""Whom the review clock told what, so that nobody is told the same twice."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from faq.models.version import FaqVersion


class ReviewReminderQuerySet(models.QuerySet["ReviewReminder"]):
    def unsent(self) -> "ReviewReminderQuerySet":
        """Those of which no mail went out yet."""
        return self.filter(sent_at=None)


class ReviewReminder(models.Model):
    """One thing that one mailbox is told of one answer: that its review comes due, is due, or that it was withdrawn."""

    class Stage(models.TextChoices):
        SIXTY = "60", "Due within 60 days"
        THIRTY = "30", "Due within 30 days"
        DUE = "0", "Due"
        WITHDRAWN = "withdrawn", "Withdrawn"

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="review_reminders")
    due = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage)
    # Empty where there is nobody to tell: that it came due is noted all the same.
    mailbox = models.EmailField(blank=True)
    noted_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects = ReviewReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at", "-pk"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "due", "stage", "mailbox"], name="a_mailbox_is_told_once_of_a_review"
            ),
            models.CheckConstraint(condition=Q(stage__in=["60", "30", "0", "withdrawn"]), name="review_stage_is_known"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(mailbox=""), name="a_sent_reminder_names_its_mailbox"
            ),
        ]
        indexes = [models.Index(fields=["mailbox"], condition=Q(sent_at=None), name="unsent_review_reminders")]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_stage_display().lower()}, {self.due}"

    @staticmethod
    def stage_on(day: date, due: date) -> "ReviewReminder.Stage | None":
        """What is to be said on `day` of an answer that is due for review on `due`; None while that is far away."""
        left = (due - day).days
        stages = ReviewReminder.Stage
        return next((stage for stage in (stages.DUE, stages.THIRTY, stages.SIXTY) if left <= int(stage)), None)
