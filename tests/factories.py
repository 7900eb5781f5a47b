"""Rows for tests: each `make_*` makes what its name says, and whatever that needs and was not given."""

import re
from datetime import date
from itertools import count
from typing import Any

from faq import publishing
from faq.models import (
    Category,
    Drug,
    DrugName,
    Faq,
    FaqVersion,
    Figure,
    Image,
    Reference,
    RelatedResource,
    Topic,
)
from portal.chrome.models import Market
from tests import cast

_numbers = count(1)

COMPANY_DATA = '<cite data-source="company"></cite>'
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    b'<rect width="%d" height="10" fill="#335"/></svg>'
)


def make_market(code: str = "us", **changes: Any) -> Market:
    """The market called `code`: the one that is there already, if nothing else is asked of it."""
    found = Market.objects.filter(code=code).first()
    if found and not changes:
        return found
    texts = {
        "name": code.upper(),
        "is_default": code == "us",
        "organisation": "Aldermoor Pharmaceuticals",
        "site_name": "Aldermoor Medical",
        "home_title": "Answers to your questions",
        "home_lead": "Search or browse.",
        "medical_phone": "1-800-555-0142",
        "medical_phone_note": "Leave a message at any time",
        "safety_phone": "1-800-555-0143",
        "safety_notice": "To report an adverse event, call {phone}.",
        "response_notice": "You read this in response to your request.",
        "off_label_notice": "This use is not approved.",
        "investigational_notice": "Safety and efficacy are not established.",
        "references_notice": "For copies of the references, call {phone}.",
        "audience_statement": "For US healthcare professionals only.",
        "copyright_line": "© 2026 Aldermoor Pharmaceuticals",
        "inquiry_mailbox": "medinfo@aldermoor.example",
    }
    return Market.objects.create(code=code, **{**texts, **changes})


def make_category(market: Market | None = None, **changes: Any) -> Category:
    number = next(_numbers)
    fields = {"slug": f"category-{number}", "name": f"Category {number}", **changes}
    return Category.objects.create(market=market or make_market(), **fields)


def make_drug(market: Market | None = None, names: tuple[str, ...] = (), **changes: Any) -> Drug:
    """A drug; `names` are more names for it, stored as brands."""
    number = next(_numbers)
    category = changes.pop("category", None) or make_category(market)
    fields = {"slug": f"drug-{number}", "name": f"Drug {number}", **changes}
    drug = Drug.objects.create(market=category.market, category=category, **fields)
    DrugName.objects.bulk_create(DrugName(drug=drug, name=name, kind=DrugName.Kind.BRAND) for name in names)
    return drug


def make_faq(
    drug: Drug | None = None, topics: tuple[str, ...] = (), phrasings: tuple[str, ...] = (), **changes: Any
) -> Faq:
    number = next(_numbers)
    fields = {
        "content_id": f"US_cFAQ_{number:04}",
        "slug": f"question-{number}",
        "label_status": "on-label",
        **changes,
    }
    faq = Faq.objects.create(drug=drug or make_drug(), **fields)
    faq.topics.set([Topic.objects.get_or_create(market=faq.market, name=name)[0] for name in topics])
    for text in phrasings:
        faq.other_phrasings.create(text=text)
    return faq


def sourced(body: str) -> str:
    """`body` with company data named as the source of each section that names none."""
    parts = re.split(r"(?=<h2)", body)
    return "".join(part if "<cite data-" in part else _sourced_at_end(part) for part in parts)


def _sourced_at_end(section: str) -> str:
    ends = list(re.finditer(r"</(?:p|li|td|blockquote)>", section))
    return f"{section[: ends[-1].start()]}{COMPANY_DATA}{section[ends[-1].start() :]}" if ends else section


def with_sources(fields: dict[str, Any]) -> dict[str, Any]:
    """`fields` of a version whose texts name a source wherever the checklist asks for one."""
    ways = {"short_answer": _each_sourced, "body": sourced}
    return {name: ways[name](str(value)) if name in ways else value for name, value in fields.items()}


def _each_sourced(answer: str) -> str:
    """`answer` with company data named as the source of each sentence that names none."""
    words = r"((?:[^<>\s])(?:</(?:em|strong|a|sup|sub)>)*)"
    return re.sub(rf"{words}(?=</p>|$)|([.!?])(?= [A-ZÄÖÜ0-9])", lambda end: f"{end[0]}{COMPANY_DATA}", answer)


def make_draft(faq: Faq | None = None, **changes: Any) -> FaqVersion:
    """A draft by the author, complete enough to be submitted: what names no source in its text is company data."""
    fields = {
        "question": "How is it stored?",
        "short_answer": "<p>Store it below 25 °C.</p>",
        "body": "<h2>Storage</h2><p>Keep it dry.</p>",
        "last_reviewed": date(2026, 3, 2),
        "next_review": date(2028, 3, 2),
        "what_changed": "New data." if faq and faq.versions.exists() else "",
        "author": cast.author(),
        **changes,
    }
    return FaqVersion.objects.create(faq=faq or make_faq(), **with_sources(fields))


def make_published(faq: Faq | None = None, *, draft: FaqVersion | None = None, **changes: Any) -> FaqVersion:
    """A published version that went through every move; `draft` where it has figures or resources."""
    version = draft or make_draft(faq, **changes)
    if draft:
        texts = with_sources({"short_answer": draft.short_answer, "body": draft.body})
        FaqVersion.objects.filter(pk=draft.pk).update(**texts)
    if version.number > 1:
        # A revision is begun without saying this.
        FaqVersion.objects.filter(pk=version.pk, what_changed="").update(what_changed="New data.")
    publishing.submit(version, by=cast.author())
    publishing.approve(version, by=cast.approver())
    version.refresh_from_db()
    publishing.publish(version, by=cast.approver())
    return FaqVersion.objects.with_parts().get(pk=version.pk)


def make_reference(key: str = "", **csl: Any) -> Reference:
    """A journal article; keywords are fields of its CSL-JSON."""
    number = next(_numbers)
    item = {
        "type": "article-journal",
        "title": f"A study of something {number}",
        "author": [{"family": "Doe", "given": "J A"}],
        "container-title-short": "J Test",
        "issued": {"date-parts": [[2024]]},
        "volume": str(number),
        "page": "1-9",
        **csl,
    }
    return Reference.objects.create(key=key or f"doe-{number}", csl=item)


def make_image(content: bytes = b"") -> Image:
    """A small drawing, different from every other unless its bytes are given."""
    return Image.objects.store(content or SVG % next(_numbers))


def make_figure(version: FaqVersion, key: str = "curve", sources: tuple[Reference, ...] = (), **changes: Any) -> Figure:
    """A figure of a draft; the draft's text still has to place it."""
    fields = {
        "title": "Curves of both groups",
        "description": "Two curves that part after month 3.",
        "abbreviations": "CI = confidence interval",
        "image": changes.pop("image", None) or make_image(),
        **changes,
    }
    figure = Figure.objects.create(version=version, key=key, **fields)
    figure.sources.set(sources)
    return figure


def make_resource(version: FaqVersion, **changes: Any) -> RelatedResource:
    fields = {"title": "A poster", "kind": "poster", "url": "https://example.org/poster", **changes}
    return RelatedResource.objects.create(version=version, **fields)
