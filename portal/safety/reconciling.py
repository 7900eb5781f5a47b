"""Whether the sums are right: every text received has a flag, and every flag was forwarded, dismissed, or is open."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from portal.chrome.models import Market
from portal.safety import kinds
from portal.safety.kinds import Kind
from portal.safety.models import SafetyFlag

State = SafetyFlag.State
# So many days count where nobody says which.
DAYS = 30
# No text came in before the first of these days, nor will after the last.
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)
# So many texts without a flag are named; more are counted.
NAMED = 50
COLUMNS = ("received", "forwarded", "dismissed", "open", "closed late", "overdue now")


class Median(Aggregate):
    """The middle of a set of durations, as PostgreSQL interpolates it."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


class Period(NamedTuple):
    """Days of a market, the first and the last included."""

    market: Market
    first: date
    last: date

    @classmethod
    def until_today(cls, market: Market) -> "Period":
        """The last DAYS days, with today as it is in `market`."""
        today = timezone.now().astimezone(ZoneInfo(market.time_zone)).date()
        return cls(market, today - timedelta(days=DAYS - 1), today)

    @property
    def begin(self) -> datetime:
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        return self._midnight(self.last + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.market.time_zone))


class Row(NamedTuple):
    """The flags of one kind of text that came in during a period, those raised or those not raised."""

    kind: str
    has_clock: bool
    received: int
    forwarded: int
    dismissed: int
    open: int
    closed_late: int
    overdue: int
    median: timedelta | None

    @property
    def is_balanced(self) -> bool:
        return self.received == self.forwarded + self.dismissed + self.open

    @property
    def hours(self) -> float | None:
        """The median time from receipt to forwarding, in hours."""
        return None if self.median is None else self.median.total_seconds() / 3600

    @property
    def numbers(self) -> tuple[int, ...]:
        return (self.received, self.forwarded, self.dismissed, self.open, self.closed_late, self.overdue)

    @property
    def named(self) -> list[tuple[str, int]]:
        return list(zip(COLUMNS, self.numbers, strict=True))


class Texts(NamedTuple):
    """The texts of one kind that are stored for a period, counted where they are stored.

    Args:
        flagged: how many have a flag, forgotten ones among them.
        missing: how many have none; `named` are the first of them.
        unmatched: by how many the flags of the period differ from the texts that have one: somebody deleted or
            changed a text past the portal.
    """

    kind: Kind
    flagged: int
    missing: int
    named: list[Any]
    unmatched: int

    @property
    def stored(self) -> int:
        return self.flagged + self.missing


class Reconciliation(NamedTuple):
    """What came in during a period, and what became of it until now."""

    period: Period
    at: datetime
    rows: list[Row]
    texts: list[Texts]

    @property
    def is_right(self) -> bool:
        """Whether nothing is missing or unmatched, and received = forwarded + dismissed + open."""
        balanced = all(row.is_balanced for row in self.rows)
        return balanced and not any(texts.missing or texts.unmatched for texts in self.texts)


def reconcile(period: Period, readable: list[Kind] | None = None) -> Reconciliation:
    """The sums of `period`, of the kinds of text that are `readable`; by default of all."""
    now = timezone.now()
    chosen = kinds.every() if readable is None else readable
    rows = _rows(period, chosen, now)
    return Reconciliation(period, now, rows, [_texts(period, kind, rows) for kind in chosen])


def lines(found: Reconciliation) -> Iterator[list[Any]]:
    """The sums as rows of a spreadsheet, with their heading."""
    yield ["market", "from", "to", "kind of text", "raised", *COLUMNS, "median hours to forward"]
    about = [found.period.market.code, found.period.first.isoformat(), found.period.last.isoformat()]
    for row in found.rows:
        hours = "" if row.hours is None else round(row.hours, 2)
        yield [*about, row.kind, "yes" if row.has_clock else "no", *row.numbers, hours]
    for texts in found.texts:
        yield [*about, texts.kind.label, "texts stored", texts.stored]
        yield [*about, texts.kind.label, "texts without a flag", texts.missing]
        yield [*about, texts.kind.label, "unmatched", texts.unmatched]


def _within(period: Period, kind: Kind, rows: QuerySet[Any]) -> QuerySet[Any]:
    received = {f"{kind.received}__gte": period.begin, f"{kind.received}__lt": period.end}
    return rows.filter(**received, **{kind.market: period.market})


def _texts(period: Period, kind: Kind, rows: list[Row]) -> Texts:
    flagged = _within(period, kind, kind.with_flag()).count()
    missing = _within(period, kind, kind.unflagged())
    received = sum(row.received for row in rows if row.kind == kind.label)
    named = list(missing.order_by(F(kind.received), "pk")[:NAMED])
    # Names are looked for only where there are any, and then counted.
    return Texts(kind, flagged, missing.count() if named else 0, named, abs(received - flagged))


def _rows(period: Period, readable: list[Kind], now: datetime) -> list[Row]:
    labels = {kind.key: kind.label for kind in readable}
    flags = SafetyFlag.objects.of_kinds(labels).filter(
        market=period.market, received_at__gte=period.begin, received_at__lt=period.end
    )
    taken = ExpressionWrapper(F("closed_at") - F("received_at"), output_field=DurationField())
    sums: Any = (
        flags.order_by()
        .annotate(has_clock=Q(raised_at__isnull=False))
        .values("kind", "has_clock")
        .annotate(
            received=Count("pk"),
            **{state.value: Count("pk", filter=Q(state=state)) for state in State},
            closed_late=Count("pk", filter=Q(closed_at__gt=F("due_at"))),
            overdue=Count("pk", filter=Q(state=State.OPEN, due_at__lt=now)),
            median=Median(taken, filter=Q(state=State.FORWARDED)),
        )
        .order_by("kind", "-has_clock")
    )
    return [Row(**{**row, "kind": labels[row["kind"]]}) for row in sums]
