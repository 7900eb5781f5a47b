"""Puts questions without an answer beside those that mean the same, in the order in which they were asked.

The first of its kind leads; whoever comes later joins the nearest leader of the same medicine that means the same, or
leads too. So nothing that stands is moved by what comes after it, and all compared anew stand as they did.
"""

from collections import defaultdict
from functools import partial
from typing import Any

from django.db import transaction

from faq.models import Drug
from faq.search import alike, analysis, lexicon
from faq.search.index import names
from faq.search.meaning import model, source, vectors
from faq.search.meaning.packages import Vectors, numpy
from faq.search.models import SearchGap, Synonym
from faq.search.synonyms import Meaning
from portal.chrome.models import Market
from portal.lib.locks import advisory_lock

# Texts whose meaning is found at a time: so much of a long run is kept when it is cut off.
_BATCH = 200
_GROUPED = ("about", "leader", "likeness", "is_by_words", "recipe")


def group(market: Market) -> int:
    """Groups what waits for it in `market`; returns how many questions those were."""
    recipes = _recipes(market)
    if not SearchGap.objects.filter(market=market).to_group(recipes).exists():
        return 0
    trade = _Trade(market)
    if _has_meaning(market):
        _find_meanings(trade)
    return _group(trade, recipes)


def _recipes(market: Market) -> list[str]:
    """How questions of `market` are compared now, and the better ways of which the results stay while they are shut."""
    by_words = f"{alike.RECIPE}-{analysis.language_of(market.language_tag)}-words"
    by_meaning = f"{alike.RECIPE}-{source.IDENTITY}"
    if not source.speaks(market.language_tag):
        return [by_words]
    return [by_meaning] if _has_meaning(market) else [by_words, by_meaning]


def _has_meaning(market: Market) -> bool:
    return source.speaks(market.language_tag) and model.state().is_on


