"""What the database holds of the things that rows name, and what an import adds to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from faq.imports.fields import folded
from faq.imports.rows import Row
from faq.models import Category, Drug, DrugName, Faq, Image, Reference, Topic
from portal.chrome.models import Market

_DRUG_FIELDS = (
    "name",
    "generic_name",
    "status",
    "strengths",
    "prescribing_information_url",
    "boxed_warning",
    "standing_notice",
    "summary",
)


class Ambiguous(ValueError):
    """A name that more than one drug bears."""


class Library:
    """Drugs, categories, topics and references by what rows call them.

    Things that rows bring along are made in memory first, so that a dry run can count them; `save` writes them.
    """

    def __init__(self, market_codes: Iterable[str]) -> None:
        self.markets = {market.code: market for market in Market.objects.filter(code__in=set(market_codes))}
        self.categories: dict[tuple[int, str], Category] = {}
        self.topics: dict[tuple[int, str], Topic] = {}
        self.references: dict[str, Reference] = {}
        self.questions: set[tuple[str, str]] = set()
        self.changed_references: set[str] = set()
        self.changed_drugs: list[Drug] = []
        self.new_drugs: list[Drug] = []
        self.new_names: list[DrugName] = []
        self._drugs: dict[tuple[int, str], Drug] = {}
        self._named: dict[tuple[int, str], list[Drug]] = defaultdict(list)
        self._also_named: dict[tuple[int, str], list[Drug]] = defaultdict(list)
        self._seen: set[tuple[int, str]] = set()
        self._load()

    def _load(self) -> None:
        here = {"market__in": self.markets.values()}
        self.categories = {(row.market_id, row.slug): row for row in Category.objects.filter(**here)}
        self.topics = {(row.market_id, row.name): row for row in Topic.objects.filter(**here)}
        for drug in Drug.objects.filter(**here).select_related("market", "category").prefetch_related("names"):
            self._know(drug, [name.name for name in drug.names.all()])

    def _know(self, drug: Drug, names: Iterable[str]) -> None:
        self._drugs[drug.market_id, drug.slug] = drug
        self._named[drug.market_id, folded(drug.name)].append(drug)
        for name in {folded(name) for name in (drug.generic_name, *names)} - {folded(drug.name), ""}:
            self._also_named[drug.market_id, name].append(drug)

    def drug_of(self, row: Row) -> Drug:
        """The drug that `row` names, with what the row says of it; made (unsaved) if it is new. Raises Ambiguous."""
        market = self.markets[row.market]
        slug = row.drug.get("slug")
        drug = self._drugs.get((market.pk, slug)) if slug else self._by_name(market, row.drug["name"])
        if drug is None:
            drug = self._new_drug(market, row)
        elif slug and (market.pk, slug) not in self._seen:
            self._tell(drug, row)
        self._seen.add((market.pk, drug.slug))
        return drug

    def _by_name(self, market: Market, name: str) -> Drug | None:
        key = market.pk, folded(name)
        found = self._named.get(key) or self._also_named.get(key) or []
        if len(found) > 1:
            slugs = ", ".join(sorted(drug.slug for drug in found))
            raise Ambiguous(f"more than one drug is called {name!r}: {slugs}")
        return found[0] if found else None

    def _new_drug(self, market: Market, row: Row) -> Drug:
        facts = {name: row.drug[name] for name in _DRUG_FIELDS if name in row.drug}
        slug = row.drug.get("slug") or self._free_slug(market, facts["name"])
        drug = Drug(market=market, category=self._category(market, row), slug=slug, **facts)
        names = row.drug.get("names", [])
        self.new_drugs.append(drug)
        self.new_names += [DrugName(drug=drug, **name) for name in names]
        self._know(drug, [name["name"] for name in names])
        return drug

    def _free_slug(self, market: Market, name: str) -> str:
        stem = slugify(name)[:110].strip("-") or "drug"
        slug, count = stem, 1
        while (market.pk, slug) in self._drugs or slug == "answers":
            count += 1
            slug = f"{stem}-{count}"
        return slug

    def _category(self, market: Market, row: Row) -> Category:
        facts = row.drug.get("category") or _category_called(row.options.category)
        key = market.pk, facts["slug"]
        if key not in self.categories:
            self.categories[key] = Category(market=market, **facts)
        return self.categories[key]

    def _tell(self, drug: Drug, row: Row) -> None:
        """Takes over what a row says of a drug that exists; names are only added, for staff add their own."""
        changes: dict[str, Any] = {name: row.drug[name] for name in _DRUG_FIELDS if name in row.drug}
        if "category" in row.drug:
            changes["category"] = self._category(drug.market, row)
        changed = [name for name, value in changes.items() if getattr(drug, name) != value]
        for name in changed:
            setattr(drug, name, changes[name])
        known = {name.name for name in drug.names.all()}
        added = [DrugName(drug=drug, **name) for name in row.drug.get("names", []) if name["name"] not in known]
        self.new_names += added
        if changed or added:
            self.changed_drugs.append(drug)

    def fetch_references(self, rows: Sequence[Row]) -> None:
        """Fetches the references that `rows` cite or bring along, and takes over what they say of them."""
        keys = {key for row in rows for key in row.keys}
        if keys:
            self.references |= {row.key: row for row in Reference.objects.filter(key__in=keys)}
        for row in rows:
            for key, facts in row.references.items():
                self._take_reference(key, facts)

    def _take_reference(self, key: str, facts: Mapping[str, Any]) -> None:
        reference = self.references.get(key)
        if reference is None:
            reference = self.references[key] = Reference(**facts)
        elif reference.csl == facts["csl"] and reference.formatted_override == facts["formatted_override"]:
            return
        elif reference.pk:
            reference.csl, reference.formatted_override = facts["csl"], facts["formatted_override"]
            self.changed_references.add(key)
        reference.derive()

    def fetch_questions(self, rows: Sequence[Row]) -> None:
        """Learns which questions there will be of those that `rows` name as replacements: (market code, content ID)."""
        named = {row.faq["replaced_by"] for row in rows if "replaced_by" in row.faq}
        held = Faq.objects.filter(market__in=self.markets.values(), content_id__in=named)
        brought = ((row.market, row.content_id) for row in rows if row.content_id in named)
        self.questions = {*held.values_list("market__code", "content_id"), *brought}

    def topic(self, market: Market, name: str) -> Topic:
        """The topic called `name`, made (unsaved) if it is new."""
        return self.topics.setdefault((market.pk, name), Topic(market=market, name=name))

    def save_changes(self) -> None:
        """Writes what rows say of drugs and references that exist already."""
        self._save_new(drug.category for drug in self.changed_drugs)
        for drug in self.changed_drugs:
            drug.updated_at = timezone.now()
        if self.changed_drugs:
            Drug.objects.bulk_update(self.changed_drugs, [*_DRUG_FIELDS, "category", "updated_at"])
        changed = [self.references[key] for key in self.changed_references]
        if changed:
            Reference.objects.bulk_update(changed, ["csl", "formatted_override", *Reference.DERIVED])
        self._save_names()

    def save_for(self, rows: Sequence[Row], drugs: Iterable[Drug]) -> None:
        """Writes what is new and needed by `rows`, whose drugs are `drugs`."""
        wanted = list(drugs)
        self._save_new(drug.category for drug in wanted)
        self._save_new(wanted)
        self._save_names()
        topics = (self.topic(self.markets[row.market], name) for row in rows for name in row.faq.get("topics", ()))
        self._save_new(topics)
        self._save_new(self.references[key] for row in rows for key in row.keys if key in self.references)
        images = {uri: drawn for row in rows for uri, drawn in row.images.items()}
        if images:
            Image.objects.keep(drawn.image() for drawn in images.values())

    def _save_new(self, things: "Iterable[Category] | Iterable[Drug] | Iterable[Topic] | Iterable[Reference]") -> None:
        new = list({id(thing): thing for thing in things if thing.pk is None}.values())
        if new:
            type(new[0])._default_manager.bulk_create(new)  # type: ignore[arg-type]

    def _save_names(self) -> None:
        ready = [name for name in self.new_names if name.drug.pk is not None]
        if ready:
            DrugName.objects.bulk_create(ready)
            self.new_names = [name for name in self.new_names if name.pk is None]


def _category_called(name: str) -> dict[str, str]:
    return {"slug": slugify(name)[:80] or "imported", "name": name, "description": ""}
