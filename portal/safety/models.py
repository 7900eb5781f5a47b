"""Safety flags: every free text of a visitor, screened, and what people did about it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.chrome.models import Market

# So long before a flag is due it counts as due soon.
SOON = timedelta(hours=4)
# Longer than mail servers may take for one mail.
_MAILING = timedelta(minutes=5)
# What is overdue first, then by due time, then what mentions a death, then by score; what is not raised last.
_PRESSING = (F("due_at").asc(nulls_last=True), "-mentions_death", "-score", "received_at", "pk")
_UNRAISED = Q(raised_at=None, raised_by="", due_at=None)
_RAISED = Q(raised_at__isnull=False, due_at__isnull=False) & ~Q(raised_by="")
_UNCLOSED = Q(closed_at=None, closed_by=None, reference="", reason="")
_CLOSED = Q(closed_at__isnull=False, closed_by__isnull=False)


class SafetyFlagQuerySet(models.QuerySet["SafetyFlag"]):
    def of_kinds(self, keys: Iterable[str]) -> "SafetyFlagQuerySet":
        return self.filter(kind__in=list(keys))

    def open(self) -> "SafetyFlagQuerySet":
        """Those that nobody has dealt with yet."""
        return self.filter(state=SafetyFlag.State.OPEN)

    def closed(self) -> "SafetyFlagQuerySet":
        """Those that somebody has forwarded or dismissed."""
        return self.exclude(state=SafetyFlag.State.OPEN)

    def running(self) -> "SafetyFlagQuerySet":
        """Those that wait while their clock runs."""
        # What is raised has a due time, by which there is an index.
        return self.open().exclude(due_at=None)

    def unraised(self) -> "SafetyFlagQuerySet":
        """Those that wait for a person to read them, without a clock."""
        return self.open().filter(due_at=None)

    def overdue(self, now: datetime | None = None) -> "SafetyFlagQuerySet":
        return self.running().filter(due_at__lt=now or timezone.now())

    def due_soon(self, now: datetime | None = None) -> "SafetyFlagQuerySet":
        now = now or timezone.now()
        return self.running().filter(due_at__range=(now, now + SOON))

    def most_pressing(self) -> "SafetyFlagQuerySet":
        return self.order_by(*_PRESSING)

    def untold(self, now: datetime | None = None) -> "SafetyFlagQuerySet":
        """Those of which a mail is missing: that they were raised, are due soon, or are overdue."""
        now = now or timezone.now()
        never = Q(mailed_at=None, raised_at__lt=now - _MAILING)
        soon = Q(soon_mailed_at=None, due_at__range=(now, now + SOON))
        late = Q(overdue_mailed_at=None, due_at__lt=now)
        return self.running().filter(never | soon | late)


class SafetyFlag(models.Model):
    """One visitor's free text, screened: how likely it speaks of harm, and what was done about it."""

    class Level(models.TextChoices):
        LIKELY = "likely", "Likely"
        POSSIBLE = "possible", "Possible"
        UNLIKELY = "unlikely", "Unlikely"

    class RaisedBy(models.TextChoices):
        SCREEN = "screen", "The screen"
        SENDER = "sender", "Its sender"
        PERSON = "person", "A person"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        FORWARDED = "forwarded", "Forwarded"
        DISMISSED = "dismissed", "Dismissed"

    source_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+", editable=False)
    source_id = models.PositiveBigIntegerField(editable=False)
    source = GenericForeignKey("source_type", "source_id")
    kind = models.CharField("kind of text", max_length=40, editable=False)
    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="safety_flags", editable=False)
    products = ArrayField(models.CharField(max_length=200), default=list, blank=True, editable=False)
    received_at = models.DateTimeField("received", default=timezone.now, editable=False)

    score = models.PositiveSmallIntegerField(editable=False)
    level = models.CharField(max_length=10, choices=Level, editable=False)
    causes = models.JSONField(default=list, blank=True, editable=False)
    points = models.JSONField(default=list, blank=True, editable=False)
    mentions_death = models.BooleanField("death mentioned", default=False, editable=False)

    raised_at = models.DateTimeField("raised", null=True, editable=False)
    raised_by = models.CharField(max_length=10, choices=RaisedBy, blank=True, editable=False)
    due_at = models.DateTimeField("due", null=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="safety_flags"
    )
    closed_at = models.DateTimeField("closed", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    reference = models.CharField("reference number", max_length=80, blank=True, editable=False)
    reason = models.TextField(blank=True, editable=False)

    mailed_at = models.DateTimeField("mailed when raised", null=True, editable=False)
    soon_mailed_at = models.DateTimeField("mailed when due soon", null=True, editable=False)
    overdue_mailed_at = models.DateTimeField("mailed when overdue", null=True, editable=False)

    objects = SafetyFlagQuerySet.as_manager()

    class Meta:
        ordering = _PRESSING
        default_permissions = ["view"]
        permissions = [("triage_safetyflag", "Can assign, forward, dismiss, raise and reopen safety flags")]
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "kind"], name="one_safety_flag_per_source_and_kind_of_text"
            ),
            models.CheckConstraint(condition=_UNRAISED | _RAISED, name="a_raised_flag_has_a_due_time"),
            models.CheckConstraint(
                condition=Q(level="unlikely") | Q(raised_at__isnull=False), name="what_the_screen_finds_is_raised"
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(due_at__gt=F("received_at")), name="a_flag_is_due_after_it_was_received"
            ),
            models.CheckConstraint(
                condition=Q(mentions_death=False)
                | Q(due_at=None)
                | Q(due_at__lte=F("received_at") + timedelta(hours=24)),
                name="a_death_is_due_within_24_hours",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "forwarded", "dismissed"]), name="a_flag_has_a_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | _UNCLOSED, name="an_open_flag_has_no_reference_reason_person_or_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="forwarded") | (_CLOSED & _RAISED & Q(reason="") & ~Q(reference="")),
                name="a_forwarded_flag_has_a_reference_a_person_and_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | (_CLOSED & Q(reference="") & ~Q(reason="")),
                name="a_dismissed_flag_has_a_reason_a_person_and_a_time",
            ),
        ]
        indexes = [
            models.Index(
                F("due_at").asc(nulls_last=True),
                F("mentions_death").desc(),
                F("score").desc(),
                F("received_at"),
                F("id"),
                condition=Q(state="open"),
                name="open_flags_as_they_press",
            ),
            models.Index(fields=["market", "received_at"], name="flags_by_market_and_day"),
        ]

    def __str__(self) -> str:
        return f"Safety flag {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_raised(self) -> bool:
        return self.raised_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether it waits although it is due."""
        return self.is_open and self.due_at is not None and self.due_at < timezone.now()

    @property
    def was_late(self) -> bool:
        """Whether somebody dealt with it, but after it was due."""
        return self.due_at is not None and self.closed_at is not None and self.closed_at > self.due_at


class SafetyEvent(models.Model):
    """One thing that happened to a safety flag; nobody changes or deletes it."""

    class What(models.TextChoices):
        FOUND = "found", "Found without a flag, and flagged"
        RAISED = "raised", "Raised"
        DEATH = "death", "Noted that a death is mentioned"
        ASSIGNED = "assigned", "Assigned"
        FORWARDED = "forwarded", "Forwarded"
        DISMISSED = "dismissed", "Dismissed"
        REOPENED = "reopened", "Opened again"

    flag = models.ForeignKey(SafetyFlag, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions: ClassVar[Any] = ()

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.flag}"
