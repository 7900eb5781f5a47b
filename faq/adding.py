"""What is looked at before a reference is added to the library: likely duplicates, and a free key."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q
from django.db.models.functions import Upper

from faq.citations import csl, keys, likeness
from faq.models import Reference

Item = Mapping[str, Any]
# How many candidates one author may have in a year before the rest is not compared any more.
_MOST_COMPARED = 200


class Likeness(NamedTuple):
    """A reference of the library that may be the same source, and what speaks for it."""

    reference: Reference
    why: str


class _Marks(NamedTuple):
    """What a source is told apart by; of a reference the columns say it."""

    doi: str
    pmid: str
    nct: str
    kind: str
    author: str
    year: int | None
    title: str

    @classmethod
    def of(cls, item: Item) -> "_Marks":
        told = csl.doi(item).upper(), csl.pmid(item), csl.registry_number(item), csl.field(item, "type")
        return cls(*told, likeness.author(item), csl.year(item), likeness.folded(csl.title(item)))

    @classmethod
    def held(cls, row: Reference) -> "_Marks":
        return cls(row.doi.upper(), row.pmid, row.nct, row.kind, row.author, row.year, likeness.folded(row.title))


def alike(items: Sequence[Item], apart_from: Reference | None = None) -> list[list[Likeness]]:
    """For each of `items` the references that may be the same source, the surest first; one query for all."""
    marks = [_Marks.of(item) for item in items]
    rows = Reference.objects.alias(doi_upper=Upper("doi")).filter(_candidates(marks))
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    held: dict[tuple[str, object], list[tuple[Reference, _Marks]]] = defaultdict(list)
    for row in rows.defer("csl", "words", "formatted_override").order_by("pk"):
        own = _Marks.held(row)
        for place in _places(own):
            held[place].append((row, own))
    return [_found(one, held) for one in marks]


def same_as_before(items: Sequence[Item]) -> list[int | None]:
    """For each of `items` the place of an earlier one that is the same source; None where there is none."""
    seen: dict[tuple[str, object], list[int]] = defaultdict(list)
    marks, found = [_Marks.of(item) for item in items], list[int | None]()
    for place, one in enumerate(marks):
        earlier = {number for where in _places(one, around=1) for number in seen[where][:_MOST_COMPARED]}
        found.append(next((number for number in sorted(earlier) if _why(one, marks[number])), None))
        for where in _places(one):
            seen[where].append(place)
    return found


def free_keys(items: Iterable[Item]) -> list[str]:
    """A key for each of `items` that neither the library nor another of them has."""
    items = list(items)
    stems = {keys.proposed(item, ()) for item in items}
    begins = Q()
    for stem in stems:
        begins |= Q(key=stem) | Q(key__startswith=f"{stem}-")
    taken = set(Reference.objects.filter(begins).values_list("key", flat=True)) if stems else set()
    found = []
    for item in items:
        found.append(keys.proposed(item, taken))
        taken.add(found[-1])
    return found


def _candidates(marks: Iterable[_Marks]) -> Q:
    """The references that share an identifier, or the first author and about the year, with one of `marks`."""
    wanted: dict[str, set[str]] = defaultdict(set)
    years: dict[str, set[int]] = defaultdict(set)
    for one in marks:
        wanted["doi_upper"].add(one.doi)
        wanted["pmid"].add(one.pmid)
        wanted["nct"].add(one.nct)
        if one.year and one.title:
            years[one.author] |= {one.year - 1, one.year, one.year + 1}
    found = Q()
    for name, values in wanted.items():
        found |= Q(**{f"{name}__in": values - {""}})
    for author, around in years.items():
        found |= Q(author=author, year__in=around)
    return found


def _places(one: _Marks, around: int = 0) -> list[tuple[str, object]]:
    """Where a source is filed, and where its like is looked for: also `around` its year."""
    named = [("doi", one.doi), ("pmid", one.pmid), ("nct", one.nct)]
    places: list[tuple[str, object]] = [place for place in named if place[1]]
    years = range(one.year - around, one.year + around + 1) if one.year else ()
    return places + [("author", (one.author, year)) for year in years]


def _found(one: _Marks, held: Mapping[tuple[str, object], Sequence[tuple[Reference, _Marks]]]) -> list[Likeness]:
    found: dict[int, Likeness] = {}
    for place in _places(one, around=1):
        for row, own in held.get(place, ())[:_MOST_COMPARED]:
            if row.pk not in found and (why := _why(one, own)):
                found[row.pk] = Likeness(row, why)
    return list(found.values())


def _why(one: _Marks, other: _Marks) -> str:
    """What speaks for it that two sources are the same; "" where nothing does."""
    if one.doi and one.doi == other.doi:
        return "the same DOI"
    if one.pmid and one.pmid == other.pmid:
        return "the same PMID"
    if (one.doi and other.doi) or (one.pmid and other.pmid):
        # Each has its own: reports of one trial, or the parts of one series.
        return ""
    if one.nct and one.nct == other.nct and one.kind == other.kind:
        return "the same trial number"
    years = one.year and other.year and abs(one.year - other.year) <= 1
    if years and one.author == other.author and likeness.is_near(one.title, other.title):
        return "nearly the same title, by the same author, of about the same year"
    return ""
