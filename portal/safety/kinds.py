"""The kinds of free text that visitors leave: each app adds its own in its `free_texts`; this knows none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.safety.models import SafetyFlag, SafetyFlagQuerySet

# A row that holds a text, whatever model that is.
Source = Any


def _no_products(_source: Source) -> Sequence[str]:
    return ()


def _no(_source: Source) -> bool:
    return False


def _none() -> Q:
    return Q(pk__in=[])


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of free text, and what its app knows of the rows that hold such text.

    Args:
        key: what a flag stores as its kind.
        label: the same for people, in the singular.
        permission: who may read such texts.
        rows: the rows that may hold such a text, with whatever their names and texts need in the same query.
        text: the text of a row, exactly as it was screened.
        market, received: the fields of a row, or the paths to them, in Django's notation.
        having: which of the rows do hold one, or held it; all of them.
        forgotten: those of them whose text was deleted because its keeping ended; none of them.
        find: those of the rows in which a person's words are found.
        is_report: whether the sender says that the text reports harm.
        mentions_death: whether the sender says apart from the text that somebody died.
        about_product: whether it was left where a medicine is spoken of.
        products: the names of the medicines that the sender named apart from the text.
    """

    key: str
    label: str
    permission: str
    rows: Callable[[], QuerySet[Any]]
    text: Callable[[Source], str]
    market: str
    received: str
    find: Callable[[str], QuerySet[Any]]
    having: Q = field(default_factory=Q)
    forgotten: Q = field(default_factory=_none)
    is_report: Callable[[Source], bool] = _no
    mentions_death: Callable[[Source], bool] = _no
    about_product: Callable[[Source], bool] = _no
    products: Callable[[Source], Sequence[str]] = _no_products

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.rows().model)

    def flags(self) -> SafetyFlagQuerySet:
        """All flags of such texts, whoever may see them."""
        return SafetyFlag.objects.filter(kind=self.key, source_type=self.content_type)

    def flagged(self, flags: SafetyFlagQuerySet) -> Exists:
        """The condition that the flag of a row is one of `flags`, which are some of `flags()`."""
        return Exists(flags.filter(source_id=OuterRef("pk")).order_by())

    def with_flag(self) -> QuerySet[Any]:
        """Rows whose text has a flag, whether the text is still there or was forgotten."""
        return self.rows().filter(self.having, self.flagged(self.flags()))

    def unflagged(self, *, behind: int = 0) -> QuerySet[Any]:
        """Rows with a key above `behind` whose text nobody has flagged: there should be none."""
        # The key bounds the flags too, or the database would read all of them to find the next few rows.
        return self.rows().filter(self._without(self.flags().filter(source_id__gt=behind)), pk__gt=behind)

    def waiting(self) -> Q:
        """For a filter of rows: those whose text waits for a person, or has not been flagged yet."""
        return Q(self.flagged(self.flags().open())) | self._without(self.flags())

    def _without(self, flags: SafetyFlagQuerySet) -> Q:
        return self.having & ~self.forgotten & ~Q(self.flagged(flags))

    def market_of(self, source: Source) -> Any:
        return reduce(getattr, self.market.split("__"), source)

    def received_of(self, source: Source) -> Any:
        return reduce(getattr, self.received.split("__"), source)


_kinds: dict[str, Kind] = {}


def add(kind: Kind) -> Kind:
    """Makes `kind` known. Raises ValueError where another one has its key."""
    if _kinds.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"There is a kind of text called {kind.key!r} already.")
    return kind


def every() -> list[Kind]:
    """All of them, in an order that does not depend on which app is loaded first."""
    return sorted(_kinds.values(), key=lambda kind: kind.key)


def of(flag: SafetyFlag) -> Kind:
    return _kinds[flag.kind]


def named(key: str) -> Kind:
    return _kinds[key]


def readable_by(person: Any) -> list[Kind]:
    """The kinds of text that `person` may read."""
    return [kind for kind in every() if person.has_perm(kind.permission)]


def flags_for(person: Any) -> SafetyFlagQuerySet:
    """The flags whose texts `person` may read."""
    readable = [kind.key for kind in readable_by(person)]
    return SafetyFlag.objects.of_kinds(readable) if readable else SafetyFlag.objects.none()


def may_open(person: Any, kind: Kind) -> bool:
    """Whether `person` may open the flags of texts of one kind."""
    return bool(person.has_perm("safety.view_safetyflag") and person.has_perm(kind.permission))


def flags_of(source: Source) -> SafetyFlagQuerySet:
    """The flags of the texts of one row, the oldest first."""
    held_by = {"source_type": ContentType.objects.get_for_model(source), "source_id": source.pk}
    return SafetyFlag.objects.filter(**held_by).order_by("pk")


def text_of(flag: SafetyFlag) -> str:
    """The text that was screened; "" where its row is gone."""
    return of(flag).text(flag.source) if flag.source is not None else ""
