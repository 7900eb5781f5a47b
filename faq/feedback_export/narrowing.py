"""The filters of the command, by the words that people use for them; each is a condition on votes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from faq.feedback_export.kinds import Kind
from faq.models import Drug, Faq, Feedback, Reason, Remark
from portal.chrome.models import Market


class Filter(NamedTuple):
    """One option: what it asks for, the field of a vote that it compares, and what it allows."""

    name: str
    help: str
    path: str
    # Whether the field is one of a remark; votes have no such filter.
    of_remarks: bool = False
    choices: tuple[str, ...] = ()
    type: Callable[[str], Any] = str
    # Where a value names a row, the field of that model which holds it: a name that nothing has is a mistake.
    named: tuple[Any, str] | None = None
    read: Callable[[Any], Any] = lambda value: value


FILTERS = (
    Filter("market", "its code, for example us", "version__faq__market__code", named=(Market, "code")),
    Filter("drug", "its name in addresses, for example imlunestrant", "version__faq__drug__slug", named=(Drug, "slug")),
    Filter("answer", "its content ID", "version__faq__content_id", named=(Faq, "content_id")),
    Filter("answer-version", "number of a version of it", "version__number", type=int),
    Filter(
        "from",
        "first day of the vote, as 2026-01-31, in the market's time zone",
        "day__gte",
        type=date.fromisoformat,
    ),
    Filter("to", "last day of the vote", "day__lte", type=date.fromisoformat),
    Filter("satisfied", "what the vote says", "satisfied", choices=("yes", "no"), read=lambda value: value == "yes"),
    Filter("reason", "one that was ticked", "reasons__contains", choices=tuple(Reason.values), read=lambda key: [key]),
    Filter("device", "what the visitor read on", "device", choices=tuple(Feedback.Device.values)),
    Filter(
        "suspect",
        "whether, or why, the vote looks like a program's",
        "suspicion",
        choices=("no", "yes", *Feedback.Suspicion.values),
        read=lambda value: "" if value == "no" else value,
    ),
    Filter("state", "what reviewers made of the remark", "state", True, tuple(Remark.State.values)),
    Filter("assigned-to", "user name of whom the remark was assigned to", "assigned_to__username", True),
)


class Unknown(Exception):
    """A filter names what is not there, or what the kind of file does not have."""


def narrowed(kind: Kind, given: Mapping[str, Any]) -> QuerySet[Any]:
    """The rows of `kind`, the newest first, that fit all of `given`: the value of a filter by its name.

    Raises Unknown.
    """
    is_remarks = kind.model is Remark
    rows: QuerySet[Any] = kind.model._default_manager.all()
    for found in FILTERS:
        if (value := given.get(found.name)) is None:
            continue
        if found.of_remarks and not is_remarks:
            raise Unknown(f"Votes have no {found.name}; remarks do")
        _require(found, value)
        rows = rows.filter(_condition(found, value, "vote__" if is_remarks and not found.of_remarks else ""))
    return rows.order_by(*(kind.model._meta.ordering or ()))


def _require(found: Filter, value: Any) -> None:
    if found.named:
        model, field = found.named
        if not model._default_manager.filter(**{field: value}).exists():
            raise Unknown(f"There is no {found.name} {value!r}")


def _condition(found: Filter, value: Any, way: str) -> Q:
    if found.name == "suspect" and value == "yes":
        return ~Q(**{f"{way}suspicion": ""})
    return Q(**{way + found.path: found.read(value)})
