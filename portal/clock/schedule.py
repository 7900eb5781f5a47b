"""Which commands run by the clock, and when. Pure: data, and what follows from it."""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

# What failed is tried again after so long, where its turn would come later.
AGAIN = timedelta(hours=1)
# A chore is late when it has not begun so long after its turn: longer than any of them takes.
LATE = timedelta(minutes=30)


class Turn(NamedTuple):
    """A management command, and either how often it runs or at what hour of the day (UTC)."""

    command: str
    every: timedelta | None = None
    at: time | None = None

    def next(self, begun: datetime | None, *, failed: bool = False) -> datetime | None:
        """When the command has its turn after it last began; None, which is at once, where it never did."""
        if begun is None:
            return None
        regular = begun + self.every if self.every else self._next_day(begun)
        return min(regular, begun + AGAIN) if failed else regular

    def _next_day(self, begun: datetime) -> datetime:
        at = datetime.combine(begun.astimezone(UTC).date(), self.at or time(), UTC)
        return at if at > begun else at + timedelta(days=1)

    def __str__(self) -> str:
        if self.at:
            return f"daily at {self.at:%H:%M} UTC"
        seconds = int(self.every.total_seconds()) if self.every else 0
        number, unit = (seconds // 60, "minutes") if seconds >= 60 else (seconds, "seconds")
        return f"every {number} {unit}"


SCHEDULE = (
    Turn("publish_due", every=timedelta(seconds=20)),
    Turn("resend_inquiries", every=timedelta(minutes=5)),
    # Soon after midnight, for what recognises a visitor is kept for a day only.
    Turn("apply_retention", at=time(0, 5)),
    Turn("flag_texts", every=timedelta(minutes=5)),
    Turn("remind_safety", every=timedelta(minutes=5)),
    Turn("group_gaps", every=timedelta(minutes=5)),
    Turn("forget_exports", every=timedelta(hours=1)),
    Turn("check_index", at=time(4)),
    Turn("check_tallies", at=time(4, 15)),
    Turn("verify_audit", at=time(4, 30)),
    # Before the working day in Europe; in America it is the evening before.
    Turn("review_clock", at=time(5)),
)
