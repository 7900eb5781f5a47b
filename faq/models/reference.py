"""The shared library of published sources."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Upper

from faq.citations import csl, likeness
from faq.citations.csl import KINDS

# How many words of a search are looked at; nobody types more.
_MOST_WORDS = 16


def _word_vector() -> Func:
    # The words are cut already, so PostgreSQL's own parser, which knows addresses and file names, stays out of it.
    parts = Func(F("words"), Value(" "), function="string_to_array")
    return Func(parts, function="array_to_tsvector", output_field=SearchVectorField())


class _Holds(Func):
    """Whether a text search vector fits a text search query."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def matching(self, text: str) -> "ReferenceQuerySet":
        """Those where each word of `text` begins a word of key, first author, year, title, DOI, PMID or NCT number.

        Accents and capitals count for nothing, and neither do signs: "10.1056/NEJMoa24" finds what begins so. All
        references where `text` has no word.
        """
        words = likeness.folded(text).split()[:_MOST_WORDS]
        query = " & ".join(f"'{word}':*" for word in words)
        return self.filter(_Holds(_word_vector(), Cast(Value(query), SearchQueryField()))) if words else self.all()


class Reference(models.Model):
    """One published source, stored as CSL-JSON and cited from many versions by its key."""

    class Standing(models.TextChoices):
        CURRENT = "current", "Current"
        SUPERSEDED = "superseded", "Superseded"
        RETRACTED = "retracted", "Retracted"

    # Columns that `derive` fills from the CSL-JSON; bulk writers name them.
    DERIVED = ("title", "year", "kind", "author", "doi", "pmid", "nct", "words")

    key = models.SlugField(max_length=80, unique=True, help_text="How answers cite it, for example jhaveri-2025.")
    csl = models.JSONField("CSL-JSON")
    formatted_override = models.TextField(
        blank=True, help_text="Plain text shown instead of the AMA form, for a source that no rule fits."
    )
    title = models.CharField(max_length=600, editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    kind = models.CharField(max_length=20, choices=KINDS, blank=True, editable=False)
    author = models.CharField("first author, folded", max_length=200, blank=True, editable=False)
    doi = models.CharField("DOI", max_length=200, blank=True, editable=False)
    pmid = models.CharField("PMID", max_length=8, blank=True, editable=False)
    nct = models.CharField("NCT number", max_length=11, blank=True, editable=False)
    words = models.TextField(blank=True, editable=False, help_text="What a search looks through, folded.")

    standing = models.CharField(max_length=10, choices=Standing, default=Standing.CURRENT, editable=False)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="predecessors"
    )
    standing_reason = models.TextField(blank=True, editable=False)
    standing_at = models.DateTimeField(null=True, editable=False)
    standing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    notice_url = models.URLField("address of the retraction notice", max_length=500, blank=True, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        permissions = [
            ("supersede_reference", "Can say that another reference takes the place of one"),
            ("retract_reference", "Can mark a reference as retracted"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9][a-z0-9-]*$"), name="reference_key_is_lower_case"),
            models.CheckConstraint(
                condition=Q(standing__in=["current", "superseded", "retracted"]), name="reference_standing_is_known"
            ),
            models.CheckConstraint(
                condition=Q(standing="superseded", successor__isnull=False)
                | (~Q(standing="superseded") & Q(successor=None)),
                name="only_a_superseded_reference_has_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")), name="no_reference_supersedes_itself"
            ),
            models.CheckConstraint(
                condition=Q(standing="current") | (~Q(standing_reason="") & Q(standing_at__isnull=False)),
                name="a_reference_that_fell_says_why_and_when",
            ),
        ]
        indexes = [
            models.Index(Upper("doi"), name="reference_by_doi"),
            models.Index(fields=["pmid"], name="reference_by_pmid"),
            models.Index(fields=["nct"], name="reference_by_nct"),
            models.Index(fields=["author", "year"], name="reference_by_author_and_year"),
            models.Index(fields=["year"], name="reference_by_year"),
            models.Index(fields=["standing"], condition=~Q(standing="current"), name="references_that_fell"),
            GinIndex(_word_vector(), fastupdate=False, name="reference_by_word"),
        ]

    def __str__(self) -> str:
        fallen = "" if self.standing == self.Standing.CURRENT else f" [{self.get_standing_display().lower()}]"
        return f"{self.key}: {self.title}{fallen}"

    def clean(self) -> None:
        problems = csl.problems(self.csl)
        if problems:
            raise ValidationError({"csl": problems})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fills the columns that lists and look-ups read from the CSL-JSON."""
        self.title, self.year, self.doi = csl.title(self.csl)[:600], csl.year(self.csl), csl.doi(self.csl)[:200]
        kind = csl.field(self.csl, "type")
        self.kind = kind if kind in KINDS else ""
        self.pmid, self.nct = csl.pmid(self.csl), csl.registry_number(self.csl)
        self.author, self.words = likeness.author(self.csl)[:200], likeness.words(self.key, self.csl)
