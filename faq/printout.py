"""What the printed document of one version says, in the order in which it says it and in its market's language."""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

import segno
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format
from django.utils.translation import gettext

from faq import sources
from faq.documents import tree
from faq.documents.inlines import Inline, Node
from faq.models import Drug, FaqVersion, RelatedResource
from portal.chrome.models import Market
from portal.chrome.templatetags.chrome import with_phone
from portal.lib.html import paragraphs
from portal.lib.language import spoken

# Where office paper is Letter; A4 everywhere else (ISO 216).
LETTER_COUNTRIES = {"US", "CA", "MX", "PR", "PH", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "SV", "VE"}
_COUNTRY = re.compile(r"[A-Z]{2}")


class Printed(NamedTuple):
    """The version that is printed, and what its addresses are completed with."""

    version: FaqVersion
    market: Market
    permanent: str
    retracted: list[sources.Retraction]

    @property
    def base(self) -> str:
        parts = urlsplit(self.permanent)
        return f"{parts.scheme}://{parts.netloc}/"

    def blocks(self, html: str) -> list[Node]:
        return tree.blocks(html, self.base)

    def line(self, html: str) -> list[Inline]:
        return tree.line(html, self.base)


def document(version: FaqVersion, permanent: str) -> Node:
    """The whole content of the document, as values that JSON can hold.

    `version` comes with its FAQ, drug and market; `permanent` is the absolute address of its permanent link, which may
    say by `?version=` which version the reader holds.
    """
    printed = Printed(version, version.faq.market, permanent, sources.retractions(version))
    parts: list[Callable[[Printed], Node]] = [_paper, _running, _head, _notices, _answer, _references, _after, _link]
    with spoken(printed.market.language_tag):
        said = {name: value for part in parts for name, value in part(printed).items()}
    whole: Node = tree.drawable(said)
    return tree.joined(whole)


def _paper(printed: Printed) -> Node:
    language, *rest = printed.market.language_tag.split("-")
    country = next((part for part in rest if _COUNTRY.fullmatch(part)), "")
    return {
        "language": language,
        "country": country,
        "paper": "us-letter" if country in LETTER_COUNTRIES else "a4",
        "author": printed.market.organisation,
        "description": f"{printed.version.faq.content_id}, {_version(printed)}",
    }


def _version(printed: Printed) -> str:
    return gettext("version %(number)d") % {"number": printed.version.number}


def _running(printed: Printed) -> Node:
    """What stands above and below every page."""
    return {
        "site": printed.market.site_name,
        "demonstration": printed.market.demonstration_notice,
        "content_id": printed.version.faq.content_id,
        "version": _version(printed),
        "reviewed": _reviewed(printed),
        # The typesetter fills these in, page by page.
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }


def _reviewed(printed: Printed) -> str:
    day = printed.version.last_reviewed
    return f"{gettext('Date of last review:')} {date_format(day, 'DATE_FORMAT')}" if day else ""


def _head(printed: Printed) -> Node:
    drug = printed.version.faq.drug
    lines = [
        drug.generic_name if drug.has_other_generic_name else "",
        drug.get_status_display() if drug.status == Drug.Status.INVESTIGATIONAL else "",
        drug.strengths,
    ]
    return {"drug": drug.name, "lines": [line for line in lines if line], "labelling": _labelling(drug)}


def _labelling(drug: Drug) -> Node | None:
    if not drug.prescribing_information_url:
        return None
    label = (
        gettext("Full prescribing information, including boxed warning")
        if drug.boxed_warning
        else gettext("Full prescribing information")
    )
    return {"kind": "link", "to": drug.prescribing_information_url, "text": [label]}


def _notices(printed: Printed) -> Node:
    market, faq = printed.market, printed.version.faq
    drug = faq.drug
    return {
        "safety": printed.line(with_phone(market.safety_notice, market.safety_phone)),
        "standing": printed.blocks(paragraphs(drug.standing_notice)),
        "boxed": {"title": gettext("Boxed warning"), "text": drug.boxed_warning} if drug.boxed_warning else None,
        "response": market.response_notice,
        "disclaimer": faq.disclaimer,
        "overdue": _overdue(printed.version),
    }


def _overdue(version: FaqVersion) -> str:
    if version.due_day is None or not version.is_overdue:
        return ""
    told = {"day": date_format(version.due_day, "DATE_FORMAT")}
    return gettext("This answer was due for review on %(day)s. The review has not been completed yet.") % told


def _answer(printed: Printed) -> Node:
    version = printed.version
    short = printed.blocks(version.rendered_short_answer)
    return {
        "question": version.question,
        "retracted": printed.blocks(sources.notice(printed.retracted)),
        "short": {"title": gettext("Short answer"), "body": short} if short else None,
        "facts": _facts(printed),
        "changed": _changed(version),
        "body": printed.blocks(version.rendered_body),
    }


def _facts(printed: Printed) -> list[list[str]]:
    version, faq = printed.version, printed.version.faq
    facts = [[gettext("Content ID"), faq.content_id], [gettext("Version"), str(version.number)]]
    if version.last_reviewed:
        facts.append([gettext("Last reviewed"), date_format(version.last_reviewed, "DATE_FORMAT")])
    facts.append([gettext("Label status"), faq.get_label_status_display()])
    return facts


def _changed(version: FaqVersion) -> Node | None:
    if not version.what_changed or version.number == 1:
        return None
    return {"title": gettext("What changed"), "text": version.what_changed}


def _references(printed: Printed) -> Node:
    market, version = printed.market, printed.version
    listed = sources.marked(version.rendered_references, printed.retracted)
    items = tree.entries(listed, printed.base)
    notice = printed.line(with_phone(market.references_notice, market.medical_phone))
    title = gettext("References")
    return {"references": {"title": title, "notice": notice, "items": items} if items else None}


def _after(printed: Printed) -> Node:
    items = [_resource(resource) for resource in printed.version.resources.all()]
    market = printed.market
    closing = [market.audience_statement, market.trademark_line, f"{market.copyright_line} {market.job_code}".strip()]
    title = gettext("Additional related information")
    return {
        "resources": {"title": title, "items": items} if items else None,
        "closing": [line for line in closing if line],
    }


def _resource(resource: RelatedResource) -> Node:
    title: Inline = resource.title
    return {
        "text": [{"kind": "link", "to": iri_to_uri(resource.url), "text": [title]}] if resource.url else [title],
        "kind": "" if resource.kind == RelatedResource.Kind.OTHER else resource.get_kind_display(),
        "note": resource.note,
    }


def _link(printed: Printed) -> Node:
    """The way from the paper to the current version: an address, and the same as a QR code."""
    told = {"content_id": printed.version.faq.content_id, "version": _version(printed)}
    words = gettext(
        "This document shows %(version)s of %(content_id)s. To see whether there is a newer version, and what changed"
        " since, go to:"
    )
    return {
        "link": {
            "title": gettext("Is this still current?"),
            "text": words % told,
            "to": printed.permanent,
            "squares": ["".join(str(int(dark)) for dark in row) for row in segno.make(printed.permanent).matrix],
            "alt": gettext("QR code with the address %(address)s") % {"address": printed.permanent},
        }
    }
