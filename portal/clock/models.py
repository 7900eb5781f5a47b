"""When the commands of the schedule last ran."""

from django.db import models
from django.db.models import F, Q


class Chore(models.Model):
    """One command of the schedule: when it last began and ended, on which machine, and what went wrong."""

    command = models.CharField(max_length=60, unique=True)
    begun_at = models.DateTimeField("last begun")
    ended_at = models.DateTimeField("ended", null=True)
    machine = models.CharField(max_length=120)
    said = models.TextField("what it said", blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["command"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="a_chore_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.command
