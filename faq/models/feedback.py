"""What visitors say about an answer: their votes, the words below them, and how many votes there are."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faq.models.drug import Drug
from faq.models.review import ReviewRequest
from faq.models.version import FaqVersion

LONGEST_REMARK = 4000
LONGEST_SEARCH = 400


class Reason(models.TextChoices):
    """Why somebody was satisfied, or was not; every key says which of the two it belongs to."""

    YES_ANSWERED = "yes-answered", _("It answered my question")
    YES_CLEAR = "yes-clear", _("It was easy to understand")
    YES_EVIDENCE = "yes-evidence", _("The evidence was what I needed")
    YES_FIGURES = "yes-figures", _("The tables or figures helped")
    YES_OTHER = "yes-other", _("Another reason")
    NO_UNANSWERED = "no-unanswered", _("It did not answer my question")
    NO_UNCLEAR = "no-unclear", _("It was hard to understand")
    NO_EVIDENCE = "no-evidence", _("Evidence or references are missing")
    NO_OUTDATED = "no-outdated", _("Something in it is wrong or out of date")
    NO_LENGTH = "no-length", _("It was too long or too short")
    NO_DISPLAY = "no-display", _("It did not display or work properly")
    NO_OTHER = "no-other", _("Another reason")

    @classmethod
    def of(cls, satisfied: bool) -> "list[Reason]":
        """The reasons that a vote may give, in the order in which they are offered."""
        return [reason for reason in cls if reason.startswith("yes-" if satisfied else "no-")]


def _reasons_fit() -> Q:
    def given(satisfied: bool) -> Q:
        allowed = [str(reason.value) for reason in Reason.of(satisfied)]
        return Q(satisfied=satisfied, reasons__contained_by=allowed)

    return given(True) | given(False)


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def counted(self) -> "FeedbackQuerySet":
        """Votes that make the score: all but the suspect ones."""
        return self.filter(suspicion="")

    def suspect(self) -> "FeedbackQuerySet":
        """Votes that look like a program's, or that a reviewer called spam."""
        return self.exclude(suspicion="")


