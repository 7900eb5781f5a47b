"""Answers and versions with their scores, as the pages of the desk list them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from faq.models import Drug, FaqVersion
from faq.models.workflow import FROZEN, Status
from faq.satisfaction.charts import Mark, mark
from faq.satisfaction.counting import Votes
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


class Known(NamedTuple):
    """What of a version tells where its votes belong."""

    version: int
    faq: int
    drug: int
    is_published: bool


def wordings(market: Market) -> list[Known]:
    """All versions of `market` that visitors can read or once could, those that were published first at the front."""
    rows = FaqVersion.objects.filter(faq__market=market, status__in=FROZEN).order_by("published_at", "pk")
    columns = rows.values_list("pk", "faq", "faq__drug", "status")
    return [Known(version, faq, drug, status == Status.PUBLISHED) for version, faq, drug, status in columns]


def of_market(known: Sequence[Known], found: Mapping[int, Score], order: Order, most: int) -> dict[str, Any]:
    """The least satisfying of the answers that are published now, and the drugs of the market."""
    scores: dict[int, Score] = {}
    for one in known:
        if one.version in found:
            scores[one.drug] = scores.get(one.drug, Score()) + found[one.version]
    drugs = Drug.objects.in_bulk(scores)
    return {
        **_ranked([one.version for one in known if one.is_published], found, order, most),
        "drugs": [Ranked(drugs[key], score) for key, score in ranked(scores, order)],
    }


def of_drug(drug: Drug, found: Mapping[int, Score], order: Order, most: int = 100) -> dict[str, Any]:
    """The answers about `drug` that are published now, the least satisfying first."""
    published = FaqVersion.objects.published().filter(faq__drug=drug).order_by()
    return _ranked(list(published.values_list("pk", flat=True)), found, order, most)


def unread(known: Sequence[Known], found: Mapping[int, Score], opened: Collection[int]) -> list[int]:
    """Published wordings of questions that nobody opened from a search and nobody voted on.

    Who came by a link or by browsing and did not vote leaves no trace, so one of these may have been read.
    """
    seen = {one.faq for one in known if one.version in found} | set(opened)
    return [one.version for one in known if one.is_published and one.faq not in seen]


def named(keys: Sequence[int]) -> list[FaqVersion]:
    """The versions with these keys, in this order, as lists name them."""
    rows = FaqVersion.objects.light().select_related("faq__drug").in_bulk(keys)
    return [rows[key] for key in keys]


def _ranked(published: Sequence[int], found: Mapping[int, Score], order: Order, most: int) -> dict[str, Any]:
    """Published wordings by the votes on them: what readers said of an earlier one is no longer true of the answer."""
    placed = ranked({key: found[key] for key in published if key in found}, order)
    rows = named([key for key, _ in placed[:most]])
    return {
        "answers": [Ranked(row, score) for row, (_, score) in zip(rows, placed, strict=False)],
        "answers_voted": len(placed),
        "answers_unvoted": len(published) - len(placed),
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
