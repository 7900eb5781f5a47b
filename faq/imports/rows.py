"""Makes of one JSON object what an import can compare and write, or says what is wrong with it. Pure.

docs/content-format.md describes both forms: the full one, and the minimal one of a drug's name, a question, an answer
in plain text and the address of its source.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from faq.citations.finding import find
from faq.imports import parts
from faq.imports.fields import Fields, folded, is_address
from faq.imports.markup import lost_words
from faq.imports.parts import CONTENT_ID, SLUG, length
from faq.models import Drug, Faq, FaqVersion, OtherPhrasing, RelatedResource, Topic
from faq.models.faq import LabelStatus
from portal.lib.html import paragraphs, sanitise

SLUG_LENGTH = 80
SOURCE = "Source"

MINIMAL = ("market", "content_id", "drug", "question", "answer", "url")
_WORDING = ("question", "short_answer", "body", "last_reviewed", "next_review", "what_changed")
_IDENTITY = ("market", "drug", "content_id", "number", "slug", "label_status", "topics", "other_phrasings", "version")
_ELSEWHERE = ("common_id", "replaced_by")
FULL = (*_IDENTITY, *_ELSEWHERE, *_WORDING, "references", "figures", "related_resources")


@dataclass(frozen=True)
class Options:
    """What an import is told besides the file: `market` is the code for rows that name none, `renamed` gives for a
    field the key under which the rows hold it, and `defaults` what an empty field becomes."""

    market: str
    source: str = ""
    label_status: str = LabelStatus.ON_LABEL
    category: str = "Imported"
    html: bool = False
    revive: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One answer of an import. `content` has the shape of `exports.content`; `drug` and `faq` hold what was given."""

    where: str
    options: Options
    market: str
    content_id: str
    drug: Mapping[str, Any]
    faq: Mapping[str, Any]
    version: int | None
    content: Mapping[str, Any]
    references: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    images: Mapping[str, parts.Drawn] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def says_the_same_as(self, other: "Row") -> bool:
        """Whether both rows would make the same answer."""
        return all(getattr(self, name) == getattr(other, name) for name in _SUBSTANCE)

    @property
    def has_parts(self) -> bool:
        """Whether the row may hold markers or figures."""
        return bool(self.content["figures"]) or "data-" in self.content["short_answer"] + self.content["body"]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the references that the row brings along or cites."""
        figures = self.content["figures"]
        texts = [self.content["short_answer"], self.content["body"], *(figure["values_table"] for figure in figures)]
        cited = {key for text in texts for kind, key in find(text) if kind == "ref"}
        return frozenset(cited.union(self.references, *(figure["sources"] for figure in figures)))


_SUBSTANCE = ("market", "content_id", "drug", "faq", "version", "content", "references")


class BadRow(Exception):
    """A row that cannot become an answer; `reasons` says why, in short sentences."""

    def __init__(self, where: str, reasons: list[str]) -> None:
        super().__init__(f"{where}: {'; '.join(reasons)}")
        self.where, self.reasons = where, reasons


def read(data: Mapping[str, Any], where: str, options: Options, read_image: Callable[[str], bytes]) -> Row:
    """The row that `data` holds; `read_image` gives the bytes at a path or raises ValueError. Raises BadRow."""
    given = _renamed(data, options)
    complaints: list[str] = []
    is_full = isinstance(given.get("drug"), dict) or "body" in given
    fields = Fields(given, complaints)
    row = _full(fields, where, options, read_image) if is_full else _minimal(fields, where, options)
    if complaints:
        raise BadRow(where, complaints)
    return row


def _renamed(data: Mapping[str, Any], options: Options) -> dict[str, Any]:
    sources = set(options.renamed.values())
    given = {name: value for name, value in data.items() if name not in sources}
    given |= {name: data[source] for name, source in options.renamed.items() if source in data}
    for name, default in options.defaults.items():
        if given.get(name) is None or (isinstance(given[name], str) and not given[name].strip()):
            given[name] = default.replace("{drug}", str(given.get("drug") or "").strip())
    return given


def _minimal(fields: Fields, where: str, options: Options) -> Row:
    market = fields.text("market") or options.market
    drug = fields.line("drug", length(Drug, "name"), required=True)
    question = fields.line("question", length(FaqVersion, "question"), required=True)
    sources = _source(fields)
    content = {
        "question": question,
        "short_answer": "",
        "body": _answer(fields, options),
        "last_reviewed": None,
        "next_review": None,
        "what_changed": "",
        "figures": [],
        "related_resources": sources,
    }
    content_id = fields.matching("content_id", CONTENT_ID, length(Faq, "content_id"))
    remarks = tuple(f"{item['note']!r} is no address and stands as text" for item in sources if not item["url"])
    return Row(
        where,
        options,
        market,
        content_id or derived_content_id(market, drug, question),
        {"name": drug},
        {},
        None,
        content,
        remarks=remarks,
    )


def _answer(fields: Fields, options: Options) -> str:
    plain = fields.text("answer", required=True)
    if not options.html:
        return str(paragraphs(plain))
    for loss in lost_words(plain):
        fields.complain("answer", loss)
    clean = str(sanitise(plain))
    return clean if clean.startswith(parts.BLOCKS) else f"<p>{clean}</p>"


def _source(fields: Fields) -> list[dict[str, str]]:
    url = fields.text("url", length(RelatedResource, "url"))
    if not url:
        return []
    if is_address(url):
        return [{"title": SOURCE, "kind": RelatedResource.Kind.OTHER.value, "url": url, "note": ""}]
    # Something that names a source without being an address is still worth reading, only no link.
    note = fields.text("url", length(RelatedResource, "note"))
    return [{"title": SOURCE, "kind": RelatedResource.Kind.OTHER.value, "url": "", "note": note}]


def derived_content_id(market: str, drug: str, question: str) -> str:
    """The content ID of a row that has none: the same for the same market, drug and question, for ever."""
    asked = unicodedata.normalize("NFC", " ".join(question.split()))
    digest = hashlib.sha256("\n".join((market, folded(drug), asked)).encode()).hexdigest()[:12].upper()
    stem = slugify(folded(drug))[:40].strip("-").upper().replace("-", "_") or "DRUG"
    return f"{market.upper()}_{stem}_{digest}"


def answer_slug(question: str, content_id: str) -> str:
    """The readable part of an answer's address, cut between words."""
    slug = slugify(question)
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug or slugify(content_id)[:SLUG_LENGTH] or "answer"


