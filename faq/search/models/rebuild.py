"""How far a rebuild of the whole index has come."""

from django.db import models
from django.db.models import Q


class Rebuild(models.Model):
    """One writing of all entries anew, in the order of their FAQs; one that was stopped goes on at its position."""

    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    position = models.BigIntegerField(default=0, help_text="The last FAQ whose entry was written.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"], condition=Q(ended_at=None), nulls_distinct=False, name="one_rebuild_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"
