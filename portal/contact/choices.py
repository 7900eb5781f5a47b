"""What visitors and staff choose from in an inquiry; values are stored, labels follow the market's language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a topic is to the software, whatever a market calls it."""

    MEDICAL = "medical", "Medical question"
    ADVERSE_EVENT = "adverse-event", "Adverse event"
    COMPLAINT = "complaint", "Product complaint"
    OTHER = "other", "Other"


# What the safety team has to hear of: topics of these kinds, and a yes to any of these questions, asked of everybody.
SAFETY_KINDS = frozenset({Kind.ADVERSE_EVENT, Kind.COMPLAINT})
SAFETY_QUESTIONS = ("involves_adverse_event", "involves_complaint", "involves_exposure")


class Profession(models.TextChoices):
    PHYSICIAN = "physician", _("Physician")
    PHARMACIST = "pharmacist", _("Pharmacist")
    NURSE = "nurse", _("Nurse or nurse practitioner")
    PHYSICIAN_ASSISTANT = "physician-assistant", _("Physician assistant")
    OTHER = "other", _("Other healthcare professional")


class Urgency(models.TextChoices):
    ROUTINE = "routine", _("Routine")
    ONE_DAY = "one-day", _("Within one business day")
    URGENT = "urgent", _("Urgent: a patient is waiting")


class ReplyBy(models.TextChoices):
    EMAIL = "email", _("In writing")
    PHONE = "phone", _("By phone")


class AgeGroup(models.TextChoices):
    """The age groups in which safety databases exchange reports (ICH E2B(R3), D.2.3)."""

    UNBORN = "unborn", _("Before birth")
    NEWBORN = "newborn", _("Newborn, up to 27 days")
    INFANT = "infant", _("28 days to 23 months")
    CHILD = "child", _("2 to 11 years")
    ADOLESCENT = "adolescent", _("12 to 17 years")
    ADULT = "adult", _("18 to 64 years")
    ELDERLY = "elderly", _("65 years or older")

    __empty__ = _("Not known")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")

    __empty__ = _("Not known")


class Outcome(models.TextChoices):
    """How the event ended (ICH E2B(R3), E.i.7)."""

    RECOVERED = "recovered", _("Recovered")
    RECOVERING = "recovering", _("Recovering")
    LASTING = "lasting", _("Recovered with lasting effects")
    NOT_RECOVERED = "not-recovered", _("Not recovered")
    FATAL = "fatal", _("Died")

    __empty__ = _("Not known")
