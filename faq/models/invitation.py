"""Who may read a draft without an account."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from faq.models.version import FaqVersion

LONGEST = timedelta(days=90)


class Invitation(models.Model):
    """One named reviewer's link to the preview of one version, until a day or until somebody revokes it."""

    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="invitations")
    reviewer = models.CharField("name", max_length=120, help_text="The reviewer's comments bear this name.")
    email = models.EmailField("e-mail", blank=True, help_text="The link is mailed there. Empty: copy it yourself.")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The last time only, and nothing of where from.
    opened_at = models.DateTimeField("last opened", null=True, blank=True)

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")) & Q(expires_at__lte=F("invited_at") + LONGEST),
                name="an_invitation_lasts_at_most_90_days",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_invitation_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.version}"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
