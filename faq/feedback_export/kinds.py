"""The two kinds of files: one row a vote, and one row a remark with what its vote says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from faq.feedback_export.columns import REMARKS, VOTES, Column, same
from faq.feedback_export.flags import with_safety
from faq.models import Feedback, FeedbackExport, Remark

# So many rows come from the database at once; its cursor holds the others.
BATCH = 500
HELD = "export_held"


def _with_remarks(votes: QuerySet[Feedback]) -> QuerySet[Feedback]:
    own = Remark.objects.filter(vote=OuterRef("pk")).order_by().values("vote").annotate(number=Count("pk"))
    number = Coalesce(Subquery(own.values("number"), output_field=IntegerField()), 0)
    return votes.annotate(export_remarks=number, export_held=Value(False))


class Kind(NamedTuple):
    """What becomes a row, and what stands in it."""

    key: str
    model: type[Feedback] | type[Remark]
    columns: Sequence[Column]
    fetched: Callable[[Any], QuerySet[Any]]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


KINDS = {
    kind.key: kind
    for kind in (
        Kind(FeedbackExport.Kind.VOTES, Feedback, VOTES, _with_remarks),
        Kind(FeedbackExport.Kind.REMARKS, Remark, REMARKS, with_safety),
    )
}


def of_model(model: Any) -> Kind:
    """The kind whose rows `model` holds."""
    return next(kind for kind in KINDS.values() if kind.model is model)


@dataclass
class Counts:
    """How many rows went into a file so far, and how many the policy of their market keeps out of it."""

    written: int = 0
    left_out: int = 0

    @property
    def done(self) -> int:
        return self.written + self.left_out


def rows(kind: Kind, shown: QuerySet[Any], counts: Counts) -> Iterator[list[object]]:
    """Each of `shown` as the values of the columns, in its order, counted in `counts`.

    They are read through a cursor of the database: as they all were at one moment, a few at a time in memory.
    """
    paths = list(dict.fromkeys(path for column in kind.columns for path in column.paths))
    first = itemgetter(*(paths.index(column.paths[0]) for column in kind.columns))
    # Most columns are a field as it is: over a million rows, asking them all for a function takes long.
    made = [(n, column.of, _places(column, paths)) for n, column in enumerate(kind.columns) if column.of is not same]
    # What a list fetches beside its rows is of no use here, and cannot be had with bare values.
    fetched = kind.fetched(shown).prefetch_related(None).values_list(*paths, HELD)
    for found in fetched.iterator(chunk_size=BATCH):
        if found[-1]:
            counts.left_out += 1
            continue
        counts.written += 1
        row = list(first(found))
        for n, of, places in made:
            row[n] = of(*[found[place] for place in places])
        yield row


def _places(column: Column, paths: Sequence[str]) -> list[int]:
    return [paths.index(path) for path in column.paths]
