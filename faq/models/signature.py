"""What a version's reviewers did: whoever approved it signed it, whoever sent it back said why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from faq.models.version import FaqVersion

# The sentence above the password of whoever approves; each signature keeps the one that its signer saw.
MEANING = "I have read this version and its references and approve it for publication."


class Signature(models.Model):
    """One person's approval of exactly what a version shows; it stays when the approval becomes void."""

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures")
    signer_name = models.CharField("name", max_length=301, help_text="The signer's name on that day.")
    meaning = models.TextField()
    sha256 = models.CharField("SHA-256 of what was signed", max_length=64)
    signed_at = models.DateTimeField("signed", default=timezone.now)

    class Meta:
        ordering = ["version", "-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_signature_names_what_was_signed"
            ),
            models.CheckConstraint(
                condition=~Q(signer_name="") & ~Q(meaning=""), name="a_signature_says_who_signed_and_what_it_means"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.signer_name}"


class SendBack(models.Model):
    """One return of a version to its author, and why."""

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="send_backs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="send_backs")
    comment = models.TextField()
    sent_at = models.DateTimeField("sent back", default=timezone.now)

    class Meta:
        verbose_name = "return to the author"
        verbose_name_plural = "returns to the author"
        ordering = ["version", "-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(comment=""), name="what_is_sent_back_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.by}"
