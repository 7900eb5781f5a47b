"""What a page of results shows beside the answers: their count, choices to narrow them, and ways to search again."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faq.models import Drug
from faq.search import lexicon, query
from faq.search.asking import Asking
from faq.search.results import Facet, LookAlike, Narrowing, Results

# So many values of a kind are offered; of more, a reader asks for one in words.
MOST_CHOICES = 8


class Choice(NamedTuple):
    """One link: to what a value leaves of the results or, for a chosen one, to what is there without it."""

    label: str
    address: str
    answers: int
    is_chosen: bool


class Aspect(NamedTuple):
    """Something by which results are narrowed."""

    title: str
    choices: list[Choice]


class Meant(NamedTuple):
    """A drug's name that was typed so that it may be any of several, each with the address of a search in it."""

    typed: str
    drugs: list[tuple[Drug, str]]


def context(asking: Asking, results: Results, drug: Drug | None) -> dict[str, Any]:
    """What the templates show of `results`, which were found in `drug` or everywhere."""
    about = [drug] if drug else results.scope
    return {
        "drug": drug,
        "about": about,
        "names": ", ".join(each.name for each in about),
        "corrected": lexicon.respelt(asking.text, results.corrections),
        "foreign": _either(results.foreign),
        # What a question to the team is about, where that is sure.
        "subject": about[0] if len(about) == 1 else None,
        "count": _count(asking, results, about),
        "aspects": aspects(asking, results),
        "chosen": chosen(asking, results),
        "is_narrowed": asking.narrowing != Narrowing(),
        "unnarrowed": asking.address(narrowing=Narrowing()),
        "as_typed": asking.address(exact=True, narrowing=Narrowing()),
        "everywhere": asking.address(drug="", everywhere=True, narrowing=Narrowing()) if about else "",
        "previous": asking.address(page=results.previous) if results.previous else "",
        "next": asking.address(page=results.next) if results.next else "",
        "meant": [_meant(asking, found) for found in results.look_alikes],
        "nearest_topics": [(topic, Asking(topic.name).narrowed(topic=topic.pk)) for topic in results.nearest_topics],
        # What is not searched as it stands: a question cut short, or one with words to leave out.
        "most_characters": query.MAX_LENGTH if asking.is_cut else None,
        "left_out": query.left_out(asking.text),
        "nothing_left_out": asking.address(text=query.leaving_nothing_out(asking.text), narrowing=Narrowing()),
    }


def _either(names: Sequence[str]) -> str:
    return f" {_('or')} ".join(names)


def aspects(asking: Asking, results: Results) -> list[Aspect]:
    """The kinds by which the results can be narrowed, each with its values; none that would leave all of them.

    The few answers that merely come near are not narrowed.
    """
    if not results.is_sure:
        return []
    kinds = [
        (_("Medicine"), "drug", results.facets.drugs),
        (_("Therapeutic area"), "category", results.facets.categories),
        (_("Topic"), "topic", results.facets.topics),
        (_("Label status"), "status", results.facets.statuses),
    ]
    found = [Aspect(title, _choices(asking, kind, facets, results.total)) for title, kind, facets in kinds]
    return [aspect for aspect in found if aspect.choices]


def chosen(asking: Asking, results: Results) -> list[Choice]:
    """What the reader chose, each with the address of the results without it."""
    facets = results.facets
    kinds = {"drug": facets.drugs, "category": facets.categories, "topic": facets.topics, "status": facets.statuses}
    return [
        Choice(facet.label, asking.narrowed(**{kind: Narrowing()._asdict()[kind]}), facet.answers, is_chosen=True)
        for kind, values in kinds.items()
        for facet in values
        if facet.is_chosen
    ]


def _choices(asking: Asking, kind: str, facets: Sequence[Facet], total: int) -> list[Choice]:
    has_chosen = any(facet.is_chosen for facet in facets)
    telling = [facet for facet in facets if has_chosen or facet.answers < total]
    shown = [facet for place, facet in enumerate(telling) if place < MOST_CHOICES or facet.is_chosen]
    return [
        Choice(facet.label, asking.narrowed(**{kind: facet.value}), facet.answers, facet.is_chosen) for facet in shown
    ]


def _count(asking: Asking, results: Results, about: Iterable[Drug]) -> str:
    """How many answers there are and about what, which is the heading above them."""
    total, name = results.total, ", ".join(each.name for each in about)
    if results.is_capped and asking.narrowing == Narrowing():
        said = _("The %(total)s best answers about %(name)s") if name else _("The %(total)s best answers")
    elif name:
        said = ngettext("%(total)s answer about %(name)s", "%(total)s answers about %(name)s", total)
    else:
        said = ngettext("%(total)s answer", "%(total)s answers", total)
    return said % {"total": total, "name": name}


def _meant(asking: Asking, found: LookAlike) -> Meant:
    """Addresses that say the drug's own name in the place of what was typed, and search in that drug."""
    addresses = [Asking(_named(asking.text, found.typed, drug), drug.slug).address() for drug in found.drugs]
    return Meant(found.typed, list(zip(found.drugs, addresses, strict=True)))


def _named(text: str, typed: str, drug: Drug) -> str:
    return re.sub(re.escape(typed), lambda _match: drug.name, text, flags=re.IGNORECASE)
