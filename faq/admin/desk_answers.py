"""Answers and versions with their scores, as the pages of the desk list them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from faq.models import Drug, FaqVersion
from faq.satisfaction.charts import Mark, mark
from faq.satisfaction.counting import Votes, gathered
from faq.satisfaction.ranking import Order, ranked
from faq.satisfaction.score import Change, Score, change
from faq.satisfaction.weeks import Published, Step, steps
from portal.chrome.models import Market


class Ranked(NamedTuple):
    """An answer, or a drug, in its place."""

    row: Any
    score: Score

    @property
    def mark(self) -> Mark:
        return mark(self.score)


class Wording(NamedTuple):
    """A version with its votes, and what it changed against the one before."""

    version: FaqVersion
    votes: Votes
    step: Step | None

    @property
    def change(self) -> Change | None:
        return change(self.step.before, self.step.after) if self.step else None

    @property
    def mark(self) -> Mark | None:
        return mark(self.votes.score) if self.votes.score.number else None


def of_market(market: Market, found: Mapping[int, Votes], order: Order, most: int) -> dict[str, Any]:
    """The least satisfying of the answers that are published now, and the drugs of the market."""
    published = FaqVersion.objects.published().filter(faq__market=market)
    drugs = dict(FaqVersion.objects.filter(faq__market=market, pk__in=list(found)).values_list("pk", "faq__drug"))
    by_drug = gathered((drugs[version], votes) for version, votes in found.items() if version in drugs)
    named = Drug.objects.in_bulk(by_drug)
    scores = {key: votes.score for key, votes in by_drug.items()}
    return {
        **_ranked(published, found, order, most),
        "drugs": [Ranked(named[key], score) for key, score in ranked(scores, order)],
    }


def of_drug(drug: Drug, found: Mapping[int, Votes], order: Order, most: int = 100) -> dict[str, Any]:
    """The answers about `drug` that are published now, the least satisfying first."""
    return _ranked(FaqVersion.objects.published().filter(faq__drug=drug), found, order, most)


def _ranked(published: "QuerySet[FaqVersion]", found: Mapping[int, Votes], order: Order, most: int) -> dict[str, Any]:
    """Published wordings by the votes on them: what readers said of an earlier one is no longer true of the answer."""
    keys = list(published.order_by().values_list("pk", flat=True))
    scores = {key: found[key].score for key in keys if key in found}
    order_of = ranked(scores, order)
    rows = FaqVersion.objects.light().select_related("faq__drug").in_bulk([key for key, _ in order_of[:most]])
    return {
        "answers": [Ranked(rows[key], score) for key, score in order_of[:most]],
        "answers_voted": len(order_of),
        "answers_unvoted": len(keys) - len(order_of),
    }


def published_on(versions: Sequence[FaqVersion], zone: str) -> list[Published]:
    """On which day in `zone` each of `versions` was published, the first one first."""
    return [
        Published(version.pk, version.published_at.astimezone(ZoneInfo(zone)).date())
        for version in versions
        if version.published_at
    ]


def of_versions(
    versions: Sequence[FaqVersion],
    found: Mapping[int, Votes],
    ever: list[tuple[int, date, Votes]],
    came: Sequence[Published],
) -> list[Wording]:
    """The versions of an answer, the newest first: their votes in the period, and what each changed when it came."""
    changed = {step.version: step for step in steps(came, ((key, day, votes.score) for key, day, votes in ever))}
    return [Wording(version, found.get(version.pk, Votes()), changed.get(version.pk)) for version in reversed(versions)]
