"""Questions and reports that visitors send, and what they may be about."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faq.models import Drug, Faq
from portal.chrome.models import Market
from portal.contact.choices import (
    SAFETY_KINDS,
    SAFETY_QUESTIONS,
    AgeGroup,
    Kind,
    Outcome,
    Profession,
    ReplyBy,
    Sex,
    Urgency,
)
from portal.lib.locks import advisory_lock

# Asked of what concerns the safety team only; every one of them may stay empty.
REPORT = ("onset", "patient_age_group", "patient_sex", "outcome", "lot_number", "may_contact")
# Longer than mail servers may take for one inquiry.
_MAILING = timedelta(minutes=5)

_LICENCE = RegexValidator(
    r"^(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z ./-]{2,39}\Z",
    _("Use letters, digits, spaces, dots, hyphens and slashes, with at least one digit."),
)


class InquiryTopicQuerySet(models.QuerySet["InquiryTopic"]):
    def of(self, market: Market) -> "InquiryTopicQuerySet":
        """The topics of `market`, retired ones too, in the order of its form."""
        return self.filter(market=market).order_by("order", "name")

    def get_by_natural_key(self, market: str, key: str) -> "InquiryTopic":
        return self.get(market__code=market, key=key)


class InquiryTopic(models.Model):
    """One thing that inquiries of a market may be about, and where these go."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="inquiry_topics")
    key = models.SlugField(max_length=40, help_text="Names the topic in links: /us/contact/?topic=adverse-event")
    name = models.CharField(max_length=80, help_text="As visitors read it, in the language of the market.")
    hint = models.CharField(max_length=200, blank=True, help_text="One line below the name.")
    kind = models.CharField(
        max_length=20,
        choices=Kind,
        help_text="Adverse events and complaints open the safety report and go to the safety mailbox as well.",
    )
    mailbox = models.EmailField(blank=True, help_text="Empty: the market's inquiry mailbox.")
    reply_within = models.CharField(
        max_length=60, blank=True, help_text="Follows the word within, for example: two business days."
    )
    order = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField(
        "offered to visitors", default=True, help_text="A topic that is in use is not deleted but offered no longer."
    )

    objects = InquiryTopicQuerySet.as_manager()

    class Meta:
        ordering = ["market", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["market", "key"], name="topic_key_is_unique_in_its_market")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.market.code, self.key)

    natural_key.dependencies = ["chrome.market"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        before = InquiryTopic.objects.filter(pk=self.pk).first() if self.pk else None
        if before is None:
            return
        if self.kind != before.kind and before.inquiries.exists():
            raise ValidationError("Inquiries have this topic: the kind of what they are about must not change.")
        retired = before.is_offered and not self.is_offered
        if before.is_safety and (retired or self.kind != before.kind) and not self._has_equals(before.kind):
            raise ValidationError("Visitors need this topic: it is the last one for reports of its kind.")

    def _has_equals(self, kind: str) -> bool:
        others = InquiryTopic.objects.filter(market=self.market_id, kind=kind, is_offered=True)
        return others.exclude(pk=self.pk).exists()

    @property
    def is_safety(self) -> bool:
        return self.kind in SAFETY_KINDS

    @property
    def destination(self) -> str:
        """The mailbox that inquiries of this topic always go to."""
        return self.mailbox or self.market.inquiry_mailbox


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def of_safety(self) -> "InquiryQuerySet":
        """Inquiries that the safety team has to hear of; `Inquiry.is_safety` says the same of one."""
        concerned = Q(topic__kind__in=sorted(SAFETY_KINDS))
        for question in SAFETY_QUESTIONS:
            concerned |= Q(**{question: True})
        return self.filter(concerned)

    def unmailed(self) -> "InquiryQuerySet":
        """Inquiries of which staff have had no mail, the oldest first; not those whose mail may be on its way now."""
        return self.filter(mailed=False, received_at__lt=timezone.now() - _MAILING).order_by("received_at", "pk")


class Inquiry(models.Model):
    """One question or report sent through the contact form."""

    class State(models.TextChoices):
        NEW = "new", "New"
        ANSWERED = "answered", "Answered"

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="inquiries")
    case_number = models.CharField(max_length=30, unique=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    topic = models.ForeignKey(InquiryTopic, on_delete=models.PROTECT, related_name="inquiries")
    drug = models.ForeignKey(
        Drug, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries", verbose_name=_("product")
    )
    product_named = models.CharField("product, as the sender named it", max_length=200, blank=True)
    about = models.ForeignKey(
        Faq,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name="sent from the answer",
    )
    question = models.TextField(validators=[MaxLengthValidator(4000)])
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ROUTINE)
    indication = models.CharField(_("indication or use in question"), max_length=200, blank=True)
    formulation = models.CharField(_("formulation or strength"), max_length=120, blank=True)
    concerns_patient = models.BooleanField("about a particular patient", null=True, blank=True)
    literature_wanted = models.BooleanField("wants copies of the literature", default=False)
    is_unsolicited = models.BooleanField("confirmed to ask on own initiative", default=False)

    involves_adverse_event = models.BooleanField(_("an adverse event"), null=True, blank=True)
    involves_complaint = models.BooleanField(_("a complaint about the quality of a product"), null=True, blank=True)
    involves_exposure = models.BooleanField(_("exposure during pregnancy or breast-feeding"), null=True, blank=True)
    onset = models.CharField(_("when did it begin?"), max_length=60, blank=True)
    patient_age_group = models.CharField(_("age of the patient"), max_length=12, choices=AgeGroup, blank=True)
    patient_sex = models.CharField(_("sex of the patient"), max_length=8, choices=Sex, blank=True)
    outcome = models.CharField(_("how is the patient now?"), max_length=16, choices=Outcome, blank=True)
    lot_number = models.CharField(_("lot number"), max_length=40, blank=True)
    may_contact = models.BooleanField("may be contacted about the report", null=True, blank=True)

    profession = models.CharField(max_length=20, choices=Profession, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    reply_by = models.CharField("answer wanted", max_length=8, choices=ReplyBy, default=ReplyBy.EMAIL)
    specialty = models.CharField(_("specialty"), max_length=120, blank=True)
    organisation = models.CharField(_("institution or practice"), max_length=160, blank=True)
    region = models.CharField(_("state or country"), max_length=80, blank=True)
    licence_number = models.CharField(
        _("license or registration number"), max_length=40, blank=True, validators=[_LICENCE]
    )
    colleague_name = models.CharField("asked for", max_length=120, blank=True)
    colleague_profession = models.CharField("their profession", max_length=20, choices=Profession, blank=True)

    added_at = models.DateTimeField("added to by its sender", null=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.NEW, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="inquiries_answered"
    )
    note = models.TextField(blank=True, editable=False)
    mailed = models.BooleanField("mail sent to the mailbox", default=False, editable=False)
    acknowledged = models.BooleanField("acknowledgement sent", default=False, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inquiries"
        ordering = ["-received_at"]
        permissions = [("answer_inquiry", "Can mark an inquiry as answered")]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_safety(self) -> bool:
        return self.topic.is_safety or any(getattr(self, question) for question in SAFETY_QUESTIONS)

    @property
    def is_urgent(self) -> bool:
        return self.urgency == Urgency.URGENT

    @property
    def may_be_answered(self) -> bool:
        """Whether its sender can be reached and has not asked to be left alone."""
        return bool(self.email or self.phone) and self.may_contact is not False

    @property
    def may_be_completed(self) -> bool:
        """Whether this is a report of which nothing but the description is known."""
        return self.is_safety and all(getattr(self, field) in ("", None) for field in REPORT)

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
