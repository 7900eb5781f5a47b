"""What visitors will get of a version, or got, whatever state it is in."""

import copy
import re
from typing import NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from faq import publishing, rendering, sources
from faq.models import Citation, FaqVersion, Reference
from portal.lib.html import sanitise, sanitise_line

_MARKER = re.compile(r'(<(?:cite|figure|span)) data-(ref|figure|xref)="([^"]*)"')


class Shown(NamedTuple):
    """An unsaved copy of a version with its rendering, and the references that it cites, in order of their numbers."""

    version: FaqVersion
    cited: list[Reference]


def fetch(pk: int) -> FaqVersion | None:
    """The version `pk` with all that its page shows, and what its market looks like."""
    versions = FaqVersion.objects.with_parts().with_trail().with_alternates().with_first_published().with_due_day()
    return sources.with_retractions(versions).select_related("approver").filter(pk=pk).first()


def citations() -> Prefetch:
    """What an approved version cites, for a version that is shown more than once to be fetched with."""
    return Prefetch("citations", Citation.objects.select_related("reference").order_by("number"))


def shown(version: FaqVersion, wording: rendering.Wording | None = None) -> Shown:
    """The stored rendering of what was approved, else a rendering of the draft without markers that lead nowhere.

    `version` comes as the database holds it, with its parts; `wording` where it was put together before.
    """
    found = copy.copy(version)
    if version.content_sha256:
        prefetch_related_objects([version], citations())
        return Shown(found, [citation.reference for citation in version.citations.all()])
    cited = publishing.render(found, _resolvable(wording or rendering.wording_of(version)))
    # A page says when it was published; a draft would be published now.
    found.published_at = timezone.now()
    return Shown(found, cited)


def _resolvable(wording: rendering.Wording) -> rendering.Wording:
    """`wording` with every marker made harmless that names nothing; rendering would stop at it."""
    placed = set(rendering.marked(wording).figures)
    known = {"ref": set(wording.references), "figure": set(wording.figures), "xref": placed & set(wording.figures)}

    def keep(match: re.Match[str]) -> str:
        return match[0] if match[3] in known[match[2]] else match[1]

    version = copy.copy(wording.version)
    version.short_answer = _MARKER.sub(keep, sanitise_line(version.short_answer))
    version.body = _MARKER.sub(keep, sanitise(version.body))
    figures = {
        key: figure._replace(values_table=_MARKER.sub(keep, sanitise(figure.values_table)))
        for key, figure in wording.figures.items()
    }
    return wording._replace(version=version, figures=figures)
