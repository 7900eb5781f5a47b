"""What a search gives back. Pure but for the content that it carries."""

from itertools import groupby
from typing import NamedTuple

from django.utils.safestring import SafeString

from faq.models import Drug, FaqVersion, Topic

PER_PAGE = 10


class Narrowing(NamedTuple):
    """What the reader chose among the facets: slugs of drug and category, a topic's key, a label status."""

    drug: str = ""
    category: str = ""
    topic: int | None = None
    status: str = ""


class Hit(NamedTuple):
    """One answer that was found, with the sought words marked in what is shown of it."""

    version: FaqVersion
    question: SafeString
    short_answer: SafeString
    passage: SafeString


class Group(NamedTuple):
    """Neighbouring hits about one drug."""

    drug: Drug
    hits: list[Hit]


class Facet(NamedTuple):
    """One value by which results are narrowed, with how many answers it leaves."""

    value: str
    label: str
    answers: int
    is_chosen: bool


class Facets(NamedTuple):
    """All values of each kind that the results have."""

    drugs: list[Facet]
    categories: list[Facet]
    topics: list[Facet]
    statuses: list[Facet]


class Correction(NamedTuple):
    """A word that no answer holds, and the word that was searched in its place."""

    typed: str
    meant: str


class LookAlike(NamedTuple):
    """A name that is equally near to those of several drugs; the reader chooses, nobody else."""

    typed: str
    drugs: list[Drug]


class Results(NamedTuple):
    """One page of what was found; `hits` is empty where nothing answers the question."""

    hits: list[Hit]
    total: int
    page: int
    pages: int
    is_capped: bool
    facets: Facets
    # Whether an answer fits beyond doubt; else the best come merely near.
    is_sure: bool
    # Medicines that were named, though no drug of the market has that name.
    foreign: list[str]
    scope: list[Drug]
    corrections: list[Correction]
    look_alikes: list[LookAlike]
    # The FAQs that come nearest, the best first, whether or not they answer: what measures of ranking look at.
    order: list[int]
    nearest_drugs: list[Drug]
    nearest_topics: list[Topic]

    @property
    def is_answered(self) -> bool:
        """Whether an answer fits, not only comes near."""
        return bool(self.hits) and self.is_sure

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def groups(self) -> list[Group]:
        """The hits of this page by drug, in the order in which each drug first appears."""
        order = {hit.version.faq.drug_id: number for number, hit in reversed(list(enumerate(self.hits)))}
        ordered = sorted(self.hits, key=lambda hit: order[hit.version.faq.drug_id])
        grouped = groupby(ordered, key=lambda hit: hit.version.faq.drug)
        return [Group(drug, list(hits)) for drug, hits in grouped]