def _full(fields: Fields, where: str, options: Options, read_image: Callable[[str], bytes]) -> Row:
    fields.know(FULL)
    images: dict[str, parts.Drawn] = {}
    content = {
        "question": fields.line("question", length(FaqVersion, "question"), required=True),
        "short_answer": fields.html("short_answer", line=True),
        "body": fields.html("body"),
        "last_reviewed": fields.day("last_reviewed"),
        "next_review": fields.day("next_review"),
        "what_changed": fields.text("what_changed"),
        "figures": parts.figures(fields, images, read_image),
        "related_resources": parts.resources(fields),
    }
    _check_wording(fields, content)
    content_id, faq = fields.matching("content_id", CONTENT_ID, length(Faq, "content_id"), required=True), _faq(fields)
    if content_id and faq.get("replaced_by") == content_id:
        fields.complain("replaced_by", "is this question itself")
    return Row(
        where,
        options,
        fields.text("market") or options.market,
        content_id,
        parts.drug(fields),
        faq,
        fields.whole("version"),
        content,
        parts.references(fields),
        images,
    )


def _check_wording(fields: Fields, content: Mapping[str, Any]) -> None:
    if not content["short_answer"] and not content["body"]:
        fields.complain("body", "is missing or empty, and so is short_answer")
    last, coming = content["last_reviewed"], content["next_review"]
    if last and coming and coming <= last:
        fields.complain("next_review", "does not come after last_reviewed")


def _faq(fields: Fields) -> dict[str, Any]:
    given: dict[str, Any] = {"label_status": fields.choice("label_status", LabelStatus.values)}
    if fields.has("number"):
        given["number"] = fields.whole("number")
    if fields.has("slug"):
        given["slug"] = fields.matching("slug", SLUG, SLUG_LENGTH, required=True)
    # An empty one is as good as absent, for exported rows hold both.
    if common_id := fields.matching("common_id", SLUG, length(Faq, "common_id")):
        given["common_id"] = common_id
    if replaced_by := fields.matching("replaced_by", CONTENT_ID, length(Faq, "content_id")):
        given["replaced_by"] = replaced_by
    given["topics"] = fields.texts("topics", length(Topic, "name"))
    given["other_phrasings"] = fields.texts("other_phrasings", length(OtherPhrasing, "text"))
    return given
