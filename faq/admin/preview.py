"""What visitors will get of a version, whatever state it is in."""

from typing import NamedTuple

from django.utils.safestring import SafeString

from faq import previewing
from faq.models import FaqVersion, RelatedResource


class Preview(NamedTuple):
    """The final HTML of a version's parts, and the fingerprint of it all."""

    question: str
    short_answer: SafeString
    body: SafeString
    references: SafeString
    what_changed: str
    resources: list[RelatedResource]
    fingerprint: str


def preview(version: FaqVersion, shown: FaqVersion | None = None) -> Preview:
    """The stored rendering of what was approved, else a rendering of the draft without markers that lead nowhere.

    `version` comes as the database holds it, with its parts; `shown` where it was rendered before.
    """
    shown = shown or previewing.shown(version).version
    return Preview(
        shown.question,
        shown.short_answer_html,
        shown.body_html,
        shown.references_html,
        shown.what_changed,
        list(version.resources.all()),
        shown.content_sha256,
    )
