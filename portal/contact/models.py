"""Questions that visitors send."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.utils import timezone

from faq.models import Drug, Faq
from portal.chrome.models import Market
from portal.lib.locks import advisory_lock


class Inquiry(models.Model):
    """One question sent through the contact form."""

    class Topic(models.TextChoices):
        MEDICAL_QUESTION = "medical-question", "A medical question"
        ADVERSE_EVENT = "adverse-event", "An adverse event"
        PRODUCT_COMPLAINT = "product-complaint", "A product complaint"
        OTHER = "other", "Something else"

    # What the safety team has to hear of.
    SAFETY_TOPICS = frozenset({Topic.ADVERSE_EVENT, Topic.PRODUCT_COMPLAINT})

    class Profession(models.TextChoices):
        PHYSICIAN = "physician", "Physician"
        PHARMACIST = "pharmacist", "Pharmacist"
        NURSE = "nurse", "Nurse or nurse practitioner"
        PHYSICIAN_ASSISTANT = "physician-assistant", "Physician assistant"
        OTHER = "other", "Other healthcare professional"

    class State(models.TextChoices):
        NEW = "new", "New"
        ANSWERED = "answered", "Answered"

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="inquiries")
    case_number = models.CharField(max_length=30, unique=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    topic = models.CharField(max_length=20, choices=Topic)
    drug = models.ForeignKey(Drug, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    about = models.ForeignKey(
        Faq,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name="sent from the answer",
    )
    question = models.TextField(validators=[MaxLengthValidator(4000)])
    profession = models.CharField(max_length=20, choices=Profession)
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=160, blank=True)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.NEW, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="inquiries_answered"
    )
    mailed = models.BooleanField("mail sent to the mailbox", default=False, editable=False)

    class Meta:
        verbose_name_plural = "inquiries"
        ordering = ["-received_at"]
        permissions = [("answer_inquiry", "Can mark an inquiry as answered")]

    def __str__(self) -> str:
        return self.case_number

    @property
    def mailboxes(self) -> list[str]:
        """Where the inquiry is sent: always to medical information, and to the safety team where it may concern it."""
        safety = self.market.safety_mailbox if self.topic in self.SAFETY_TOPICS else ""
        return [self.market.inquiry_mailbox, *filter(None, [safety])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if not self.case_number:
                self.case_number = self._next_case_number()
            super().save(*args, **kwargs)

    def _next_case_number(self) -> str:
        advisory_lock(f"case-number-{self.market_id}")
        prefix = f"{self.market.code.upper()}-{self.received_at:%Y}-"
        last = Inquiry.objects.filter(case_number__startswith=prefix).order_by("-case_number").first()
        return f"{prefix}{int(last.case_number.removeprefix(prefix)) + 1 if last else 1:06d}"
