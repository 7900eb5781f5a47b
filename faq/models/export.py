"""Files of votes and remarks that staff take with them, while they are made and for a day afterwards."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# So long a file can be fetched.
KEPT = timedelta(days=1)
# Whoever makes a file says so many times a minute; after so long nobody makes it any more.
SILENCE = timedelta(minutes=2)


class ExportQuerySet(models.QuerySet["FeedbackExport"]):
    def under_way(self) -> "ExportQuerySet":
        """Files that wait to be made, or are being made."""
        return self.filter(state__in=UNDER_WAY)

    def lost(self, now: datetime | None = None) -> "ExportQuerySet":
        """Files of which nobody has written a row for so long that nobody will."""
        return self.under_way().filter(heard_at__lt=(now or timezone.now()) - SILENCE)

    def old(self, now: datetime | None = None) -> "ExportQuerySet":
        """Files that were kept long enough."""
        return self.exclude(state__in=UNDER_WAY).filter(asked_at__lt=(now or timezone.now()) - KEPT)


class FeedbackExport(models.Model):
    """One file of votes or remarks that somebody asked for on a list: how far it is, and what is in it."""

    class Kind(models.TextChoices):
        VOTES = "votes", "Votes"
        REMARKS = "remarks", "Remarks"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        MAKING = "making", "Being made"
        READY = "ready", "Ready"
        STOPPED = "stopped", "Stopped"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=10, choices=Kind)
    form = models.CharField(max_length=10)
    query = models.TextField(blank=True, help_text="What the list was narrowed by, as it stood in its address.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    expected = models.PositiveIntegerField(help_text="How many rows the list had when the file was asked for.")
    written = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(default=timezone.now, help_text="When its maker last told how far it is.")
    size = models.PositiveBigIntegerField(null=True, help_text="In bytes, once it is ready.")

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by"], condition=Q(state__in=["waiting", "making"]), name="one_export_at_a_time_for_each"
            ),
            models.CheckConstraint(
                condition=Q(state="ready", size__isnull=False) | ~Q(state="ready") & Q(size=None),
                name="an_export_has_a_size_once_it_is_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} as {self.form}, {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def done(self) -> int:
        """Rows that were dealt with, those that were left out among them."""
        return self.written + self.left_out

    @property
    def file_name(self) -> str:
        return f"{self.kind}-{self.asked_at:%Y-%m-%d-%H%M%S}.{self.form}"


UNDER_WAY = (FeedbackExport.State.WAITING, FeedbackExport.State.MAKING)


class ExportPart(models.Model):
    """A piece of such a file: as rows, so that any server can send it, and deleting the export leaves nothing."""

    export = models.ForeignKey(FeedbackExport, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["export", "number"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="one_part_of_an_export_at_a_place")]

    def __str__(self) -> str:
        return f"Part {self.number} of {self.export}"
