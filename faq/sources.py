"""Where references are used, and what is told of those that do not stand any more."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import JSONObject
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from faq.models import Citation, FaqVersion, Figure, Reference
from faq.models.figure import FigureSource
from faq.models.version import FaqVersionQuerySet
from faq.models.workflow import Status
from faq.rendering import Wording

# What visitors read comes first, then what they may read soon.
_ORDER = (
    *(Status.PUBLISHED, Status.APPROVED, Status.IN_REVIEW, Status.DRAFT),
    *(Status.SUPERSEDED, Status.WITHDRAWN),
)
_RANK = Case(*(When(status=status, then=place) for place, status in enumerate(_ORDER)), output_field=IntegerField())


class Retraction(NamedTuple):
    """One retracted source of an answer, under its number there."""

    number: int
    reason: str
    notice_url: str
    at: datetime


_TOLD = JSONObject(
    number="number",
    reason="reference__standing_reason",
    notice_url="reference__notice_url",
    at="reference__standing_at",
)


class _MarkedKeys(Func):
    """The keys that a markup cites; the indexes of migration 0009 hold them."""

    function = "faq_marked_keys"
    output_field = ArrayField(TextField())


class _Array(Func):
    template = "ARRAY[%(expressions)s]::text[]"
    output_field = ArrayField(TextField())


class _Joined(Func):
    # Not Concat, which would wrap each text in COALESCE and so pass by the index.
    template = "%(expressions)s"
    arg_joiner = " || "
    output_field = TextField()


_WORDING = _MarkedKeys(_Joined("short_answer", "body"))
_VALUES = _MarkedKeys(F("values_table"))


def versions_using(reference: Reference) -> QuerySet[FaqVersion]:
    """Every version that cites `reference`, in its text or through a figure: first what visitors read, drafts too."""
    key = cast(Any, [reference.key])  # for mypy a function's array is a text
    listed = Citation.objects.filter(reference=reference).values("version")
    drawn = FigureSource.objects.filter(reference=reference).values("figure__version")
    marking = FaqVersion.objects.open().alias(keys=_WORDING).filter(keys__contains=key).values("pk")
    tabled = Figure.objects.alias(keys=_VALUES).filter(keys__contains=key).values("version")
    using = listed.union(drawn, marking, tabled)
    found = FaqVersion.objects.light().filter(pk__in=using).select_related("faq__drug", "faq__market")
    where = ("faq__market__code", "faq__drug__name", "faq__content_id", "-number")
    return found.order_by(_RANK, *where)


def used(references: QuerySet[Reference]) -> QuerySet[Reference]:
    """Those of `references` that some version cites, drafts included."""
    return references.filter(_is_used())


def unused(references: QuerySet[Reference]) -> QuerySet[Reference]:
    """Those of `references` that no version cites."""
    return references.filter(~_is_used())


def _is_used() -> Q:
    own: Any = _Array(OuterRef("key"))
    marking = Exists(FaqVersion.objects.open().alias(keys=_WORDING).filter(keys__contains=own))
    tabled = Exists(Figure.objects.alias(keys=_VALUES).filter(keys__contains=own))
    listed = Exists(Citation.objects.filter(reference=OuterRef("pk")))
    drawn = Exists(FigureSource.objects.filter(reference=OuterRef("pk")))
    return Q(listed) | Q(drawn) | Q(marking) | Q(tabled)


def problems(wording: Wording) -> list[str]:
    """The retracted references of a wording, which keep it from being submitted, approved and published."""
    return [
        f"Reference {reference.key!r} was retracted: {reference.standing_reason}"
        for reference in wording.references.values()
        if reference.standing == Reference.Standing.RETRACTED
    ]


def warnings(wording: Wording) -> list[str]:
    """The superseded references of a wording, each with the one that took its place in the end."""
    fallen = [reference for reference in wording.references.values() if reference.successor_id]
    heirs = _heirs(fallen)
    return [
        f"Reference {reference.key!r} was superseded by {_heir(reference, heirs).key!r}: {reference.standing_reason}"
        for reference in fallen
    ]


def _heirs(references: Iterable[Reference]) -> dict[int, Reference]:
    """Every reference that took the place of one of `references`, or of one that did, in a query for each step."""
    found: dict[int, Reference] = {}
    named = {reference.successor_id for reference in references if reference.successor_id}
    while missing := named - found.keys():
        found |= Reference.objects.in_bulk(missing)
        named = {reference.successor_id for reference in found.values() if reference.successor_id}
    return found


def _heir(reference: Reference, heirs: Mapping[int, Reference]) -> Reference:
    passed = set[int]()
    while reference.successor_id and reference.pk not in passed:
        passed.add(reference.pk)
        reference = heirs[reference.successor_id]
    return reference


def with_retractions(versions: FaqVersionQuerySet) -> FaqVersionQuerySet:
    """Adds in the same query what `retractions` and `changed_at` tell of each of `versions`."""
    latest = _cited(OuterRef("pk")).filter(reference__standing_at__isnull=False).order_by("-reference__standing_at")
    rows: FaqVersionQuerySet = versions.annotate(
        retracted=ArraySubquery(_fallen(OuterRef("pk")).values(json=_TOLD)),
        sources_changed_at=Subquery(latest.values("reference__standing_at")[:1]),
    )
    return rows


def retractions(version: FaqVersion) -> list[Retraction]:
    """The retracted sources of `version` by number; without a query where it was fetched `with_retractions`."""
    told = version.__dict__.get("retracted")
    rows = _fallen(version.pk).values_list(_TOLD, flat=True) if told is None else told
    return [Retraction(**{**row, "at": parse_datetime(row["at"])}) for row in rows]


def changed_at(version: FaqVersion) -> datetime | None:
    """When the page of a version that was fetched `with_retractions` last changed: its wording or its sources."""
    moments = [version.published_at, version.sources_changed_at]  # type: ignore[attr-defined]
    return max((moment for moment in moments if moment), default=None)


def notice(retracted: Sequence[Retraction]) -> SafeString:
    """What readers are told above an answer of which sources were retracted, in the language that is spoken."""
    return render_to_string("faq/_retractions.html", {"retractions": retracted}) if retracted else SafeString("")


def marked(references: str, retracted: Sequence[Retraction]) -> SafeString:
    """The rendered list of references with a mark at each retracted one, which leads to the reason."""
    word = gettext("Retracted")
    for source in retracted:
        entry = f'<li id="ref-{source.number}" value="{source.number}">'
        mark = f'<strong class="retracted"><a href="#retracted-{source.number}">{word}</a></strong> '
        references = references.replace(entry, entry + mark)
    return SafeString(references)


def _cited(version: Any) -> QuerySet[Citation]:
    return Citation.objects.filter(version=version)


def _fallen(version: Any) -> QuerySet[Citation]:
    return _cited(version).filter(reference__standing=Reference.Standing.RETRACTED).order_by("number")
