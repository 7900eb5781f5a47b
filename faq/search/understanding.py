"""What a visitor asks for, understood by what the index knows: words, drugs, meanings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from faq.models import Drug
from faq.search import analysis, candidates, floor, inn, lexicon, ranking
from faq.search.candidates import Candidate, Scope
from faq.search.lexicon import Knowledge, Spelling
from faq.search.meaning import model, source, vectors
from faq.search.meaning.packages import Vector
from faq.search.query import Query, parse
from faq.search.results import Correction, LookAlike
from faq.search.synonyms import Terms, expand
from portal.chrome.models import Market


class Asked(NamedTuple):
    """A question as it is searched."""

    query: Query
    market: Market
    # As they are searched: corrected, in order, stop words included.
    words: tuple[str, ...]
    corrections: list[Correction]
    look_alikes: list[LookAlike]
    terms: Terms
    rarities: Mapping[str, float]
    # What it counts that an answer holds each token that was typed (`floor.worth`).
    worth: Mapping[str, float]
    # Where the search stays, and the drugs that the reader is told of as recognised in the words.
    scope: Scope
    scope_drugs: list[Drug]
    # Tokens of the names of drugs that were recognised.
    named: frozenset[str]
    # Medicines that were named and are no drug here, and whether any word is strange to all answers.
    others: list[str]
    is_strange: bool
    vector: Vector | None

    @property
    def language(self) -> str:
        return analysis.language_of(self.market.language_tag)

    @property
    def foreign(self) -> list[str]:
        """The medicines that were asked about, if none of them is a drug here."""
        return self.others if self.scope.is_open and not self.named else []

    @property
    def is_name_only(self) -> bool:
        """Whether nothing but the name of a drug was asked within that drug."""
        return not self.scope.is_open and self.terms.sought.keys() <= self.named and not self.terms.intended


def understand(text: str, market: Market, drug: Drug | None, *, exact: bool, everywhere: bool) -> Asked:
    """Reads `text`, asks the index what it knows of its words, and says where and what to search."""
    query = parse(text)
    knowledge = lexicon.look_up(query.words, market)
    spelling = Spelling(query.words, [], [])
    if not exact:
        spelling = lexicon.correct(query.words, knowledge, query.exact, market)
        if spelling.corrections:
            knowledge = lexicon.look_up(spelling.words, market)
    language = analysis.language_of(market.language_tag)
    terms = expand(spelling.words, knowledge.meanings, knowledge.heads, language)
    own = _recognised(spelling.words, knowledge, language)
    recognised = {} if everywhere else own
    scope = Scope((drug.pk,)) if drug else _scope(recognised, language)
    drugs = _drugs({*(number for found in recognised.values() for number in found)}, spelling, market)
    rarities = _rarities(terms, knowledge, market)
    everyday = _everyday(spelling.words, rarities, language)
    return Asked(
        query=query,
        market=market,
        words=spelling.words,
        corrections=spelling.corrections,
        look_alikes=[
            LookAlike(doubt.typed, [drugs[number] for number in doubt.drugs if number in drugs])
            for doubt in spelling.doubts
        ],
        terms=terms,
        rarities=rarities,
        worth=_worth(terms, rarities, knowledge.answers.get("", 0), everyday),
        scope=scope,
        scope_drugs=[] if drug else [drugs[n] for found in recognised.values() for n in sorted(found) if n in drugs],
        named=frozenset(token for name in own for token in analysis.tokens(name, language)),
        others=_others(spelling.words, own),
        is_strange=_is_strange(terms, rarities, everyday, language),
        vector=_vector(query, spelling, market),
    )


def cosines(asked: Asked, found: Sequence[Candidate]) -> list[float] | None:
    """How near each of `found` is to the question in meaning; None where meaning takes no part."""
    if asked.vector is None:
        return None
    places = [place for place, candidate in enumerate(found) if candidate.vector is not None]
    near = vectors.cosines(asked.vector, [bytes(found[place].vector or b"") for place in places])
    measured = [0.0] * len(found)
    for place, cosine in zip(places, near, strict=True):
        measured[place] = max(0.0, float(cosine))
    return measured


def meaning(asked: Asked) -> tuple[str, str] | None:
    """The name of the model and the signs of the question's vector, by which the nearest answers are found."""
    return None if asked.vector is None else (source.IDENTITY, vectors.bits(asked.vector))


