"""Products as one market knows them."""

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest, JSONObject, Left, Lower, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faq.models.workflow import FROZEN, Status
from portal.chrome.models import Market

# /us/products/answers/ is where answers live, so no drug may be called so.
RESERVED_SLUGS = ["answers"]


class CategoryQuerySet(models.QuerySet["Category"]):
    def with_answers(self) -> "CategoryQuerySet":
        """Categories that lead to an answer, with `drug_count`, the number of their drugs that have one."""
        # Asked once for each drug, not joined with each answer: a market may hold very many of these.
        answered = Drug.objects.answered().filter(category=OuterRef("pk")).order_by().values("category")
        counted = self.annotate(drug_count=Subquery(answered.annotate(n=Count("pk")).values("n")))
        return counted.filter(drug_count__gt=0)

    def with_drugs(self, most: int) -> "CategoryQuerySet":
        """Adds in the same query `some_drugs`: the first `most` answered drugs with what a front page says of them."""
        drugs = Drug.objects.answered().filter(category=OuterRef("pk"))
        said = JSONObject(slug="slug", name="name", generic_name="generic_name")
        return self.annotate(some_drugs=ArraySubquery(drugs.values(json=said)[:most]))

    def ungated(self) -> "CategoryQuerySet":
        """Categories of markets that everybody reads at once."""
        return self.filter(market__gate=Market.Gate.NONE)

    def ever_answered(self) -> "CategoryQuerySet":
        """Categories with a drug of which an answer is or was published."""
        return self.filter(Exists(Drug.objects.ever_answered().filter(category=OuterRef("pk"))))


class Category(models.Model):
    """A group of drugs that visitors browse by, such as a therapeutic area."""

    drug_count: int
    some_drugs: list[dict[str, str]]
    # Set by portal.chrome.elsewhere.
    elsewhere: list[str]

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="categories")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["market", "order", "name"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["market", "slug"], name="category_slug_is_unique_in_its_market")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.market.code, self.slug])


class DrugQuerySet(models.QuerySet["Drug"]):
    def answered(self) -> "DrugQuerySet":
        """Drugs that have at least one published answer, from A to Z."""
        published = Drug.objects.filter(pk=OuterRef("pk"), faqs__versions__status=Status.PUBLISHED)
        return self.filter(Exists(published)).order_by(Lower("name"), "pk")

    def ever_answered(self) -> "DrugQuerySet":
        """Drugs of which an answer is or was published; of others nobody outside knows that staff prepare them."""
        answers = Drug.objects.filter(pk=OuterRef("pk"), faqs__versions__status__in=sorted(FROZEN))
        return self.filter(Exists(answers))

    def ungated(self) -> "DrugQuerySet":
        """Drugs of markets that everybody reads at once."""
        return self.filter(market__gate=Market.Gate.NONE)

    def no_less_marketed(self) -> "DrugQuerySet":
        """Of the drugs that an outer query is compared with, the marketed ones, and those studied as its own is.

        As with answers, nobody is led unasked from a marketed drug to one that another market still studies.
        """
        return self.filter(Q(status=Drug.Status.MARKETED) | Q(status=OuterRef("status")))

    def listed(self) -> "DrugQuerySet":
        """Drugs that search engines may list; `Drug.is_unlisted` says the same of one."""
        return self.ungated().exclude(status=Drug.Status.INVESTIGATIONAL, market__noindex_unlabelled=True)

    def with_last_change(self) -> "DrugQuerySet":
        """Drugs with `last_change`, when what their page says or lists last changed; None where that is not known."""
        published, withdrawn = Max("faqs__versions__published_at"), Max("faqs__versions__withdrawn_at")
        # PostgreSQL's GREATEST passes over what is null.
        known = When(updated_at__isnull=False, then=Greatest("updated_at", published, withdrawn))
        return self.annotate(last_change=Case(known, default=None))

    def with_answers(self) -> "DrugQuerySet":
        """Answered drugs with `answer_count`, the number of their published answers."""
        published = Drug.objects.filter(pk=OuterRef("pk"), faqs__versions__status=Status.PUBLISHED).order_by()
        return self.answered().annotate(
            answer_count=Subquery(published.values("pk").annotate(n=Count("pk")).values("n"))
        )

    def with_other_names(self) -> "DrugQuerySet":
        """Adds in the same query `other_names`: the brands, generic names and codes that a list may have."""
        names = DrugName.objects.listed().filter(drug=OuterRef("pk")).order_by("kind", "name")
        return self.annotate(other_names=ArraySubquery(names.values("name")))

    def filed_under(self, letter: str) -> "DrugQuerySet":
        """Drugs that have a name for lists which begins with `letter`."""
        others = DrugName.objects.listed().filter(drug=OuterRef("pk"), name__istartswith=letter)
        return self.filter(Q(name__istartswith=letter) | Q(generic_name__istartswith=letter) | Exists(others))

    def initials(self) -> dict[str, int]:
        """The letters with which names for lists begin, in order, each with the number of drugs shown under it.

        That number is 0 for a letter which only other names begin with.
        """
        drugs = self.order_by()
        others = DrugName.objects.listed().filter(drug__in=drugs.values("pk")).order_by()
        shown = drugs.annotate(initial=_initial("name")).values("initial").annotate(drugs=Count("pk"))
        hidden = [
            names.annotate(initial=_initial(field), drugs=Value(0, output_field=models.BigIntegerField()))
            for names, field in ((drugs.exclude(generic_name=""), "generic_name"), (others, "name"))
        ]
        rows = shown.union(*(names.values("initial", "drugs") for names in hidden)).order_by("initial", "drugs")
        # Of the rows of one letter the last one counts, and that is the one with drugs.
        return {row["initial"]: row["drugs"] for row in rows}


