"""The page for addresses that do not exist: a search for their words, and what may have been meant."""

from typing import Any

from django.db import DatabaseError
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from faq.models import Category, Drug, DrugName, Faq, FaqVersion
from faq.models.faq import LabelStatus
from portal.chrome import gate
from portal.chrome.models import Market
from portal.chrome.pages import Crumb
from portal.chrome.views import missing
from portal.lib import nearest
from portal.lib.access import for_machines

# What each kind of list offers at most, and how many rows of a table are looked at for it.
OFFERED = 4
NAMES_READ, CATEGORIES_READ, ANSWERS_READ = 60, 200, 40
# How many first letters of a name are taken to be right: so many find it by an index.
SURE_LETTERS = 2
# How many words a mistyped question has at least, and which part of them an answer's address has to share.
LEAST_WORDS, LEAST_OVERLAP = 2, 0.5
# Parts of addresses that say where a page is, not which one.
PLACES = {"products", "answers", "medical-information", "pages", "search", "pdf", "feedback", "leaving", "accounts"}


@for_machines
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404: says so in the market's own page, with a search for what the address says and the nearest there is."""
    return missing(request, _offers)


def _offers(request: HttpRequest, market: Market) -> dict[str, Any]:
    """What may have been meant. Before a gate is passed only what is open to everybody, so no drug and no answer.

    Most such requests come from machines that try addresses, so the database is asked, and at most four times, only
    where an address lies beside those of drugs, answers or categories.
    """
    unspoken = {*PLACES, market.code}
    wanted = nearest.words(request.path, unspoken)
    names = nearest.names(request.path, unspoken)
    offers: dict[str, Any] = {"text": " ".join(wanted), "pages": nearest.nearest(names, _fixed(market), OFFERED)}
    place = request.path.removeprefix(market.get_absolute_url())
    try:
        if gate.passes(request, market):
            offers |= _beside(place, names, wanted, market)
    except DatabaseError:
        # The page says the least that it must also where the database fails meanwhile.
        return offers
    return offers


def _beside(place: str, names: list[str], wanted: list[str], market: Market) -> dict[str, Any]:
    """What lies beside `place`, the part of the address below the market."""
    if place.startswith(("products/answers/", "answers/")):
        return {"answers": _answers(place, wanted, market)}
    if place.startswith("products/"):
        return {"drugs": _drugs(names, market)}
    if place.startswith("medical-information/"):
        return {"pages": _categories(names, market)}
    return {}


def _fixed(market: Market) -> list[tuple[Crumb, list[str]]]:
    """Pages that every market has, each with what the last part of its address may be taken for."""
    labels = {
        "browse": _("Medical information"),
        "contact": _("Contact"),
        "sitemap": _("Sitemap"),
        "privacy-choices": _("Your privacy choices"),
    }
    crumbs = [Crumb(label, reverse(name, args=[market.code])) for name, label in labels.items()]
    return [(crumb, _said(crumb.address.strip("/").rpartition("/")[2])) for crumb in crumbs]


def _categories(names: list[str], market: Market) -> list[Crumb]:
    """The categories with answers whose name comes nearest."""
    rows = Category.objects.filter(market=market).values_list("pk", "slug", "name")[:CATEGORIES_READ]
    near = nearest.nearest(names, [(pk, _said(slug, name)) for pk, slug, name in rows], OFFERED)
    answered = Category.objects.with_answers().select_related("market").filter(pk__in=near) if near else []
    return [Crumb(row.name, row.get_absolute_url()) for row in sorted(answered, key=lambda row: near.index(row.pk))]


def _drugs(names: list[str], market: Market) -> list[Drug]:
    """The answered drugs that have a name like one of `names`."""
    if not names:
        return []
    drugs = Drug.objects.filter(market=market)
    shown = _alike(drugs, names, "name", "generic_name").values_list("pk", "name", "generic_name")[:NAMES_READ]
    others = _alike(DrugName.objects.filter(drug__market=market), names, "name").values_list("drug", "name")[
        :NAMES_READ
    ]
    ranked = nearest.nearest(names, [(pk, _said(*said)) for pk, *said in [*shown, *others]], 3 * OFFERED)
    order = {pk: place for place, pk in reversed(list(enumerate(ranked)))}
    answered = Drug.objects.answered().select_related("market").filter(pk__in=order) if order else []
    return sorted(answered, key=lambda drug: order[drug.pk])[:OFFERED]


def _alike(rows: QuerySet[Any], names: list[str], *fields: str) -> QuerySet[Any]:
    """Rows of which one of `fields` begins like one of `names`, those first that end like it too.

    Comparing letter by letter is for few names: the database holds tens of thousands, and has no index of likeness.
    """
    begins = [Q(**{f"{field}__istartswith": name[:SURE_LETTERS]}) for field in fields for name in names]
    ends = [Q(**{f"{field}__iendswith": name[-SURE_LETTERS:]}) for field in fields for name in names]
    last = Case(When(Q(*ends, _connector=Q.OR), then=Value(0)), default=Value(1), output_field=IntegerField())
    found: QuerySet[Any] = rows.filter(Q(*begins, _connector=Q.OR)).order_by(last, fields[0])
    return found


def _answers(place: str, wanted: list[str], market: Market) -> list[FaqVersion]:
    """On-label answers that `place` names by number or content ID, or by words like theirs; no others unasked."""
    typed, numbers = nearest.last(place, PLACES), nearest.numbers(place)
    near = Q(number__in=numbers) | Q(content_id__in=[typed, typed.upper()])
    if len(wanted) >= LEAST_WORDS:
        near |= Q(slug__startswith=typed[: len(typed) // 2])
    rows = Faq.objects.filter(near, market=market, label_status=LabelStatus.ON_LABEL).order_by("-pk")
    scores = {
        pk: 1.0 if number in numbers or named.lower() == typed else nearest.overlap(wanted, nearest.words(slug))
        for pk, number, named, slug in rows.values_list("pk", "number", "content_id", "slug")[:ANSWERS_READ]
    }
    chosen = sorted((pk for pk, score in scores.items() if score >= LEAST_OVERLAP), key=lambda pk: -scores[pk])
    answers = FaqVersion.objects.for_list(market).promotable().filter(faq__in=chosen) if chosen else []
    return sorted(answers, key=lambda answer: chosen.index(answer.faq_id))[:OFFERED]


def _said(*names: str) -> list[str]:
    return [nearest.squeezed(name) for name in names]
