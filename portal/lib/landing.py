"""What the first page of the admin tells: each feature adds its entries and its place; this knows none of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection, models
from django.urls import reverse
from django.utils.http import urlencode

# The person who signed in, whatever model that is.
Person = Any


class Entry(NamedTuple):
    """One number: how many rows wait for a person who has the permission, and the list that shows exactly those."""

    label: str
    permission: str
    rows: Callable[[Person], models.QuerySet[Any]]
    list_name: str
    chosen: Mapping[str, str] = {}
    is_pressing: bool = False

    @property
    def address(self) -> str:
        return reverse(f"admin:{self.list_name}") + (f"?{urlencode(self.chosen)}" if self.chosen else "")


class Section(NamedTuple):
    """Entries under one heading; `more` is a page about all of them, as (label, name of its address, permission)."""

    title: str
    order: int
    entries: list[Entry]
    more: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Counted:
    """What the page shows of an entry."""

    label: str
    address: str
    count: int
    is_pressing: bool


class Shown(NamedTuple):
    """What the page shows of a section."""

    title: str
    entries: list[Counted]
    more: tuple[str, str] | None


class Shelf(NamedTuple):
    """Kinds of things that stand together in the list of everything."""

    title: str
    order: int


_sections: dict[str, Section] = {}
_shelves: dict[str, Shelf] = {}
ELSEWHERE = Shelf("More", 1000)


def add(title: str, order: int, entries: Iterable[Entry], more: tuple[str, str, str] | None = None) -> None:
    """Adds entries to the section `title`; sections stand by `order`."""
    there = _sections.get(title, Section(title, order, []))
    _sections[title] = Section(title, order, [*there.entries, *entries], more or there.more)


def shelve(title: str, order: int, *kinds: type[models.Model]) -> None:
    """Puts kinds of things on the shelf `title`, in this order; what nobody shelved stands under More."""
    _shelves.update({kind._meta.label: Shelf(title, order) for kind in kinds})


def sections(person: Person) -> list[Shown]:
    """What waits for `person`, counted in one query."""
    allowed = {
        section.title: [entry for entry in section.entries if person.has_perm(entry.permission)]
        for section in sorted(_sections.values(), key=lambda section: section.order)
    }
    entries = [entry for found in allowed.values() for entry in found]
    counts = iter(counts_of([entry.rows(person) for entry in entries]))
    return [
        Shown(
            title,
            [Counted(entry.label, entry.address, next(counts), entry.is_pressing) for entry in found],
            _more(_sections[title], person),
        )
        for title, found in allowed.items()
        if found
    ]


def _more(section: Section, person: Person) -> tuple[str, str] | None:
    if section.more is None or not person.has_perm(section.more[2]):
        return None
    label, name, _ = section.more
    return label, reverse(f"admin:{name}")


def counts_of(rows: Iterable[models.QuerySet[Any]]) -> list[int]:
    """How many rows each query finds; all are asked in one statement."""
    asked = [query.order_by().values("pk").query for query in rows]
    parts: list[str] = []
    params: list[Any] = []
    for query in asked:
        if query.is_empty():
            parts.append("0")
            continue
        sql, own = query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608  (Django wrote it; values are params)
        params += own
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return [int(count) for count in cursor.fetchone()]


def shelves(apps: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The kinds of things of Django's `app_list` as (shelf, kinds), in the order in which they were shelved."""
    kinds = {kind["model"]._meta.label: kind for app in apps for kind in app["models"]}
    places = [*_shelves, *(label for label in kinds if label not in _shelves)]
    found: dict[Shelf, list[Mapping[str, Any]]] = {}
    for label in places:
        if label in kinds:
            found.setdefault(_shelves.get(label, ELSEWHERE), []).append(kinds[label])
    return [(shelf.title, found[shelf]) for shelf in sorted(found, key=lambda shelf: shelf.order)]
