"""Compares rows with what is published: which are new, which change something, which cannot be imported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import Max

from faq import checklist, exports
from faq.imports import drafts
from faq.imports.library import Ambiguous, Library
from faq.imports.rows import BadRow, Row, derived_content_id, read
from faq.models import Drug, Faq, FaqVersion

CHUNK = 500

Key = tuple[str, str]

# Fields whose values no two questions of a market share, and what people call them.
_UNIQUE = {"number": "number", "common_id": "common ID"}
_RELATED = ("topics", "other_phrasings", "replaced_by")


class Verdict(Enum):
    """What a row would do to the answer that visitors read."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass
class Known:
    """What the database holds under one content ID."""

    faq: Faq
    highest: int = 0
    open_number: int | None = None
    published: FaqVersion | None = None


@dataclass
class Step:
    """One row beside what the database holds; `topics` and `phrasings` are those that an existing question lacks.

    `replaced_by` is the content ID to which the question does not lead yet.
    """

    row: Row
    drug: Drug
    known: Known | None
    verdict: Verdict
    number: int
    facts: dict[str, Any] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    phrasings: list[str] = field(default_factory=list)
    replaced_by: str = ""

    @property
    def touches_question(self) -> bool:
        """Whether an existing question gets other facts, more topics or phrasings, or leads elsewhere."""
        return self.known is not None and bool(self.facts or self.topics or self.phrasings or self.replaced_by)


def examine(rows: Sequence[Row], library: Library) -> tuple[list[Step], list[BadRow]]:
    """What each of some hundred `rows` would do, and those that cannot be imported; a fixed number of queries."""
    known, taken = _known(rows, library), _taken(rows, library)
    steps, bad = [], []
    for row in rows:
        reasons: list[str] = []
        step = _step(row, known.get((row.market, row.content_id)), library, reasons)
        for name, words in _UNIQUE.items():
            holder = taken.get((row.market, name, row.faq.get(name)), row.content_id)
            if holder != row.content_id:
                reasons.append(f"the {words} {row.faq[name]} belongs to {holder}")
        if reasons or step is None:
            bad.append(BadRow(row.where, reasons))
        else:
            steps.append(step)
    return steps, bad


def _known(rows: Sequence[Row], library: Library) -> dict[Key, Known]:
    wanted = Faq.objects.filter(market__in=library.markets.values(), content_id__in=[row.content_id for row in rows])
    given = [name for name in _RELATED if any(row.faq.get(name) for row in rows)]
    found = {faq.pk: Known(faq) for faq in wanted.prefetch_related("market", "drug", *given)}
    versions = FaqVersion.objects.filter(faq__in=found)
    for faq, highest in versions.values_list("faq").annotate(Max("number")).order_by():
        found[faq].highest = highest
    for faq, number in versions.open().values_list("faq", "number"):
        found[faq].open_number = number
    parts = "figures__image", "figures__figuresource_set__reference", "resources"
    for version in versions.published().prefetch_related(*parts):
        found[version.faq_id].published = version
    return {(known.faq.market.code, known.faq.content_id): known for known in found.values()}


def _taken(rows: Sequence[Row], library: Library) -> Mapping[tuple[str, str, object], str]:
    """Who has what only one question of a market has: content IDs by (market code, field, value)."""
    found = {}
    for name in _UNIQUE:
        wanted = [row.faq[name] for row in rows if name in row.faq]
        held = Faq.objects.filter(market__in=library.markets.values(), **{f"{name}__in": wanted})
        for code, value, content_id in held.values_list("market__code", name, "content_id"):
            found[code, name, value] = content_id
    return found


