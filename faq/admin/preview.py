"""What visitors will get of a version, whatever state it is in."""

import copy
import re
from typing import NamedTuple

from django.utils.safestring import SafeString

from faq import publishing, rendering
from faq.models import FaqVersion
from portal.lib.html import sanitise, sanitise_line

_MARKER = re.compile(r'(<(?:cite|figure|span)) data-(ref|figure|xref)="([^"]*)"')


class Preview(NamedTuple):
    """The final HTML of a version's parts, and what still keeps it from being shown."""

    problems: list[str]
    short_answer: SafeString
    body: SafeString
    references: SafeString


def preview(version: FaqVersion) -> Preview:
    """The stored rendering of what was approved, else a rendering of the draft without markers that lead nowhere."""
    if version.content_sha256:
        return Preview([], version.short_answer_html, version.body_html, version.references_html)
    wording = rendering.wording_of(version)
    rendered = rendering.render(_resolvable(wording))
    parts = (rendered.short_answer, rendered.body, rendered.references)
    return Preview(publishing.problems(version), *(SafeString(part) for part in parts))


def _resolvable(wording: rendering.Wording) -> rendering.Wording:
    """`wording` with every marker made harmless that names nothing; rendering would stop at it."""
    placed = set(rendering.marked(wording).figures)
    known = {"ref": set(wording.references), "figure": set(wording.figures), "xref": placed & set(wording.figures)}

    def keep(match: re.Match[str]) -> str:
        return match[0] if match[3] in known[match[2]] else match[1]

    version = copy.copy(wording.version)
    version.short_answer = _MARKER.sub(keep, sanitise_line(version.short_answer))
    version.body = _MARKER.sub(keep, sanitise(version.body))
    return wording._replace(version=version)