def _initial(field: str) -> Upper:
    return Upper(Left(field, 1))


def _beginning(field: str) -> OpClass:
    """What an index holds by which `field__istartswith` is looked up."""
    return OpClass(Upper(field), name="text_pattern_ops")


class Drug(models.Model):
    """A product as one market knows it."""

    # Set by with_last_change(), by with_other_names(), and by portal.chrome.elsewhere.
    last_change: datetime | None
    other_names: list[str]
    elsewhere: list[str]

    class Status(models.TextChoices):
        MARKETED = "marketed", _("Marketed")
        INVESTIGATIONAL = "investigational", _("Investigational")

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="drugs")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="drugs")
    slug = models.SlugField(max_length=120)
    name = models.CharField(max_length=160, help_text="As shown, for example a brand name.")
    generic_name = models.CharField(max_length=160, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.MARKETED)
    summary = models.TextField(blank=True, help_text="One or two sentences: what it is.")
    strengths = models.CharField(max_length=300, blank=True)
    prescribing_information_url = models.URLField(max_length=500, blank=True)
    boxed_warning = models.TextField(blank=True, help_text="One sentence; shown on every page of this drug.")
    standing_notice = models.TextField(blank=True, help_text="Shown on every page of this drug, above everything else.")
    # Null: not changed since this is recorded.
    updated_at = models.DateTimeField(auto_now=True, null=True)

    objects = DrugQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["market", "slug"], name="drug_slug_is_unique_in_its_market"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="drug_slug_is_not_reserved"),
        ]
        indexes = [
            models.Index(_beginning("name"), name="drug_name_begins"),
            models.Index(_beginning("generic_name"), name="drug_generic_name_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.generic_name})" if self.has_other_generic_name else self.name

    @property
    def is_unlisted(self) -> bool:
        """Whether the market keeps this drug's page from search engines."""
        return self.market.has_gate or (self.status == self.Status.INVESTIGATIONAL and self.market.noindex_unlabelled)

    @property
    def has_other_generic_name(self) -> bool:
        """Whether the generic name says anything that the shown name does not."""
        return bool(self.generic_name) and self.generic_name.casefold() != self.name.casefold()

    def clean(self) -> None:
        if self.category_id and self.market_id and self.category.market_id != self.market_id:
            raise ValidationError({"category": "This category belongs to another market."})

    def get_absolute_url(self) -> str:
        return reverse("drug", args=[self.market.code, self.slug])


class DrugNameQuerySet(models.QuerySet["DrugName"]):
    def listed(self) -> "DrugNameQuerySet":
        """Names that lists may show; abbreviations and misspellings only lead a search."""
        return self.filter(kind__in=[DrugName.Kind.BRAND, DrugName.Kind.GENERIC, DrugName.Kind.CODE])


class DrugName(models.Model):
    """A name under which people look for a drug."""

    class Kind(models.TextChoices):
        BRAND = "brand", "Brand name"
        GENERIC = "generic", "Generic name"
        CODE = "code", "Code"
        ABBREVIATION = "abbreviation", "Abbreviation"
        MISSPELLING = "misspelling", "Common misspelling"

    drug = models.ForeignKey(Drug, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind)

    objects = DrugNameQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["drug", "name"], name="drug_has_a_name_once")]
        indexes = [models.Index(_beginning("name"), name="drugname_name_begins")]

    def __str__(self) -> str:
        return self.name
