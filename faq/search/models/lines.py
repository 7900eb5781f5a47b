"""Searches as reviewers read them: one line for all that happened to the same question within a period."""

from django.db import models
from django.db.models import DO_NOTHING, Q

from faq.models import Drug
from faq.search.models.gap import SearchGap
from portal.chrome.models import Market

# How far back lines look: one of these numbers of days, or as far as searches are kept.
PERIODS = (7, 30, 90)
EVER = 10_000


class SearchLineQuerySet(models.QuerySet["SearchLine"]):
    def over(self, days: int) -> "SearchLineQuerySet":
        """What happened within `days`, which is one of PERIODS or EVER."""
        return self.filter(days=days)


class SearchLine(models.Model):
    """A question in whatever order of its words, with what became of it within a period. A view of the database.

    A line has the same `id` in every period, so rows are only ever read `over` one of them. Whoever changes a column
    of SearchEvent or SearchGap takes the view away first and makes it anew.
    """

    id = models.CharField(primary_key=True, max_length=32)
    days = models.PositiveIntegerField()
    market = models.ForeignKey(Market, on_delete=DO_NOTHING, related_name="+")
    drug = models.ForeignKey(Drug, on_delete=DO_NOTHING, null=True, related_name="+")
    gap = models.ForeignKey(SearchGap, on_delete=DO_NOTHING, null=True, related_name="+")
    key = models.CharField(max_length=400)
    text = models.CharField("question", max_length=400)
    asked = models.PositiveIntegerField("times asked")
    unanswered = models.PositiveIntegerField("times without an answer")
    opened = models.PositiveIntegerField("answers opened")
    satisfied = models.PositiveIntegerField("times satisfied")
    unsatisfied = models.PositiveIntegerField("times not satisfied")
    # Whole percent; opened counts at most once for each time that was asked, satisfied is of those who said.
    opened_share = models.PositiveSmallIntegerField()
    satisfied_share = models.PositiveSmallIntegerField(null=True)
    last_asked = models.DateTimeField()
    is_unanswered = models.BooleanField("without an answer when it was last asked")

    objects = SearchLineQuerySet.as_manager()

    # What a list shows of all lines, for those derived from this one.
    shown = Q()

    class Meta:
        managed = False
        db_table = "search_searchline"
        ordering = ["-asked", "-last_asked", "id"]
        default_permissions = ["view"]
        verbose_name = "search"
        verbose_name_plural = "searches: most asked"

    def __str__(self) -> str:
        return self.text


class UnansweredSearch(SearchLine):
    """A question that found no answer when it was last asked."""

    shown = Q(is_unanswered=True)

    class Meta:
        proxy = True
        ordering = ["-unanswered", "-last_asked", "id"]
        default_permissions = ["view"]
        verbose_name = "search without an answer"
        verbose_name_plural = "searches: without an answer"


class UnopenedSearch(SearchLine):
    """A question that finds answers, of which nobody opened one."""

    shown = Q(is_unanswered=False, opened=0)

    class Meta:
        proxy = True
        ordering = ["-asked", "-last_asked", "id"]
        default_permissions = ["view"]
        verbose_name = "search of which nothing was opened"
        verbose_name_plural = "searches: answers found, none opened"


class UnsatisfiedSearch(SearchLine):
    """A question whose answers did not satisfy everybody who opened one."""

    shown = Q(unsatisfied__gt=0)

    class Meta:
        proxy = True
        ordering = ["-unsatisfied", "-last_asked", "id"]
        default_permissions = ["view"]
        verbose_name = "search that did not satisfy"
        verbose_name_plural = "searches: opened, not satisfied"
