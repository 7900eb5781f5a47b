"""Makes of a version's wording what is approved and shown."""

from collections.abc import Iterable, Sequence

from faq import rendering
from faq.models import Citation, FaqVersion, Reference


def render(version: FaqVersion, wording: rendering.Wording) -> list[Reference]:
    """Writes what visitors will get into the unsaved fields of `version`; returns the references it cites, in order."""
    rendered = rendering.render(wording)
    version.rendered_short_answer, version.rendered_body = rendered.short_answer, rendered.body
    version.rendered_references, version.reading_minutes = rendered.references, rendered.reading_minutes
    version.content_sha256 = rendering.fingerprint(version, wording.resources)
    return rendered.cited


def list_citations(cited: Iterable[tuple[FaqVersion, Sequence[Reference]]]) -> None:
    """Makes each version's citation rows those of the references it cites, in order of their numbers."""
    pairs = list(cited)
    Citation.objects.filter(version__in=[version for version, _ in pairs]).delete()
    Citation.objects.bulk_create(
        Citation(version=version, reference=reference, number=number)
        for version, references in pairs
        for number, reference in enumerate(references, start=1)
    )


def rendered(version: FaqVersion) -> dict[str, object]:
    """The fields that `render` wrote, by name."""
    fields = ("rendered_short_answer", "rendered_body", "rendered_references", "reading_minutes", "content_sha256")
    return {field: getattr(version, field) for field in fields}