class _Trade:
    """The words of a market's trade: how its medicines are called, and what staff say that words mean."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.language = analysis.language_of(market.language_tag)
        self.meanings = meanings(market, self.language)
        # The medicines that bear each name, and the names of each.
        self.bearers: dict[str, set[int]] = defaultdict(set)
        self.names: dict[int, set[str]] = defaultdict(set)
        for drug in Drug.objects.filter(market=market).order_by().prefetch_related("names"):
            for key in {analysis.key(name) for name, _ in names(drug)}:
                # A word that stands in every question names nothing, whatever is called so.
                if analysis.tokens(key, self.language):
                    self.bearers[key].add(drug.pk)
                    self.names[drug.pk].add(key)
        knows = lexicon.has_everyday(self.language)
        self._is_everyday = partial(lexicon.is_everyday, language=self.language) if knows else None

    def about(self, gap: SearchGap) -> int | None:
        """The medicine that a question was asked within, or else the only one that it names."""
        if gap.drug_id:
            return gap.drug_id
        found = [self.bearers[name] for name in alike.names_in(analysis.words(gap.text), self.bearers)]
        # A name that several medicines bear names none of them, unless another name tells which.
        named = set.intersection(*found) if found else set()
        return next(iter(named)) if len(named) == 1 else None

    def read(self, gap: SearchGap, about: int | None) -> alike.Said:
        return alike.read(
            gap.text,
            self.language,
            called=self.names.get(about, ()) if about else (),
            meanings=self.meanings,
            is_everyday=self._is_everyday,
        )


def meanings(market: Market, language: str) -> list[Meaning]:
    said = Synonym.objects.filter(language=language).exclude(kind=Synonym.Kind.UNRELATED)
    rows = said.exclude(market__isnull=False, market__in=Market.objects.exclude(pk=market.pk)).order_by("pk")
    found = []
    for typed, meant, kind in rows.values_list("typed_key", "meant_key", "kind"):
        is_intent = kind == Synonym.Kind.INTENT
        found += [Meaning(typed, meant, is_intent), *([] if is_intent else [Meaning(meant, typed, False)])]
    return found


def _find_meanings(trade: _Trade) -> None:
    """Stores the meaning of each question that has none yet."""
    waiting = SearchGap.objects.filter(market=trade.market, vector=None).order_by("pk")
    while batch := list(waiting[:_BATCH]):
        spoken = model.encode([trade.read(gap, trade.about(gap)).text for gap in batch])
        if spoken is None:
            return
        for gap, vector in zip(batch, spoken, strict=True):
            gap.vector = vectors.pack(vector)
        SearchGap.objects.bulk_update(batch, ["vector"])


@transaction.atomic
def _group(trade: _Trade, recipes: list[str]) -> int:
    advisory_lock(f"search-gaps-{trade.market.pk}")
    gaps = SearchGap.objects.filter(market=trade.market)
    waiting = list(gaps.to_group(recipes).order_by("first_asked", "pk"))
    shelves: dict[int | None, _Leaders] = defaultdict(_Leaders)
    for leader in gaps.filter(recipe__in=recipes, leader=None, likeness=None).order_by("first_asked", "pk"):
        shelves[leader.about_id].add(leader, trade.read(leader, leader.about_id))
    for gap in waiting:
        gap.about_id, gap.recipe = trade.about(gap), recipes[0]
        gap.leader_id, gap.likeness, gap.is_by_words = None, None, False
        shelves[gap.about_id].take(gap, trade.read(gap, gap.about_id))
    SearchGap.objects.bulk_update(waiting, _GROUPED, batch_size=1000)
    return len(waiting)


class _Leaders:
    """The questions about one medicine that lead others."""

    def __init__(self) -> None:
        self._gaps: list[SearchGap] = []
        self._said: list[alike.Said] = []
        self._by_token: dict[str, list[int]] = defaultdict(list)
        self._meant = _Meant()

    def add(self, gap: SearchGap, said: alike.Said) -> None:
        place = len(self._gaps)
        self._gaps.append(gap)
        self._said.append(said)
        for token in _leads_to(said):
            self._by_token[token].append(place)
        self._meant.add(gap.vector)

    def take(self, gap: SearchGap, said: alike.Said) -> None:
        """Lets `gap` follow the leader that it is most alike, the older one of two; without one it leads."""
        cosines = self._meant.nearest(gap.vector)
        places = {place for token in _leads_to(said) for place in self._by_token.get(token, ())} | cosines.keys()
        best: tuple[float, int, bool] | None = None
        for place in sorted(places):
            found = alike.nearness(self._said[place], said, cosines.get(place))
            if found and (best is None or found[0] > best[0]):
                best = found[0], place, found[1]
        if best is None:
            self.add(gap, said)
            return
        gap.leader_id = self._gaps[best[1]].pk
        gap.likeness, gap.is_by_words = max(1, min(100, round(100 * best[0]))), best[2]


def _leads_to(said: alike.Said) -> set[str]:
    """Whatever two questions that hold each other's words have in common."""
    return {*said.tokens, *(token for groups in said.others.values() for group in groups for token in group)} or {""}


class _Meant:
    """The meanings of leaders in the order of their places, compared all at once."""

    def __init__(self) -> None:
        self._rows: Any = None
        self._places: list[int] = []
        self._number = 0

    def add(self, packed: Any) -> None:
        place, self._number = self._number, self._number + 1
        if packed is None or numpy is None:
            return
        if self._rows is None or len(self._places) == len(self._rows):
            more = numpy.zeros((max(64, 2 * len(self._places)), source.DIMENSIONS), dtype=numpy.float32)
            more[: len(self._places)] = self._rows[: len(self._places)] if self._places else 0
            self._rows = more
        self._rows[len(self._places)] = vectors.unpack(bytes(packed))
        self._places.append(place)

    def nearest(self, packed: Any) -> dict[int, float]:
        """How near those are that may mean the same, by their places."""
        if packed is None or not self._places:
            return {}
        found: Vectors = self._rows[: len(self._places)] @ vectors.unpack(bytes(packed))
        near = numpy.flatnonzero(found >= alike.BY_BOTH).tolist()
        return {self._places[row]: float(found[row]) for row in near}
