"""Makes of rows what has no row in the database yet: versions, and the wording that rendering takes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from faq import rendering
from faq.imports.library import Library
from faq.imports.rows import Row
from faq.models import Faq, FaqVersion

_PARTS = ("figures", "related_resources")


def version(row: Row, faq: Faq, number: int) -> FaqVersion:
    """The unsaved draft that `row` makes of `faq`."""
    fields: dict[str, Any] = {name: value for name, value in row.content.items() if name not in _PARTS}
    for name in ("last_reviewed", "next_review"):
        fields[name] = fields[name] and date.fromisoformat(fields[name])
    return FaqVersion(faq=faq, number=number, imported_from=row.options.source, **fields)


def wording(row: Row, draft: FaqVersion, library: Library) -> rendering.Wording:
    """Everything that decides what visitors get of `row`; references that nobody knows are simply absent."""
    language = library.markets[row.market].language_tag
    drawn = _figures(row)
    unreferenced = rendering.Wording(draft, language, drawn, {}, _resources(row))
    keys = rendering.marked(unreferenced).references
    known = {key: library.references[key] for key in keys if key in library.references}
    return unreferenced._replace(references=known)


def _figures(row: Row) -> Mapping[str, rendering.FigureParts]:
    return {
        figure["key"]: rendering.FigureParts(**{**figure, "image": row.images[figure["image"]].image()})
        for figure in row.content["figures"]
    }


def _resources(row: Row) -> Sequence[tuple[str, str, str, str]]:
    return [(item["title"], item["kind"], item["url"], item["note"]) for item in row.content["related_resources"]]
