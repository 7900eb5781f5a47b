"""What happened to a safety flag, from the oldest on: what the portal did, and what people did."""

from datetime import datetime
from typing import NamedTuple

from portal.safety.models import SafetyFlag


class Happened(NamedTuple):
    """One line of the history; `who` is "" where the portal did it itself."""

    at: datetime
    what: str
    who: str
    note: str


def told(flag: SafetyFlag) -> list[Happened]:
    """The whole history of `flag`."""
    events = [
        Happened(event.at, event.get_what_display(), str(event.by or ""), event.note)
        for event in flag.events.select_related("by")
    ]
    return sorted([*_of_the_portal(flag), *events], key=lambda line: line.at)


def _of_the_portal(flag: SafetyFlag) -> list[Happened]:
    noted = [(flag.received_at, "Received")]
    if flag.raised_at and flag.raised_by != SafetyFlag.RaisedBy.PERSON:
        noted.append((flag.raised_at, f"Raised by {flag.get_raised_by_display().lower()}"))
    mails = [
        (flag.mailed_at, "A link was mailed to the safety mailbox"),
        (flag.soon_mailed_at, "Mailed that it is due soon"),
        (flag.overdue_mailed_at, "Mailed that it is overdue"),
    ]
    noted += [(at, what) for at, what in mails if at]
    return [Happened(at, what, "", "") for at, what in noted]
