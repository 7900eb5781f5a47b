"""What each app says of its records: which are past their time, and how their keeping ends."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from portal.retention.policy import policy

if TYPE_CHECKING:
    # Models cannot be imported yet where the apps are still loading.
    from portal.chrome.models import Market

Past = Callable[["Market | None", datetime], QuerySet[Any]]
End = Callable[[QuerySet[Any]], Any]


class Ending(NamedTuple):
    """How the keeping of one kind of record ends.

    `past` has the rows of a market whose time was over at a moment; where a kind knows no market, it is asked once,
    with None. `end` deletes or empties the rows of a queryset, so that they are past no more.
    """

    kind: str
    past: Past
    end: End
    has_market: bool


ENDINGS: list[Ending] = []


def ends(kind: str, past: Past, end: End, *, has_market: bool = True) -> None:
    """Says how the keeping of `kind` ends; several endings may belong to one kind."""
    ENDINGS.append(Ending(kind, past, end, has_market))


def delete(rows: QuerySet[Any]) -> None:
    """The end of rows that nothing stays of."""
    rows.delete()


def emptying(kind: str, label: str, **besides: Callable[[], Any]) -> End:
    """An end that empties the fields which the policy names for the model `label`, and sets what stands `besides`."""

    def end(rows: QuerySet[Any]) -> None:
        names = policy().kinds[kind].ends[label]
        empty = {name: _nothing(rows.model._meta.get_field(name)) for name in names}
        rows.update(**empty, **{name: value() for name, value in besides.items()})

    return end


def _nothing(field: Any) -> Any:
    return None if field.null else field.get_default() if field.has_default() else ""


def places(ending: Ending, markets: "list[Market]") -> "Iterator[Market | None]":
    """Each market in turn, or None once where the kind knows none."""
    yield from markets if ending.has_market else [None]
