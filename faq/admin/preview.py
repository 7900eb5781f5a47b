"""What visitors will get of a version, whatever state it is in."""

import copy
import re
from typing import NamedTuple

from django.utils.safestring import SafeString

from faq import checklist, publishing, rendering
from faq.models import FaqVersion, RelatedResource
from portal.lib.html import sanitise, sanitise_line

_MARKER = re.compile(r'(<(?:cite|figure|span)) data-(ref|figure|xref)="([^"]*)"')


class Preview(NamedTuple):
    """The final HTML of a version's parts, what still keeps it from being shown, and the fingerprint of it all."""

    problems: list[str]
    question: str
    short_answer: SafeString
    body: SafeString
    references: SafeString
    what_changed: str
    resources: list[RelatedResource]
    fingerprint: str


def preview(version: FaqVersion) -> Preview:
    """The stored rendering of what was approved, else a rendering of the draft without markers that lead nowhere.

    `version` comes as the database holds it, with its parts.
    """
    shown, problems = copy.copy(version), []
    if not version.content_sha256:
        wording = rendering.wording_of(version)
        problems = checklist.problems(version)
        publishing.render(shown, _resolvable(wording))
    return Preview(
        problems,
        shown.question,
        shown.short_answer_html,
        shown.body_html,
        shown.references_html,
        shown.what_changed,
        list(version.resources.all()),
        shown.content_sha256,
    )


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
