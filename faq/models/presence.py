"""Who has a draft open at this moment."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from faq.models.version import FaqVersion

# A page that is open says so three times in this while.
LASTS = timedelta(minutes=1)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> "PresenceQuerySet":
        """Those whose page spoke up within the last minute."""
        return self.filter(seen__gt=timezone.now() - LASTS)

    def over(self) -> "PresenceQuerySet":
        """Those whose page fell silent."""
        return self.filter(seen__lte=timezone.now() - LASTS)


class Presence(models.Model):
    """One person's open page of one draft; it expires unless the page keeps saying that it is open."""

    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="a_person_is_present_once_at_a_draft"),
            models.CheckConstraint(
                condition=models.Q(seen__gte=models.F("since")), name="presence_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.version}"
