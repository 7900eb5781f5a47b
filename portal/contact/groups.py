"""How staff see an inquiry: its fields in groups, in the admin and in the mail."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from portal.contact.choices import SAFETY_QUESTIONS
from portal.contact.models import REPORT, Inquiry

SENT = (
    ("Inquiry", ("case_number", "received_at", "market", "topic", "urgency")),
    ("Product", ("drug", "product_named", "indication", "formulation")),
    ("Question", ("concerns_patient", "literature_wanted", "about", "question")),
    ("Safety", (*SAFETY_QUESTIONS, *REPORT)),
    ("Sent by", ("name", "profession", "specialty", "organisation", "region", "licence_number")),
    ("Answer to", ("reply_by", "email", "phone", "colleague_name", "colleague_profession", "is_unsolicited")),
)
HANDLING = ("Handling", ("added_at", "state", "answered_at", "answered_by", "note", "mailed", "acknowledged"))
# What a visitor says besides the topic.
TYPED = [name for _title, names in SENT[1:] for name in names] + ["urgency"]

Facts = list[tuple[str, str]]


def told(inquiry: Inquiry) -> list[tuple[str, Facts]]:
    """The groups of what was sent, without fields that were left empty and without groups that thereby are."""
    groups = [(title, _facts(inquiry, names)) for title, names in SENT]
    return [(title, facts) for title, facts in groups if facts]


def _facts(inquiry: Inquiry, names: tuple[str, ...]) -> Facts:
    values = [(name, _shown(inquiry, name)) for name in names]
    return [(_label(name), value) for name, value in values if value]


def _label(name: str) -> str:
    return capfirst(str(Inquiry._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _shown(inquiry: Inquiry, name: str) -> str:
    value: Any = getattr(inquiry, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "received_at":
        return timezone.localtime(value).isoformat(timespec="seconds")
    choice = getattr(inquiry, f"get_{name}_display", None)
    return str(choice() if choice else value)
