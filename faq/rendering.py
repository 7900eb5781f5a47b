"""Makes of a version's stored wording what visitors get: numbered citations, figures in place, the reference list."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from faq.citations import ama, finding, markers, numbering
from faq.models import FaqVersion, Figure, Image, Reference
from portal.lib.html import sanitise, sanitise_line, text
from portal.lib.language import spoken

# Words a minute of adults reading non-fiction silently: M. Brysbaert, Journal of Memory and Language 2019;109:104047.
WORDS_PER_MINUTE = 238


class FigureParts(NamedTuple):
    """A figure as rendering needs it, whether or not it has a row yet."""

    key: str
    title: str
    image: Image
    description: str
    abbreviations: str
    note: str
    values_table: str
    sources: Sequence[str]

    @classmethod
    def of(cls, figure: Figure) -> "FigureParts":
        """The parts of a stored figure."""
        sources = [link.reference.key for link in figure.figuresource_set.all()]
        return cls(
            figure.key,
            figure.title,
            figure.image,
            figure.description,
            figure.abbreviations,
            figure.note,
            figure.values_table,
            sources,
        )


class Wording(NamedTuple):
    """Everything that decides what visitors get of one version."""

    version: FaqVersion
    language: str
    figures: Mapping[str, FigureParts]
    references: Mapping[str, Reference]
    # Related resources as (title, kind, url, note).
    resources: Sequence[tuple[str, str, str, str]] = ()


class Rendered(NamedTuple):
    """What visitors get, and the references in the order of their numbers."""

    short_answer: str
    body: str
    references: str
    reading_minutes: int
    cited: list[Reference]


class Marked(NamedTuple):
    """The keys that a wording uses, in reading order: short answer, then body, with a figure's sources at its place."""

    references: list[str]
    figures: list[str]
    cross_references: list[str]


def wording_of(version: FaqVersion) -> Wording:
    """The stored wording of `version` with the references that it cites; unknown keys are simply absent."""
    figures = {figure.key: FigureParts.of(figure) for figure in version.figures.all()}
    used = set(_keys(version, figures).references)
    references = {reference.key: reference for reference in Reference.objects.filter(key__in=used)}
    return Wording(version, version.faq.drug.market.language_tag, figures, references, _resources(version))


def _resources(version: FaqVersion) -> list[tuple[str, str, str, str]]:
    return [(resource.title, resource.kind, resource.url, resource.note) for resource in version.resources.all()]


def marked(wording: Wording) -> Marked:
    """The keys that `wording` uses."""
    return _keys(wording.version, wording.figures)


def _keys(version: FaqVersion, figures: Mapping[str, FigureParts]) -> Marked:
    found = Marked([], [], [])
    for kind, key in chain(finding.find(sanitise_line(version.short_answer)), finding.find(sanitise(version.body))):
        if kind == "ref":
            found.references.append(key)
        elif kind == "xref":
            found.cross_references.append(key)
        else:
            found.figures.append(key)
            _add_figure(found, figures.get(key))
    return found


def _add_figure(found: Marked, figure: FigureParts | None) -> None:
    if figure is None:
        return
    found.references.extend(figure.sources)
    for kind, key in finding.find(sanitise(figure.values_table)):
        if kind == "ref":
            found.references.append(key)
        elif kind == "xref":
            found.cross_references.append(key)


def render(wording: Wording) -> Rendered:
    """The final HTML of `wording`. Raises KeyError where a marker names nothing; `checklist.problems` tells first."""
    keys = marked(wording)
    numbers = numbering.assign(keys.references)
    places = numbering.assign(keys.figures)
    cited = [wording.references[key] for key in numbers]
    with spoken(wording.language):
        writer = markers.Writer(numbers, places, None)
        writer.write_figure = lambda key, cites: _figure(wording.figures[key], places[key], cites, writer)
        writer.titles = {key: wording.figures[key].title for key in places}
        writer.sources = {key: list(wording.figures[key].sources) for key in places}
        short_answer = writer.write(sanitise_line(wording.version.short_answer))
        body = writer.write(sanitise(wording.version.body))
        references = _references(cited, writer.cited_at)
    words = len(text(short_answer + " " + body).split())
    return Rendered(short_answer, body, references, max(1, round(words / WORDS_PER_MINUTE)), cited)


def _figure(figure: FigureParts, number: int, cites: str, writer: markers.Writer) -> str:
    table = SafeString(writer.nested(number).write(sanitise(figure.values_table)))
    context = {"figure": figure, "number": number, "cites": SafeString(cites), "values_table": table}
    return render_to_string("faq/_figure.html", context).strip()


def _references(cited: Iterable[Reference], cited_at: Mapping[str, list[str]]) -> str:
    entries = [
        {
            "number": number,
            "text": reference.formatted_override or ama.reference(reference.csl),
            "links": ama.links(reference.csl),
            "cited_at": cited_at.get(reference.key, []),
        }
        for number, reference in enumerate(cited, start=1)
    ]
    return render_to_string("faq/_references.html", {"entries": entries}).strip() if entries else ""


def fingerprint(version: FaqVersion, resources: Iterable[tuple[str, str, str, str]]) -> str:
    """SHA-256 over exactly what visitors are shown of `version`: rendered texts, dates, and (title, kind, url, note)
    of its related resources. Images count through their addresses, which hold their own digests."""
    shown = {
        "question": version.question,
        "short_answer": version.rendered_short_answer,
        "body": version.rendered_body,
        "references": version.rendered_references,
        "last_reviewed": version.last_reviewed and version.last_reviewed.isoformat(),
        "what_changed": version.what_changed,
        "resources": [list(resource) for resource in resources],
    }
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_verified(version: FaqVersion) -> bool:
    """Whether the hash of what is stored of an approved `version` is the one that its approval was bound to."""
    return fingerprint(version, _resources(version)) == version.content_sha256
