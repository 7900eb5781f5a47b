"""Writes versions as rows of the content format that an import reads (docs/content-format.md)."""

import base64
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from faq.models import Drug, Faq, FaqVersion, Figure, Reference, RelatedResource
from faq.rendering import wording_of


def for_export(versions: QuerySet[FaqVersion]) -> QuerySet[FaqVersion]:
    """`versions` with everything that a row holds, in a fixed number of queries."""
    parts = "citations__reference", "faq__drug__names", "faq__other_phrasings", "faq__topics"
    fetched = FaqVersion.objects.with_parts().filter(pk__in=versions.values("pk"))
    return fetched.select_related("faq__drug__category", "faq__replaced_by").prefetch_related(*parts)


def as_row(version: FaqVersion) -> dict[str, Any]:
    """One answer as the full form of the content format; fetch many with `for_export`.

    Keys always come in the same order. An image is a data URI, so that a row needs no second file.
    """
    return {
        "market": version.faq.market.code,
        "drug": drug(version.faq.drug),
        **faq(version.faq),
        "version": version.number,
        **content(version),
        "references": [reference(source) for source in _cited(version)],
    }


def drug(drug: Drug) -> dict[str, Any]:
    """What a row says of its drug."""
    category = drug.category
    return {
        "slug": drug.slug,
        "name": drug.name,
        "generic_name": drug.generic_name,
        "status": drug.status,
        "category": {"slug": category.slug, "name": category.name, "description": category.description},
        "names": [{"name": name.name, "kind": name.kind} for name in drug.names.all()],
        "strengths": drug.strengths,
        "prescribing_information_url": drug.prescribing_information_url,
        "boxed_warning": drug.boxed_warning,
        "standing_notice": drug.standing_notice,
        "summary": drug.summary,
    }


def faq(faq: Faq) -> dict[str, Any]:
    """What a row says of its question, whatever the wording is."""
    return {
        "content_id": faq.content_id,
        "number": faq.number,
        "slug": faq.slug,
        "label_status": faq.label_status,
        "topics": [topic.name for topic in faq.topics.all()],
        "other_phrasings": [phrasing.text for phrasing in faq.other_phrasings.all()],
        "common_id": faq.common_id,
        "replaced_by": faq.replaced_by.content_id if faq.replaced_by else "",
    }


def content(version: FaqVersion) -> dict[str, Any]:
    """What makes one version different from the next: its wording and its parts."""
    return {
        "question": version.question,
        "short_answer": str(version.short_answer),
        "body": str(version.body),
        "last_reviewed": version.last_reviewed.isoformat() if version.last_reviewed else None,
        "next_review": version.next_review.isoformat() if version.next_review else None,
        "what_changed": version.what_changed,
        "figures": [figure(drawn) for drawn in version.figures.all()],
        "related_resources": [resource(item) for item in version.resources.all()],
    }


def reference(reference: Reference) -> dict[str, Any]:
    """One source of the library."""
    return {"key": reference.key, "csl": reference.csl, "formatted_override": reference.formatted_override}


def figure(figure: Figure) -> dict[str, Any]:
    """One figure with its image inside."""
    return {
        "key": figure.key,
        "title": figure.title,
        "image": data_uri(figure.image.media_type, bytes(figure.image.content)),
        "description": figure.description,
        "abbreviations": figure.abbreviations,
        "note": figure.note,
        "sources": [link.reference.key for link in figure.figuresource_set.all()],
        "values_table": str(figure.values_table),
    }


def resource(resource: RelatedResource) -> dict[str, Any]:
    """One item of the related information."""
    return {"title": resource.title, "kind": resource.kind, "url": resource.url, "note": resource.note}


def data_uri(media_type: str, content: bytes) -> str:
    """The one way in which an image stands inside a row."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _cited(version: FaqVersion) -> Iterable[Reference]:
    # Citations are written at approval; before that only the text says what it cites.
    listed = [citation.reference for citation in version.citations.all()]
    return listed or wording_of(version).references.values()
