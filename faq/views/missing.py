"""The page for addresses that do not exist: a search for their words, and what may have been meant."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import DatabaseError
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Left, Lower, Right
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from faq.models import Category, Drug, DrugName, Faq, FaqVersion
from faq.models.faq import LabelStatus
from portal.chrome import gate
from portal.chrome.models import Market, Page
from portal.chrome.pages import Crumb
from portal.chrome.views import missing
from portal.lib import nearest
from portal.lib.access import for_machines

# What each kind of list offers at most, and how many rows of a table are looked at for it.
OFFERED = 4
NAMES_READ, PAGES_READ, ANSWERS_READ = 100, 300, 20
# How many words a mistyped question has at least, and which part of them an answer's address has to share.
LEAST_WORDS, LEAST_OVERLAP = 2, 0.5
# The longest words say most, and each one is looked for in the addresses of all answers.
TELLING_WORDS = 4
# Parts of addresses that say where a page is, not which one.
PLACES = {"products", "answers", "medical-information", "pages", "search", "pdf", "feedback", "leaving", "accounts"}


@for_machines
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404: says so in the market's own page, with a search for what the address says and the nearest there is."""
    return missing(request, _offers)


def _offers(request: HttpRequest, market: Market) -> dict[str, Any]:
    """What may have been meant. Before a gate is passed only what is open to everybody, so no drug and no answer."""
    unspoken = {*PLACES, market.code}
    wanted = nearest.words(request.path, unspoken)
    offers: dict[str, Any] = {"text": " ".join(wanted)}
    try:
        passed = gate.passes(request, market)
        names = nearest.names(request.path, unspoken)
        offers["pages"] = _pages(names, market, passed=passed)
        if passed:
            offers |= {"drugs": _drugs(names, market), "answers": _answers(wanted, market)}
    except DatabaseError:
        # The page says the least that it must also where the database fails meanwhile.
        return offers
    return offers


def _pages(names: list[str], market: Market, *, passed: bool) -> list[Crumb]:
    """The pages, and behind the gate the categories, whose name comes nearest."""
    fixed = [Crumb(label, reverse(name, args=[market.code])) for name, label in _fixed()]
    found = [(crumb, _said(crumb.address.strip("/").rpartition("/")[2])) for crumb in fixed]
    pages = Page.objects.filter(market=market, **({} if passed else {"is_open": True})).select_related("market")
    found += [(Crumb(page.title, page.get_absolute_url()), _said(page.slug, page.title)) for page in pages[:PAGES_READ]]
    if passed:
        rows = Category.objects.filter(market=market).values_list("pk", "slug", "name")[:PAGES_READ]
        near = nearest.nearest(names, [(pk, _said(slug, name)) for pk, slug, name in rows], OFFERED)
        answered = Category.objects.with_answers().select_related("market").filter(pk__in=near) if near else []
        found += [(Crumb(row.name, row.get_absolute_url()), _said(row.slug, row.name)) for row in answered]
    return nearest.nearest(names, found, OFFERED)


def _fixed() -> list[tuple[str, str]]:
    """Pages that every market has, by the name of their address."""
    return [
        ("browse", _("Medical information")),
        ("contact", _("Contact")),
        ("sitemap", _("Sitemap")),
        ("privacy-choices", _("Your privacy choices")),
    ]


def _drugs(names: list[str], market: Market) -> list[Drug]:
    """The answered drugs that have a name like one of `names`."""
    if not names:
        return []
    drugs = Drug.objects.filter(market=market)
    rows = [
        *_alike(drugs, "name", names).values_list("pk", "name")[:NAMES_READ],
        *_alike(drugs, "generic_name", names).values_list("pk", "generic_name")[:NAMES_READ],
        *_alike(DrugName.objects.filter(drug__market=market), "name", names).values_list("drug", "name")[:NAMES_READ],
    ]
    ranked = nearest.nearest(names, [(pk, [nearest.squeezed(name)]) for pk, name in rows], 3 * OFFERED)
    order = {pk: place for place, pk in reversed(list(enumerate(ranked)))}
    answered = Drug.objects.answered().select_related("market").filter(pk__in=order)
    return sorted(answered, key=lambda drug: order[drug.pk])[:OFFERED]


def _alike(rows: QuerySet[Any], field: str, names: list[str]) -> QuerySet[Any]:
    """Rows whose `field` begins or ends like one of `names`, those first that do both.

    Comparing letter by letter is for few names: the database holds tens of thousands, and has no index of likeness.
    """
    begins = Q(beginning__in={name[:2] for name in names})
    ends = Q(ending__in={name[-3:] for name in names})
    both = Case(When(begins & ends, then=Value(0)), default=Value(1), output_field=IntegerField())
    written = rows.alias(beginning=Lower(Left(F(field), 2)), ending=Lower(Right(F(field), 3)))
    found: QuerySet[Any] = written.filter(begins | ends).order_by(both, field)
    return found


def _answers(wanted: list[str], market: Market) -> list[FaqVersion]:
    """On-label answers whose address shares most words with this one; others are never offered unasked."""
    if len(wanted) < LEAST_WORDS:
        return []
    telling = [Q(slug__contains=word) for word in sorted(wanted, key=len)[-TELLING_WORDS:]]
    rows = Faq.objects.filter(reduce(or_, telling), market=market, label_status=LabelStatus.ON_LABEL)
    best = rows.annotate(shared=sum(map(_one, telling[1:]), _one(telling[0]))).order_by("-shared", "-pk")
    candidates = best.values_list("pk", "slug")[:ANSWERS_READ]
    scored = sorted((nearest.overlap(wanted, nearest.words(slug.replace("-", " "))), pk) for pk, slug in candidates)
    chosen = [pk for overlap, pk in reversed(scored) if overlap >= LEAST_OVERLAP]
    answers = FaqVersion.objects.for_list(market).promotable().filter(faq__in=chosen) if chosen else []
    return sorted(answers, key=lambda answer: chosen.index(answer.faq_id))[:OFFERED]


def _one(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _said(*names: str) -> list[str]:
    return [nearest.squeezed(name) for name in names]
