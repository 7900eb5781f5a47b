"""Suggestions while somebody types: drugs, questions and headings that begin with what is there already.

Nothing is kept between two calls, and every suggestion is read from what is published at that moment.
"""

from collections.abc import Sequence
from itertools import combinations
from math import log1p
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from faq.models import Category, Drug, DrugName, Faq
from faq.search import analysis, begun, completions
from faq.search.begun import Word
from faq.search.completions import Asked, Found, Heading
from faq.search.spelling import ranked
from portal.chrome.models import Market

# How many of the last words may be mistyped, and how many beginnings each may stand for.
_MOST_SLIPS, _MOST_MEANT = 3, 8
# How many letters of a drug's name say that it is meant.
_SHORTEST_NAME = 3


class Suggestion(NamedTuple):
    """Something to choose instead of typing on; `kind` is drug, question, category or topic."""

    text: str
    kind: str
    url: str


def suggest(text: str, market: Market, drug: Drug | None = None, most: int = 8) -> list[Suggestion]:
    """At most `most` suggestions for what was typed so far, in `market` or within one drug of it, the best first.

    Every word may be the beginning of one, and where no answer knows a word of four letters or more, one edit may
    stand between it and a word that answers know. Empty where less than two letters were typed, or nothing fits.
    """
    typed = begun.words(text, analysis.language_of(market.language_tag))
    sought, headings = _understood(typed, market) if typed else ({}, [])
    if not sought:
        return []
    found = completions.find(Asked([*sought], _beginnings(typed), _names(typed), headings), market, drug)
    questions = sorted(found.questions, key=lambda row: _order(row, sought))
    return _shared_out(_best_names(found.drugs), questions, _headings(found, market, drug), market, drug, most)