def _recognised(words: tuple[str, ...], knowledge: Knowledge, language: str) -> dict[str, set[int]]:
    """The names of drugs among `words`, the longest first wherever two overlap, with the drugs that bear them."""
    found: dict[str, set[int]] = {}
    taken: set[int] = set()
    # What staff say that it means something is no name, whatever a drug is called.
    explained = {meaning.typed for meaning in knowledge.meanings if meaning.is_intent}
    places = [
        (start, name.split())
        for name in knowledge.names
        if name not in explained and not all(analysis.is_stop(word, language) for word in name.split())
        for start in range(len(words))
        if words[start : start + len(name.split())] == tuple(name.split())
    ]
    for start, parts in sorted(places, key=lambda place: (-len(place[1]), place[0])):
        covered = set(range(start, start + len(parts)))
        if not covered & taken:
            taken |= covered
            found[" ".join(parts)] = knowledge.names[" ".join(parts)]
    return found


def _others(words: Iterable[str], own: Iterable[str]) -> list[str]:
    known = {part for name in own for part in name.split()}
    return [word for word in dict.fromkeys(words) if word not in known and inn.is_one(word)]


def _scope(recognised: Iterable[str], language: str) -> Scope:
    named = {name: tuple(analysis.tokens(name, language)) for name in recognised}
    return Scope(families=tuple(named), named=tuple(named.values()))


def _drugs(named: set[int], spelling: Spelling, market: Market) -> dict[int, Drug]:
    numbers = named | {number for doubt in spelling.doubts for number in doubt.drugs}
    if not numbers:
        return {}
    drugs = {drug.pk: drug for drug in Drug.objects.filter(pk__in=numbers)}
    for drug in drugs.values():
        drug.market = market
    return drugs


def _rarities(terms: Terms, knowledge: Knowledge, market: Market) -> dict[str, float]:
    total = knowledge.answers.get("", 0)
    unasked = [token for token in (*terms.sought, *terms.intended) if token not in knowledge.answers]
    held = {**knowledge.answers, **{token: found[0] for token, found in candidates.counts(unasked, market).items()}}
    return {token: ranking.rarity(answers, total) for token, answers in held.items() if token}


def _everyday(words: Iterable[str], rarities: Mapping[str, float], language: str) -> set[str]:
    """The tokens of those of `words` that are common in the language, though no answer holds them."""
    typed = {token: word for word, token in analysis.stems(words, language).items()}
    return {token for token, word in typed.items() if token not in rarities and lexicon.is_everyday(word, language)}


def _worth(terms: Terms, rarities: Mapping[str, float], answers: int, everyday: set[str]) -> dict[str, float]:
    rarest = ranking.rarity(0, answers)
    return {
        token: floor.worth(token, rarities.get(token), rarest, is_everyday=token in everyday) for token in terms.typed
    }


def _is_strange(terms: Terms, rarities: Mapping[str, float], everyday: set[str], language: str) -> bool:
    """Whether a token is most likely a name that no answer holds; no where no everyday word is known."""
    explained = {*terms.same, *terms.means}
    return lexicon.has_everyday(language) and any(
        token not in explained and floor.is_strange(token, rarities.get(token), is_everyday=token in everyday)
        for token in terms.typed
    )


def _vector(query: Query, spelling: Spelling, market: Market) -> Vector | None:
    if not query.words or not source.speaks(market.language_tag):
        return None
    return model.vector(lexicon.respelt(query.text, spelling.corrections))
