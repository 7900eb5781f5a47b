"""Questions that found no answer, each with those that mean the same; nothing says who asked."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from faq.models import Drug, Faq
from faq.search.query import MAX_LENGTH
from portal.chrome.models import Market


class SearchGapQuerySet(models.QuerySet["SearchGap"]):
    def open(self) -> "SearchGapQuerySet":
        """Questions that wait for somebody."""
        return self.filter(state=SearchGap.State.OPEN)

    def of_group(self, leader: int) -> "SearchGapQuerySet":
        """The gap `leader` and those that mean the same, the most asked first."""
        return self.filter(Q(pk=leader) | Q(leader=leader)).order_by("-asked", "first_asked", "pk")

    def to_group(self, recipes: Collection[str]) -> "SearchGapQuerySet":
        """Questions that were compared in none of the ways `recipes`, and those whose leader is gone."""
        return self.filter(~Q(recipe__in=recipes) | Q(leader=None, likeness__isnull=False))


class SearchGap(models.Model):
    """A question that found no answer, waiting for somebody to do something about it."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        PHRASED = "phrased", "Phrasing added"
        SYNONYM = "synonym", "Synonym added"
        DRAFTED = "drafted", "Draft made"
        DISMISSED = "dismissed", "Dismissed"

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+", db_index=False)
    drug = models.ForeignKey(
        Drug, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="The one searched in."
    )
    key = models.CharField(max_length=MAX_LENGTH)
    text = models.CharField("question", max_length=MAX_LENGTH, help_text="As it was first asked.")
    asked = models.PositiveIntegerField("times asked", default=1)
    first_asked = models.DateField()
    last_asked = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    note = models.CharField(max_length=300, blank=True, help_text="Why, for colleagues.")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    faq = models.ForeignKey(
        Faq, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="What was made of it."
    )
    # Who stands with whom; only faq.search.grouping writes these.
    about = models.ForeignKey(
        Drug,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The one searched in, or else the only one that the question names.",
    )
    leader = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="followers", help_text="Means the same, asked first."
    )
    likeness = models.PositiveSmallIntegerField(null=True, help_text="How much it is like its leader, in percent.")
    is_by_words = models.BooleanField(default=False, help_text="Whether its words alone say that it means the same.")
    recipe = models.CharField(max_length=80, blank=True, help_text="How it was compared; empty: not yet.")
    vector = models.BinaryField(null=True, help_text="Its meaning, as that of an entry of the index.")

    objects = SearchGapQuerySet.as_manager()

    class Meta:
        ordering = ["-last_asked", "-asked", "pk"]
        default_permissions = ["view"]
        permissions = [("handle_searchgap", "Can dismiss a gap and open it again")]
        constraints = [
            models.UniqueConstraint(
                fields=["market", "drug", "key"], name="a_search_gap_is_there_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(key=""), name="a_search_gap_has_words"),
            models.CheckConstraint(
                condition=Q(asked__gte=1, last_asked__gte=F("first_asked")), name="a_search_gap_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(handled_at__isnull=False), name="a_handled_search_gap_says_when"
            ),
            models.CheckConstraint(
                condition=Q(leader=None) | ~Q(leader=F("pk")) & Q(likeness__isnull=False, likeness__range=(1, 100)),
                name="a_search_gap_follows_another_and_says_how_alike",
            ),
        ]
        indexes = [models.Index(fields=["market", "last_asked"], name="search_gap_age")]

    def __str__(self) -> str:
        return self.text
