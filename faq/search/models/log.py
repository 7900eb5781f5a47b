"""What visitors searched for, and what they did not find; nothing says who they were."""

import secrets

from django.db import models
from django.db.models import Q

from faq.models import Drug, Faq
from faq.search.query import MAX_LENGTH
from portal.chrome.models import Market


def random_number() -> int:
    """A key that does not tell which event followed which, as one that counts upward would."""
    return secrets.randbits(62)


class SearchEvent(models.Model):
    """One thing that happened to a search, in which hour, and never to whom.

    The database refuses a time within the hour, for two events of one visitor could be told by it.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked"
        OPENED = "opened", "Answer opened"
        SATISFIED = "satisfied", "Answer satisfied"
        UNSATISFIED = "unsatisfied", "Answer did not satisfy"

    id = models.BigIntegerField(primary_key=True, default=random_number, editable=False)
    at = models.DateTimeField("hour")
    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+", db_index=False)
    drug = models.ForeignKey(Drug, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=MAX_LENGTH)
    key = models.CharField(max_length=MAX_LENGTH, help_text="The words in any order: the same for the same question.")
    kind = models.CharField(max_length=12, choices=Kind)
    results = models.PositiveIntegerField(null=True, help_text="How many answers were shown; of what was asked.")
    answered = models.BooleanField(null=True, help_text="Whether an answer was found; of what was asked.")
    faq = models.ForeignKey(
        Faq, on_delete=models.CASCADE, null=True, related_name="+", help_text="What was opened or judged."
    )

    class Meta:
        ordering = ["-at", "pk"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(key=""), name="a_search_has_words"),
            models.CheckConstraint(
                condition=Q(kind="asked", results__isnull=False, answered__isnull=False, faq=None)
                | Q(kind__in=["opened", "satisfied", "unsatisfied"], results=None, answered=None, faq__isnull=False),
                name="a_search_event_says_what_its_kind_tells",
            ),
        ]
        indexes = [
            models.Index(fields=["market", "at"], name="search_event_age"),
            models.Index(fields=["market", "key"], name="search_event_key"),
        ]

    def __str__(self) -> str:
        return self.text
