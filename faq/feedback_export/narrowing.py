"""The filters of the command, by the words that people use for them; each is a condition on votes or on remarks."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, F, Func, Q, QuerySet

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


class _Day(Func):
    """The day of a time in a time zone."""

    template = "(%(expressions)s)::date"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()


FILTERS = (
    Filter("market", "its code, for example us", "version__faq__market__code", named=(Market, "code")),
    Filter("drug", "its name in addresses, for example imlunestrant", "version__faq__drug__slug", named=(Drug, "slug")),
    Filter("answer", "its content ID", "version__faq__content_id", named=(Faq, "content_id")),
    Filter("version", "number of a version", "version__number", type=int),
    Filter("from", "first day, as 2026-01-31, in the market's time zone", "export_day__gte", type=date.fromisoformat),
    Filter("to", "last day", "export_day__lte", type=date.fromisoformat),
    Filter("satisfied", "yes or no", "satisfied", choices=("yes", "no")),
    Filter("reason", "key of a reason that was ticked", "reasons__contains", choices=tuple(Reason.values)),
    Filter("device", "what the visitor read on", "device", choices=tuple(Feedback.Device.values)),
    Filter("suspicion", "why the vote looks like a program's", "suspicion", choices=tuple(Feedback.Suspicion.values)),
    Filter(
        "state", "of remarks: what reviewers made of them", "state", of_remarks=True, choices=tuple(Remark.State.values)
    ),
    Filter(
        "assigned-to", "of remarks: user name of whom they were assigned to", "assigned_to__username", of_remarks=True
    ),
)
_READ: dict[str, Callable[[Any], Any]] = {"satisfied": lambda value: value == "yes", "reason": lambda value: [value]}


class Unknown(Exception):
    """A filter names what is not there, or what the kind of file does not have."""


def narrowed(kind: Kind, given: Mapping[str, Any]) -> QuerySet[Any]:
    """The rows of `kind`, the newest first, that fit all of `given`: the value of a filter by its name.

    A day is that of the vote or of the remark, in the time zone of its market. Raises Unknown.
    """
    is_remarks = kind.model is Remark
    day = _Day(F("written_at"), F("vote__version__faq__market__time_zone")) if is_remarks else F("day")
    rows: QuerySet[Any] = kind.model._default_manager.annotate(export_day=day)
    for found in FILTERS:
        if (value := given.get(found.name)) is None:
            continue
        if found.of_remarks and not is_remarks:
            raise Unknown(f"Votes have no {found.name}; remarks do")
        rows = rows.filter(_condition(found, value, way="vote__" if is_remarks else ""))
    return rows.order_by(*(kind.model._meta.ordering or ()))


def _condition(found: Filter, value: Any, *, way: str) -> Q:
    if found.named:
        model, field = found.named
        if not model._default_manager.filter(**{field: value}).exists():
            raise Unknown(f"There is no {found.name} {value!r}")
    is_own = found.of_remarks or found.path.startswith("export_day")
    return Q(**{found.path if is_own else way + found.path: _READ.get(found.name, _same)(value)})


def _same(value: Any) -> Any:
    return value
