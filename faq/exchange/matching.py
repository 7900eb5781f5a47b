"""Finds in the library the sources that a Word file names; what is not certain is not matched."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, Value
from django.db.models.functions import Length, Lower, StrIndex

from faq.citations import ama, csl, likeness, markup
from faq.models import Faq, Reference

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", re.ASCII)
_PMID = re.compile(r"PMID:?\s*(\d{4,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{4,9})", re.IGNORECASE)
_NCT = re.compile(r"NCT\d{8}(?!\d)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.?!]\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Letters that a title has to have before finding it inside an entry says anything.
_TELLING = 25


class Match(NamedTuple):
    """What the library has for one entry: the reference and how it was found, or why none was taken.

    `doubt` says what a person should compare; `csl` are data from which a reference could be made.
    """

    reference: Reference | None
    how: str = ""
    doubt: str = ""
    csl: Mapping[str, Any] | None = None


def matches(entries: Sequence[Mapping[str, Any]], faq: Faq | None) -> list[Match]:
    """What the library has for each of `entries`, in a fixed number of queries.

    Tries the identifiers first, then the same text, then the same title; the sources that versions of `faq` cite are
    among those compared.
    """
    told = [_Told(entry) for entry in entries]
    library = _Library(told, faq)
    return [library.match(entry) for entry in told]


class _Told:
    """What an entry says that a reference can be found by."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self.text: str = entry["text"]
        given = entry.get("csl")
        self.csl: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        self.folded = likeness.folded(self.text)
        self.titles = [likeness.folded(part) for part in (csl.title(self.csl), *_SENTENCE.split(self.text))]
        words = self.folded.split()
        self.authors = {likeness.author(self.csl), *(" ".join(words[:count]) for count in (1, 2, 3))} - {""}
        doi = _DOI.search(self.text)
        self.doi = csl.doi(self.csl) or (csl.doi({"DOI": doi[0].rstrip(".,;)")}) if doi else "")
        pmid = _PMID.search(self.text)
        self.pmid = csl.pmid(self.csl) or ((pmid[1] or pmid[2]) if pmid else "")
        nct = _NCT.search(self.text)
        self.nct = csl.registry_number(self.csl) or (nct[0].upper() if nct else "")
        self.years = {*map(int, _YEAR.findall(self.text)), csl.year(self.csl)} - {None}


class _Library:
    def __init__(self, told: Sequence[_Told], faq: Faq | None) -> None:
        wanted = Q(pk__in=[])
        for entry in told:
            wanted |= Q(doi__iexact=entry.doi) if entry.doi else Q(pk__in=[])
        wanted |= Q(pmid__in=[entry.pmid for entry in told if entry.pmid])
        wanted |= Q(nct__in=[entry.nct for entry in told if entry.nct])
        found = {reference.pk: reference for reference in Reference.objects.filter(wanted)}
        found |= {reference.pk: reference for reference in _inside(told)}
        if faq is not None:
            cited = Reference.objects.filter(citations__version__faq=faq).distinct()
            found |= {reference.pk: reference for reference in cited}
        self.references = sorted(found.values(), key=lambda reference: reference.key)
        self.titles = {reference.pk: likeness.folded(reference.title) for reference in self.references}
        self.texts = {reference.pk: likeness.folded(_written(reference)) for reference in self.references}

    def match(self, told: _Told) -> Match:
        same = [reference for reference in self.references if self.texts[reference.pk] == told.folded]
        for how, found in self._by_identifier(told):
            best = [reference for reference in found if reference in same] or found
            if len(best) == 1:
                return Match(best[0], how, self._doubt(best[0], told), told.csl)
            if best:
                return _several(best, told)
        if len(same) == 1:
            return Match(same[0], "the same text", "", told.csl)
        titled = [reference for reference in self.references if self._is_titled(reference, told)]
        if len(titled) == 1:
            return Match(titled[0], "the same title", "", told.csl)
        return _several(same or titled, told) if same or titled else Match(None, csl=told.csl)

    def _by_identifier(self, told: _Told) -> Iterable[tuple[str, list[Reference]]]:
        doi = told.doi.casefold()
        yield "DOI", [reference for reference in self.references if doi and reference.doi.casefold() == doi]
        yield "PMID", [reference for reference in self.references if told.pmid and reference.pmid == told.pmid]
        if not told.doi and not told.pmid:
            # An article names its trial too; only the registry's own entry is found by that number.
            registered = [reference for reference in self.references if told.nct and reference.nct == told.nct]
            yield "NCT number", [reference for reference in registered if csl.is_registry_entry(reference.csl)]

    def _doubt(self, reference: Reference, told: _Told) -> str:
        title = self.titles[reference.pk]
        if not title or title in told.folded or _is_near(title, told):
            return ""
        said = set(told.folded.split())
        shared = sum(word in said for word in title.split())
        return "" if shared * 2 >= len(title.split()) else "the title reads differently"

    def _is_titled(self, reference: Reference, told: _Told) -> bool:
        title = self.titles[reference.pk]
        if len(title) < _TELLING or (reference.year and told.years and reference.year not in told.years):
            return False
        if (told.doi and reference.doi) or (told.pmid and reference.pmid):
            # Another number than ours: another paper with the same title.
            return False
        return f" {title} " in f" {told.folded} " or _is_near(title, told)


def _is_near(title: str, told: _Told) -> bool:
    return any(len(part) >= _TELLING and likeness.is_near(title, part) for part in told.titles)


def _several(references: Sequence[Reference], told: _Told) -> Match:
    keys = ", ".join(reference.key for reference in references[:5])
    return Match(None, doubt=f"more than one reference fits: {keys}", csl=told.csl)


def _written(reference: Reference) -> str:
    return reference.formatted_override or markup.text(ama.reference(reference.csl))


def _inside(told: Sequence[_Told]) -> Iterable[Reference]:
    """Those whose title stands inside one of the entries, and those of an author with whom one begins."""
    said = "\n".join(" ".join(entry.text.split()).lower() for entry in told)
    telling = Reference.objects.annotate(length=Length("title")).filter(length__gte=_TELLING)
    yield from telling.alias(place=StrIndex(Value(said), Lower("title"))).filter(place__gt=0)
    authors = {name for entry in told for name in entry.authors}
    years = {year for entry in told for year in entry.years}
    yield from Reference.objects.filter(author__in=authors, year__in=years)
