"""Writes examined rows: what they need first, then drafts that go through every move to published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from faq import publishing, rendering
from faq.imports import drafts
from faq.imports.examining import Step, Verdict
from faq.imports.library import Library
from faq.imports.rows import answer_slug
from faq.models import Faq, FaqVersion, Figure, OtherPhrasing, RelatedResource
from faq.models.figure import FigureSource
from faq.search import index
from portal.chrome.models import Market


class Overtaken(Exception):
    """What is published changed between the examination of the rows and their writing."""


class Draft(NamedTuple):
    """A row on its way to a version."""

    step: Step
    version: FaqVersion
    wording: rendering.Wording


@transaction.atomic
def write_changes(library: Library) -> None:
    """Writes what the rows say of drugs and references that exist already, and what search shows of those drugs."""
    library.save_changes()
    index.refresh_where(Q(faq__drug__in=library.changed_drugs))


@transaction.atomic
def write(steps: Sequence[Step], library: Library, reserved: set[tuple[str, int]]) -> None:
    """Publishes the rows of `steps`; new questions get no number of `reserved`. Raises Overtaken, IntegrityError."""
    _lock(steps)
    library.save_for([step.row for step in steps], [step.drug for step in steps])
    faqs = _questions(steps, library, reserved)
    made = [
        _draft(step, faq, library)
        for step, faq in zip(steps, faqs, strict=True)
        if step.verdict is not Verdict.UNCHANGED
    ]
    cited = [(draft.version, publishing.render(draft.version, draft.wording)) for draft in made]
    FaqVersion.objects.bulk_create(version for version, _ in cited)
    _save_parts(made)
    publishing.publish_imported(cited)
    told = [step.known.faq for step in steps if step.known and step.verdict is Verdict.UNCHANGED]
    index.refresh_where(Q(faq__in=told))


@transaction.atomic
def lead_on(steps: Sequence[Step]) -> None:
    """Leads the questions of `steps` to those that replace them, which may have been written after them."""
    leading = {(step.row.market, step.row.content_id): step.replaced_by for step in steps if step.replaced_by}
    if not leading:
        return
    named = {content_id for _, content_id in leading}.union(leading.values())
    held = Faq.objects.filter(content_id__in=named).select_related("market")
    faqs = {(faq.market.code, faq.content_id): faq for faq in held}
    for (market, content_id), other in leading.items():
        faqs[market, content_id].replaced_by = faqs[market, other]
    Faq.objects.bulk_update([faqs[key] for key in leading], ["replaced_by"])


def _lock(steps: Sequence[Step]) -> None:
    held = {step.known.faq.pk: step.known for step in steps if step.known}
    if not held:
        return
    # No lock of the keys, as in publishing.
    list(Faq.objects.select_for_update(no_key=True).filter(pk__in=held).order_by("pk"))
    now = dict(FaqVersion.objects.published().filter(faq__in=held).values_list("faq", "pk"))
    for faq, known in held.items():
        if now.get(faq) != (known.published and known.published.pk):
            raise Overtaken(f"{known.faq.content_id} was published or withdrawn meanwhile; import the file again")


def _questions(steps: Sequence[Step], library: Library, reserved: set[tuple[str, int]]) -> list[Faq]:
    """The question of each step, in order; new ones are written, known ones get what they lack."""
    new = [step for step in steps if step.known is None]
    faqs = {id(step): _new_question(step, library) for step in new}
    _number(faqs.values(), reserved)
    Faq.objects.bulk_create(faqs.values())
    for step in steps:
        if step.known:
            faqs[id(step)] = step.known.faq
    _change([(step.known.faq, step.facts) for step in steps if step.known and step.facts])
    for step in new:
        step.topics, step.phrasings = step.row.faq.get("topics", []), step.row.faq.get("other_phrasings", [])
    _save_topics(steps, faqs, library)
    phrasings = [OtherPhrasing(faq=faqs[id(step)], text=text) for step in steps for text in step.phrasings]
    OtherPhrasing.objects.bulk_create(phrasings)
    return [faqs[id(step)] for step in steps]


def _new_question(step: Step, library: Library) -> Faq:
    row = step.row
    faq = Faq(
        market=library.markets[row.market],
        drug=step.drug,
        content_id=row.content_id,
        slug=row.faq.get("slug") or answer_slug(row.content["question"], row.content_id),
        label_status=row.faq.get("label_status", row.options.label_status),
        common_id=row.faq.get("common_id", ""),
    )
    if "number" in row.faq:
        faq.number = row.faq["number"]
    return faq


def _number(faqs: Iterable[Faq], reserved: set[tuple[str, int]]) -> None:
    waiting: dict[Market, list[Faq]] = defaultdict(list)
    for faq in faqs:
        if faq.number is None:
            waiting[faq.market].append(faq)
    for market, unnumbered in waiting.items():
        number = Faq.objects.next_number(market)
        for faq in unnumbered:
            while (market.code, number) in reserved:
                number += 1
            faq.number, number = number, number + 1


def _change(changes: Sequence[tuple[Faq, Mapping[str, object]]]) -> None:
    for faq, facts in changes:
        for name, value in facts.items():
            setattr(faq, name, value)
    faqs = [faq for faq, _ in changes]
    if faqs:
        Faq.objects.bulk_update(faqs, ["slug", "label_status", "common_id"])


def _save_topics(steps: Sequence[Step], faqs: dict[int, Faq], library: Library) -> None:
    through = Faq.topics.through
    links = [
        through(faq=faqs[id(step)], topic=library.topic(library.markets[step.row.market], name))
        for step in steps
        for name in step.topics
    ]
    through._default_manager.bulk_create(links)


def _draft(step: Step, faq: Faq, library: Library) -> Draft:
    version = drafts.version(step.row, faq, step.number)
    return Draft(step, version, drafts.wording(step.row, version, library))


def _save_parts(made: Sequence[Draft]) -> None:
    figures, sources, resources = [], [], []
    for _, version, wording in made:
        for order, drawn in enumerate(wording.figures.values()):
            fields = drawn._asdict()
            named = fields.pop("sources")
            figures.append(Figure(version=version, order=order, **fields))
            sources += [FigureSource(figure=figures[-1], reference=wording.references[key]) for key in named]
        for order, (title, kind, url, note) in enumerate(wording.resources):
            resources.append(RelatedResource(version=version, order=order, title=title, kind=kind, url=url, note=note))
    Figure.objects.bulk_create(figures)
    FigureSource.objects.bulk_create(sources)
    RelatedResource.objects.bulk_create(resources)