def _step(row: Row, known: Known | None, library: Library, reasons: list[str]) -> Step | None:
    if row.market not in library.markets:
        reasons.append(f"market: there is no market {row.market!r}")
        return None
    try:
        drug = known.faq.drug if known and _is_derived(row) else library.drug_of(row)
    except Ambiguous as error:
        reasons.append(f"drug: {error}")
        return None
    verdict = _verdict(row, known, library, reasons)
    highest = known.highest if known else 0
    number = max(row.version or 0, highest + 1) if known else row.version or 1
    step = Step(row, drug, known, verdict, number, replaced_by=row.faq.get("replaced_by", ""))
    if step.replaced_by and (row.market, step.replaced_by) not in library.questions:
        reasons.append(f"replaced_by: there is no question {step.replaced_by}")
    if known:
        _compare_question(step, known, reasons)
    if verdict is not Verdict.UNCHANGED and row.has_parts and not reasons:
        faq = known.faq if known else Faq(drug=drug, content_id=row.content_id)
        reasons += checklist.marker_problems(drafts.wording(row, drafts.version(row, faq, number), library))
    return step


def _is_derived(row: Row) -> bool:
    """Whether the content ID itself says which drug the row means, so that a drug may be renamed in the portal."""
    return row.content_id == derived_content_id(row.market, row.drug["name"], row.content["question"])


def _verdict(row: Row, known: Known | None, library: Library, reasons: list[str]) -> Verdict:
    if known is None or not known.highest:
        return Verdict.NEW
    published = known.published
    if published and _is_told_already(row, published, library):
        return Verdict.UNCHANGED
    if known.open_number:
        reasons.append(f"staff are working on version {known.open_number} of this answer")
    elif published is None and not row.options.revive:
        reasons.append("this answer was withdrawn; only --revive brings it back")
    elif published and row.version and row.version <= published.number:
        reasons.append(
            f"version {published.number} is published and reads differently; a change needs a version above it"
        )
    elif published and not row.version and not published.imported_from:
        reasons.append(f"version {published.number} was written in the portal; to replace it, give a version above it")
    return Verdict.CHANGED


def _is_told_already(row: Row, published: FaqVersion, library: Library) -> bool:
    if row.version and row.version > published.number:
        return False
    if not library.changed_references.isdisjoint(row.references):
        return False
    if _reads_the_same(row, published):
        return True
    if published.imported_from or row.version:
        return False
    # Staff wrote on since the last import: a row that only repeats what was imported then has nothing new to say.
    imported = FaqVersion.objects.filter(faq=published.faq_id).exclude(imported_from="").order_by("-number")
    before = exports.for_export(imported).order_by("-number").first()
    return before is not None and _reads_the_same(row, before)


def _reads_the_same(row: Row, version: FaqVersion) -> bool:
    if row.content == exports.content(version):
        return True
    try:
        # What staff wrote may differ in blanks alone; read like a row it does not.
        return row.content == read(exports.as_row(version), "", row.options, _no_image).content
    except BadRow:
        return False


def _no_image(path: str) -> bytes:
    raise ValueError(path)


def _compare_question(step: Step, known: Known, reasons: list[str]) -> None:
    row, faq = step.row, known.faq
    if step.drug.pk != faq.drug_id:
        reasons.append(f"drug: this content ID belongs to the drug {faq.drug.slug!r}")
    if row.faq.get("number", faq.number) != faq.number:
        reasons.append(f"number: this answer has the number {faq.number}, which never changes")
    if faq.replaced_by and faq.replaced_by.content_id == step.replaced_by:
        step.replaced_by = ""
    facts = {name: row.faq[name] for name in ("slug", "label_status", "common_id") if name in row.faq}
    step.facts = {name: value for name, value in facts.items() if getattr(faq, name) != value}
    if row.faq.get("topics"):
        step.topics = _missing(row.faq["topics"], (topic.name for topic in faq.topics.all()))
    if row.faq.get("other_phrasings"):
        phrasings = (phrasing.text for phrasing in faq.other_phrasings.all())
        step.phrasings = _missing(row.faq["other_phrasings"], phrasings)


def _missing(wanted: Iterable[str], held: Iterable[str]) -> list[str]:
    present = set(held)
    return [name for name in wanted if name not in present]