def _shared_out(
    drugs: list[dict[str, Any]],
    questions: list[dict[str, Any]],
    headings: list[Suggestion],
    market: Market,
    drug: Drug | None,
    most: int,
) -> list[Suggestion]:
    """Some of each, in this order: half for drugs and a quarter for headings, or whatever the others leave."""
    for_headings = min(len(headings), max(most // 4, most - len(drugs) - len(questions)))
    for_drugs = min(len(drugs), max(most // 2, most - len(questions) - for_headings))
    for_questions = most - for_drugs - for_headings
    return [
        *(_drug(row, market) for row in drugs[:for_drugs]),
        *(_question(row, market, within=drug) for row in questions[:for_questions]),
        *headings[:for_headings],
    ]


def _understood(typed: Sequence[Word], market: Market) -> tuple[dict[Word, float], list[Heading]]:
    """The words to look for, each with its weight and the rarest first, and the headings that have all of them.

    A word that nothing begins with is left out; nothing is left where most words are of that kind.
    """
    known, headings = completions.known(typed, market)
    spoken = {heading: set(analysis.words(heading.name)) for heading in headings}
    strange = [word for word in typed if word not in known and not _is_in(word, set().union(*spoken.values()))]
    heads = {word: known.get(word, 0) for word in typed if word not in strange}
    if strange:
        heads |= _meant(strange[-_MOST_SLIPS:], market)
    fitting = [heading for heading, words in spoken.items() if heads and all(_is_in(word, words) for word in heads)]
    kept = {word: 1 / (1 + log1p(count)) for word, count in heads.items() if count or fitting}
    rarest_first = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    return dict(rarest_first) if 2 * len(kept) >= len(typed) else {}, fitting


def _meant(strange: Sequence[Word], market: Market) -> dict[Word, int]:
    """What the words may stand for that are near to others, and how many answers hold that."""
    meant: dict[Word, int] = {}
    for word, near in zip(strange, completions.slips(strange, market), strict=True):
        best = dict.fromkeys(slip for spelling in word.spellings for slip in ranked(spelling, near))
        kept = list(best)[:_MOST_MEANT]
        if kept:
            meant[Word(tuple(kept))] = sum(near[slip] for slip in kept)
    return meant


def _is_in(word: Word, words: set[str]) -> bool:
    return any(map(word.meets, words))


def _beginnings(typed: Sequence[Word]) -> list[str]:
    """What of the words, as they were typed, may begin a drug's name."""
    spellings = [spelling for word in typed for spelling in word.spellings]
    return [spelling for spelling in spellings if len(spelling) >= _SHORTEST_NAME and not spelling.isdecimal()]


def _names(typed: Sequence[Word]) -> list[str]:
    """What of the words may be a drug's whole name, with others before or after it."""
    words = [word.spellings[0] for word in typed]
    return [" ".join(words[first:last]) for first, last in combinations(range(len(words) + 1), 2)]


def _order(row: dict[str, Any], sought: dict[Word, float]) -> tuple[Any, ...]:
    """Before others come questions with more and rarer of the words, within the label, earlier and in full."""
    words = analysis.words(f"{row['question']} {row['drug']}")
    places = {one: next((place for place, word in enumerate(words) if one.meets(word)), None) for one in sought}
    met = [(place, words[place] in one.spellings, sought[one]) for one, place in places.items() if place is not None]
    weight = round(sum(weight for *_, weight in met), 6)
    first = min((place for place, *_ in met), default=len(words))
    whole = sum(is_whole for _, is_whole, _ in met)
    return -weight, not row["is_promotable"], first, -whole, len(words), row["number"]


def _best_names(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each drug the row of the name that fits best, the best first."""
    best: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=_order_of_names):
        best.setdefault(row["slug"], row)
    return [*best.values()]


def _order_of_names(row: dict[str, Any]) -> tuple[Any, ...]:
    is_misspelt = row["kind"] == DrugName.Kind.MISSPELLING
    return not row["begins"], is_misspelt, not _is_shown(row), len(row["known_as"]), row["known_as"], row["slug"]


def _is_shown(row: dict[str, Any]) -> bool:
    return row["known_as"] in (row["name"], row["generic_name"])


def _drug(row: dict[str, Any], market: Market) -> Suggestion:
    """A drug under the name that it is shown by; a code or another name that was typed is said too."""
    drug = Drug(market=market, slug=row["slug"], name=row["name"], generic_name=row["generic_name"])
    is_said = _is_shown(row) or row["kind"] == DrugName.Kind.MISSPELLING
    text = str(drug) if is_said else _("%(drug)s, also %(name)s") % {"drug": drug, "name": row["known_as"]}
    return Suggestion(text, "drug", drug.get_absolute_url())


def _question(row: dict[str, Any], market: Market, within: Drug | None) -> Suggestion:
    """A question, with its drug where neither it nor the page that it is suggested on says which."""
    is_clear = within is not None or row["drug"].lower() in row["question"].lower()
    text = row["question"] if is_clear else f"{row['drug']}: {row['question']}"
    return Suggestion(text, "question", Faq(market=market, slug=row["slug"], number=row["number"]).get_absolute_url())


def _headings(found: Found, market: Market, drug: Drug | None) -> list[Suggestion]:
    if drug is not None:
        return [_section(row, market, drug) for row in found.sections]
    categories = [_category(row, market) for row in found.categories]
    return categories + [_topic(row, market) for row in found.topics]


def _section(row: dict[str, Any], market: Market, drug: Drug) -> Suggestion:
    """A topic's place on the page of its drug (templates/faq/drug.html)."""
    return Suggestion(row["name"], "topic", f"{reverse('drug', args=[market.code, drug.slug])}#topic-{row['place']}")


def _category(row: dict[str, Any], market: Market) -> Suggestion:
    return Suggestion(row["name"], "category", Category(market=market, slug=row["slug"]).get_absolute_url())


def _topic(row: dict[str, Any], market: Market) -> Suggestion:
    """A topic of all drugs: the results for it that are filed under it."""
    query = urlencode({"q": row["name"], "topic": row["id"]})
    return Suggestion(row["name"], "topic", f"{reverse('search', args=[market.code])}?{query}")