class Feedback(models.Model):
    """One visitor's "are you satisfied with this content?", bound to the version that they saw."""

    class Device(models.TextChoices):
        PHONE = "phone", "Phone"
        TABLET = "tablet", "Tablet"
        COMPUTER = "computer", "Computer"
        UNKNOWN = "unknown", "Unknown"

    class Suspicion(models.TextChoices):
        TRAP = "trap", "Filled in a field that people never see"
        PROGRAM = "program", "Sent by what calls itself a program"
        CROWD = "crowd", "Many votes on this version from one address in a day"
        FLOOD = "flood", "Many votes from one address in an hour"
        SURGE = "surge", "Many votes on this version in an hour"
        SPAM = "spam", "Its words were called spam by a reviewer"

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="feedback")
    satisfied = models.BooleanField()
    given_at = models.DateTimeField("given", default=timezone.now)
    changed_at = models.DateTimeField("changed", null=True)
    # The database sets it with every vote that is inserted.
    day = models.DateField(help_text="The day on which it was given, in the time zone of its market.")
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason), default=list)
    searched = models.CharField(
        "search that led there", max_length=LONGEST_SEARCH, blank=True, help_text="Text only; nothing that is personal."
    )
    searched_in = models.ForeignKey(
        Drug, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: in all medicines."
    )
    device = models.CharField(max_length=10, choices=Device, default=Device.UNKNOWN)
    visitor = models.CharField(
        max_length=32, null=True, help_text="Recognises the visitor for the rest of the day; empty afterwards."
    )
    origin = models.CharField(max_length=32, null=True, help_text="The same of the network address.")
    suspicion = models.CharField(max_length=10, choices=Suspicion, blank=True)
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who said that the vote is a person's, whatever it looks like.",
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["-given_at", "-pk"]
        default_permissions = ["view"]
        permissions = [("export_feedback", "Can export feedback")]
        constraints = [
            models.UniqueConstraint(fields=["version", "visitor"], name="a_visitor_votes_once_on_a_version"),
            models.CheckConstraint(condition=_reasons_fit(), name="reasons_fit_the_vote"),
            models.CheckConstraint(
                condition=Q(vouched_by=None) | Q(suspicion=""), name="a_vote_that_is_vouched_for_is_not_suspect"
            ),
            models.CheckConstraint(
                condition=Q(changed_at=None) | Q(changed_at__gte=F("given_at")), name="a_vote_changes_after_it_is_given"
            ),
        ]
        indexes = [
            models.Index(fields=["-given_at", "-id"], name="newest_feedback"),
            models.Index(fields=["version", "given_at"], name="feedback_of_version"),
            models.Index(fields=["origin", "given_at"], condition=Q(origin__isnull=False), name="feedback_of_origin"),
            models.Index(fields=["version"], condition=~Q(reasons=[]), name="feedback_with_reasons"),
            # All that a list of searches needs, so that a market's hundred thousands of rows are not fetched for it.
            models.Index(
                fields=["version", "given_at"],
                include=["searched", "satisfied"],
                condition=~Q(searched="") & Q(suspicion=""),
                name="searches_before_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"{'Satisfied' if self.satisfied else 'Not satisfied'} with {self.version}"

    @property
    def is_suspect(self) -> bool:
        return bool(self.suspicion)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def unread(self) -> "RemarkQuerySet":
        """What nobody has looked at yet."""
        return self.filter(state=Remark.State.NEW)


class Remark(models.Model):
    """Words that a visitor wrote below a vote; never overwritten, for they may report harm."""

    class State(models.TextChoices):
        NEW = "new", "New"
        READ = "read", "Read"
        SPAM = "spam", "Spam"
        DUPLICATE = "duplicate", "Duplicate"

    vote = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField()
    written_at = models.DateTimeField("written", default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="remarks_assigned"
    )
    task = models.ForeignKey(
        ReviewRequest,
        on_delete=models.PROTECT,
        null=True,
        related_name="remarks",
        help_text="What its author was asked to do about it.",
    )
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(
        null=True, help_text="When its words were deleted, as the policy of retention says."
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        default_permissions = ["view"]
        permissions = [("handle_remark", "Can read, sort and assign what visitors wrote")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & Q(LessThanOrEqual(Length("text"), LONGEST_REMARK)) & Q(forgotten_at=None)
                | Q(text="", forgotten_at__isnull=False),
                name="a_remark_has_words_until_they_are_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(state="duplicate", duplicate_of__isnull=False)
                | ~Q(state="duplicate") & Q(duplicate_of=None),
                name="a_duplicate_names_its_original",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("pk")), name="a_remark_is_no_duplicate_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(state="new", handled_by=None, handled_at=None)
                | ~Q(state="new") & Q(handled_by__isnull=False, handled_at__isnull=False),
                name="a_remark_that_was_handled_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["-written_at", "-id"], name="newest_remarks"),
            models.Index(fields=["-written_at"], condition=Q(state="new"), name="unread_remarks"),
        ]

    def __str__(self) -> str:
        return f"Remark on {self.vote.version}"


class Tally(models.Model):
    """How many votes of a kind a version had on a day; the database keeps it with every vote.

    What was turned away by the limits is nowhere else: so many votes came and were not stored.
    """

    class Standing(models.TextChoices):
        COUNTED = "counted", "Counted"
        SUSPECT = "suspect", "Suspect"
        TURNED_AWAY = "turned-away", "Turned away"

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="tallies", db_index=False)
    day = models.DateField()
    satisfied = models.BooleanField()
    standing = models.CharField(max_length=12, choices=Standing)
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        ordering = ["version", "day"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["version", "day", "satisfied", "standing"], name="one_tally_of_a_kind"),
        ]
        indexes = [models.Index(fields=["day"], name="tallies_by_day")]

    def __str__(self) -> str:
        return f"{self.version}, {self.day}: {self.number}"
