"""The columns of the files of votes and remarks: what stands in each, and what it means. One table, for the export
writes by it and the data dictionary is made of it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import translation

from faq.models import Feedback, Reason, Remark
from faq.models.faq import LabelStatus
from faq.models.workflow import Status

NONE = "none"
SAFETY = {
    NONE: "No flag: nobody has screened the words yet",
    "open": "Nobody has read the words for safety yet",
    "forwarded": "Forwarded to safety, under the reference in the next column",
    "dismissed": "Read, and no report of harm",
}


def same(value: object) -> object:
    """What a field holds, as it is."""
    return value


class Column(NamedTuple):
    """One column: its name, the type of its values, what it means, and the value as made of the fields at `paths`."""

    name: str
    type: str
    meaning: str
    paths: tuple[str, ...]
    of: Callable[..., object] = same
    # What each value means, where only some are possible; asked for when the dictionary is made.
    values: Callable[[], Mapping[str, str]] = dict
    width: int = 14


def _named(choices: Any) -> Callable[[], Mapping[str, str]]:
    def named() -> Mapping[str, str]:
        with translation.override("en"):
            return {str(value): str(label) for value, label in choices}

    return named


@cache
def _reasons() -> Mapping[str, str]:
    return _named(Reason.choices)()


def _in_words(reasons: list[str]) -> list[str]:
    return [_reasons().get(reason, reason) for reason in reasons]


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _time(when: datetime | None, zone: str) -> str | None:
    return when.astimezone(_zone(zone)).isoformat(timespec="seconds") if when else None


def _text(value: str | None) -> str:
    return value or ""


def _is_set(value: object) -> bool:
    return value is not None


_ZONE = "version__faq__market__time_zone"
# Where a vote was given.
_WHERE = [
    Column(
        "market",
        "text",
        "Code of the market, the first part of its addresses.",
        ("version__faq__market__code",),
        width=8,
    ),
    Column("time_zone", "text", "Time zone of the market; all times and days are told in it.", (_ZONE,), width=18),
    Column("drug", "text", "The medicine that the answer is about.", ("version__faq__drug__name",), width=18),
    Column("content_id", "text", "Content ID of the question.", ("version__faq__content_id",), width=32),
    Column(
        "label_status",
        "text",
        "What the label says of the use that the question is about, on the day of the export.",
        ("version__faq__label_status",),
        values=_named(LabelStatus.choices),
    ),
    Column(
        "question",
        "text",
        "The question as the version that was seen words it.",
        ("version__question",),
        width=50,
    ),
    Column("version", "number", "Number of the version that the visitor saw.", ("version__number",), width=8),
    Column(
        "version_status",
        "text",
        "What has become of that version by the day of the export.",
        ("version__status",),
        values=_named(Status.choices),
    ),
]
# What it says.
_WHAT = [
    Column("vote", "number", "Number of the vote; the same in both kinds of file.", ("id",), width=10),
    Column(
        "satisfied",
        "yes or no",
        "The answer to: Are you satisfied with this content?",
        ("satisfied",),
        width=9,
    ),
    Column("reasons", "list", "Keys of the reasons that were ticked.", ("reasons",), values=_reasons, width=28),
    Column("reasons_in_words", "list", "The same reasons in words.", ("reasons",), _in_words, width=40),
    Column("given_at", "time", "When the vote was given.", ("given_at", _ZONE), _time, width=26),
    Column("day", "date", "The day of that in the market's time zone.", ("day",), width=12),
    Column(
        "changed_at",
        "time",
        "When the visitor last changed the vote; empty: never.",
        ("changed_at", _ZONE),
        _time,
        width=26,
    ),
    Column(
        "device",
        "text",
        "What the visitor read on.",
        ("device",),
        values=_named(Feedback.Device.choices),
        width=10,
    ),
    Column(
        "searched",
        "text",
        "The search that led to the answer; empty: none did, or it looked personal.",
        ("searched",),
        width=30,
    ),
    Column(
        "searched_in",
        "text",
        "The medicine within which was searched; empty: in all.",
        ("searched_in__name",),
        _text,
        width=18,
    ),
    Column(
        "suspicion",
        "text",
        "Why the vote looks like a program's; empty: it does not, and is counted. Suspect votes make no score.",
        ("suspicion",),
        values=_named(Feedback.Suspicion.choices),
    ),
    Column(
        "vouched",
        "yes or no",
        "Whether somebody of staff said that the vote is a person's.",
        ("vouched_by",),
        _is_set,
        width=9,
    ),
]
_NUMBER = Column(
    "remarks",
    "number",
    "How many remarks were written below the vote; their words are in the export of remarks.",
    ("export_remarks",),
    width=9,
)
# What a remark has of its own.
_OWN = [
    Column("remark", "number", "Number of the remark.", ("id",), width=10),
    Column(
        "text",
        "text",
        "What the visitor wrote, as typed; empty once the policy of retention deleted it.",
        ("text",),
        width=70,
    ),
    Column("written_at", "time", "When it was written.", ("written_at", f"vote__{_ZONE}"), _time, width=26),
    Column("safety", "text", "What safety triage made of the words.", ("export_safety",), values=SAFETY.copy, width=11),
    Column(
        "safety_reference",
        "text",
        "Reference number at the safety department.",
        ("export_reference",),
        _text,
        width=18,
    ),
    Column("state", "text", "What reviewers made of it.", ("state",), values=_named(Remark.State.choices), width=10),
    Column("duplicate_of", "number", "Number of the remark that it repeats.", ("duplicate_of",), width=12),
    Column("assigned_to", "text", "User name of whom it was assigned to.", ("assigned_to__username",), _text),
    Column("handled_by", "text", "User name of who sorted it last.", ("handled_by__username",), _text),
    Column("handled_at", "time", "When that was.", ("handled_at", f"vote__{_ZONE}"), _time, width=26),
    Column("task", "yes or no", "Whether the author was asked to do something about it.", ("task",), _is_set, width=8),
    Column(
        "forgotten_at",
        "time",
        "When its words were deleted, as the policy of retention says.",
        ("forgotten_at", f"vote__{_ZONE}"),
        _time,
        width=26,
    ),
]


def _of_vote(column: Column) -> Column:
    """`column` of a vote, as a remark comes to it."""
    return column._replace(paths=tuple(f"vote__{path}" for path in column.paths))


VOTES: Sequence[Column] = (_WHAT[0], *_WHERE, *_WHAT[1:], _NUMBER)
REMARKS: Sequence[Column] = (*_OWN, *map(_of_vote, (*_WHERE, *_WHAT)))
