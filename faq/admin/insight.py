"""What readers said of an answer, on the pages where its authors work: how satisfied they are, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from faq.admin.version_pages import Tool, VersionPages
from faq.models import Faq, FaqVersion, Remark
from faq.models.feedback import RemarkQuerySet
from faq.models.workflow import FROZEN, Status
from faq.satisfaction import counting, votes
from faq.satisfaction.charts import Mark, mark
from faq.satisfaction.score import Score
from faq.satisfaction.spans import PERIODS, USUAL, Period, Span, period_called, span
from portal.lib.admin import StaffAdmin

# So many remarks and searches are shown; the desk has the others.
REMARKS, SEARCHES = 5, 8
YEAR, EVER = period_called("365"), PERIODS[-1]


@dataclass(frozen=True)
class Line:
    """The score of some votes, which are those of a wording or of a time."""

    label: str
    score: Score
    suspect: int = 0

    @property
    def mark(self) -> Mark | None:
        return mark(self.score) if self.score.number else None


@dataclass(frozen=True)
class Insight:
    """What is known of the readers of an answer, reasons and searches from `since` on.

    `remarks` and `unread` are None for whoever may not read them.
    """

    lines: list[Line]
    reasons: list[votes.Reasoned]
    searches: list[votes.Searched]
    since: date | None
    remarks: list[Remark] | None = None
    unread: int | None = None

    @property
    def score(self) -> Score:
        """That of the wording which visitors read now, or else of all."""
        return self.lines[0].score


class FaqInsight(StaffAdmin):
    """The page of a question, with what readers said of its answer."""

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        context = super().page_context(request, row)
        if row is None or not request.user.has_perm("faq.view_feedback"):
            return context
        return {**context, "insight": insight_of(row, with_remarks=request.user.has_perm("faq.view_remark"))}


class VersionInsight(VersionPages):
    """The page of a version that visitors read or once did, with its score; of any, the ways to what readers said."""

    def tools(self, request: HttpRequest, version: FaqVersion) -> list[Tool]:
        found = super().tools(request, version)
        if not request.user.has_perm("faq.view_feedback"):
            return found
        said = f"{reverse('admin:faq_faq_change', args=[version.faq_id])}#insight"
        figures = reverse("admin:faq_feedback_answer", args=[version.faq_id])
        return [*found, Tool("What readers say", said), Tool("Feedback desk", figures)]

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        if row is None or row.status not in FROZEN or not request.user.has_perm("faq.view_feedback"):
            return context
        this = FaqVersion.objects.filter(pk=row.pk).order_by().values("pk")
        unread = _remarks(version=row.pk).unread() if request.user.has_perm("faq.view_remark") else None
        score = counting.total(_span(row.faq, EVER), this).score
        return {**context, "readers": score, "readers_unread": None if unread is None else unread.count()}


def insight_of(faq: Faq, *, with_remarks: bool) -> Insight:
    """What readers said of the answer to `faq`."""
    year = _span(faq, YEAR)
    given = votes.counted(year, version__faq=faq)
    said = _lines(faq), votes.reasons(given), votes.searches(given)[:SEARCHES], year.first
    if not with_remarks:
        return Insight(*said)
    written = _remarks(version__faq=faq).exclude(state=Remark.State.SPAM)
    unread_first = Case(When(state=Remark.State.NEW, then=Value(0)), default=Value(1))
    remarks = written.select_related("vote__version").defer(*_HEAVY).order_by(unread_first, "-written_at", "-pk")
    return Insight(*said, list(remarks[:REMARKS]), written.unread().count())


# The texts of an answer, which no remark shows.
_HEAVY = tuple(
    f"vote__version__{name}"
    for name in ("short_answer", "body", "rendered_short_answer", "rendered_body", "rendered_references")
)


def _lines(faq: Faq) -> list[Line]:
    """The published wording, where there is one, then what all wordings have of late and ever."""
    ever, lately = counting.of_answer(faq), _span(faq, USUAL)
    by_version = counting.gathered((version, some) for version, _, some in ever)
    late = sum((some for _, day, some in ever if lately.holds(day)), counting.Votes())
    total = sum(by_version.values(), counting.Votes())
    lines = [("Last 90 days, all versions", late), ("Ever, all versions", total)]
    published = next((version for version in _current(faq) if version.status == Status.PUBLISHED), None)
    if published:
        lines.insert(0, (f"Published now, v{published.number}", by_version.get(published.pk, counting.Votes())))
    return [Line(label, some.score, some.suspect.number) for label, some in lines]


def _current(faq: Any) -> list[FaqVersion]:
    """The versions that the admin's own query brought along."""
    found: list[FaqVersion] = faq.current
    return found


def _remarks(**where: Any) -> RemarkQuerySet:
    """What was written below the votes that fit."""
    return Remark.objects.filter(**{f"vote__{name}": value for name, value in where.items()})


def _span(faq: Faq, period: Period) -> Span:
    return span(period, timezone.now(), faq.market.time_zone)
