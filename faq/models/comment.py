"""What reviewers say about the wording of a version."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from faq.models.invitation import Invitation
from faq.models.version import FaqVersion
from portal.accounts.models import User


class CommentQuerySet(models.QuerySet["Comment"]):
    def begun(self) -> "CommentQuerySet":
        """Those that begin a thread."""
        return self.filter(answers_to=None)

    def open(self) -> "CommentQuerySet":
        """Threads that nobody has closed yet."""
        return self.begun().filter(state=Comment.State.OPEN)

    def blocking(self) -> "CommentQuerySet":
        """Open threads without whose resolution nobody approves the version."""
        return self.open().filter(must_be_resolved=True)

    def threads(self) -> "CommentQuerySet":
        """Threads with everything that a page shows of them, in the order in which they began."""
        answers = Prefetch("answers", Comment.objects.order_by("written_at", "pk"))
        fetched = self.begun().select_related("closed_by", "carried_from__version", "carried_to__version", "version")
        return fetched.prefetch_related(answers).order_by("written_at", "pk")

    def with_later(self) -> "CommentQuerySet":
        """Adds `may_carry_on`: whether the question has an open version that came after."""
        later = FaqVersion.objects.open().filter(faq=OuterRef("version__faq"), number__gt=OuterRef("version__number"))
        return self.annotate(may_carry_on=Exists(later))


class Comment(models.Model):
    """One remark of a member of staff or an invited reviewer on a version, or an answer to one."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        RESOLVED = "resolved", "Resolved"
        CARRIED = "carried", "Carried on"

    # Set by with_later().
    may_carry_on: bool

    version = models.ForeignKey(FaqVersion, on_delete=models.PROTECT, related_name="comments")
    answers_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, null=True, related_name="comments")
    name = models.CharField("who", max_length=160, help_text="As the person was called then.")
    text = models.TextField()
    place = models.CharField(max_length=300, blank=True, help_text="The section that is meant; empty for all of it.")
    quote = models.TextField(blank=True, help_text="The words that are meant, as the version said them.")
    written_at = models.DateTimeField(default=timezone.now)
    must_be_resolved = models.BooleanField(
        default=False, help_text="Nobody approves the version while this comment is open."
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True, help_text="What became of it.")
    carried_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="carried_to")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False, invitation=None) | Q(author=None, invitation__isnull=False),
                name="a_comment_is_by_staff_or_by_an_invited_reviewer",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(name=""), name="a_comment_says_something_and_by_whom"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="a_closed_comment_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | ~Q(outcome=""), name="a_resolved_comment_says_what_became_of_it"
            ),
            models.CheckConstraint(
                condition=Q(answers_to=None) | Q(state="open", must_be_resolved=False, carried_from=None),
                name="an_answer_has_no_state_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(answers_to=None) | ~Q(answers_to=F("pk")), name="a_comment_does_not_answer_itself"
            ),
        ]
        indexes = [
            models.Index(
                fields=["version"], condition=Q(state="open", answers_to=None), name="open_comments_by_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.version}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_by(self, person: User | Invitation | None) -> bool:
        """Whether `person` wrote it."""
        if isinstance(person, Invitation):
            return self.invitation_id == person.pk
        return person is not None and self.author_id == person.pk
