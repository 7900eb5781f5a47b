"""The one door to search: approved answers for what a visitor typed."""

from collections.abc import Sequence
from itertools import chain

from django.db.models import F

from faq.models import Drug, FaqVersion
from faq.search import analysis, candidates, excerpts, facets, floor, lexicon, nearby, ranking
from faq.search.candidates import Candidate
from faq.search.excerpts import Sought
from faq.search.ranking import Score
from faq.search.results import PER_PAGE, Correction, Hit, Narrowing, Results
from faq.search.understanding import Asked, cosines, meaning, understand
from portal.chrome.models import Market
from portal.lib import html

# No visitor reads past this many; more would only say that common words are common.
MOST = 50
# An answer that fits so much worse than the best one shares no more than a common word with the question.
LEAST_OF_BEST = 0.55
# One of the first so many has to be an answer, or there is none; where none is certain, no more than these are shown.
_TRUSTED = 3
# What a word that was not typed, but intended, is worth in a passage beside one that was typed.
_INTENDED = 0.3
_LINES = {"lines": F("faq__search_entry__text")}
# What a page of results shows of a version, its FAQ and its drug; a column more would cost each search.
_SHOWN = (
    *("faq", "question", "rendered_short_answer", "last_reviewed", "status"),
    *("faq__market", "faq__number", "faq__slug", "faq__content_id", "faq__label_status", "faq__drug"),
    *("faq__drug__market", "faq__drug__slug", "faq__drug__name", "faq__drug__generic_name"),
)


_EVERYTHING = Narrowing()


def search(
    text: str,
    market: Market,
    drug: Drug | None = None,
    *,
    page: int = 1,
    narrowing: Narrowing = _EVERYTHING,
    exact: bool = False,
    everywhere: bool = False,
) -> Results:
    """The published answers of `market`, or of one of its drugs, that answer `text`, a page of PER_PAGE of them.

    `exact` searches what was typed, without correcting it; `everywhere` keeps to no drug that the words name.
    """
    asked = understand(text, market, drug, exact=exact, everywhere=everywhere)
    found = _found(asked)
    is_sure = _is_sure(asked, found)
    answering = _answering(asked, found)[: MOST if is_sure else _TRUSTED]
    near = [] if answering else nearby.among(asked, found)
    left = facets.narrowed(answering, narrowing)
    pages = max(1, -(-len(left) // PER_PAGE))
    page = min(max(1, page), pages)
    hits = _hits(left, page, asked)
    return Results(
        hits=hits,
        total=len(left),
        page=page,
        pages=pages,
        is_capped=len(answering) >= MOST,
        facets=facets.count(answering, narrowing),
        is_sure=is_sure,
        foreign=asked.foreign,
        scope=asked.scope_drugs,
        corrections=_as_written(asked, hits),
        look_alikes=asked.look_alikes,
        order=[candidate.faq for candidate, _ in found[:PER_PAGE]],
        nearest_drugs=nearby.drugs(asked, near),
        nearest_topics=nearby.topics(near),
    )


def _found(asked: Asked) -> list[tuple[Candidate, Score]]:
    """The published candidates, the best first, as many as may be shown."""
    ranked = _ranked(asked)[:MOST]
    published = {candidate.version: candidate for candidate in candidates.published([found for found, _ in ranked])}
    return [(published[found.version], score) for found, score in ranked if found.version in published]


def _ranked(asked: Asked) -> list[tuple[Candidate, Score]]:
    """The candidates, the best first; those of a drug that was merely named, in the order that staff gave them."""
    wanted = _wanted(asked)
    if asked.is_name_only:
        return [(candidate, Score(1, 0, 1, 1)) for candidate in sorted(wanted, key=lambda candidate: candidate.number)]
    near = cosines(asked, wanted)
    return [
        (wanted[place], score) for place, score in ranking.rank(wanted, asked.terms, asked.rarities, asked.worth, near)
    ]


def _wanted(asked: Asked) -> list[Candidate]:
    """The candidates without those that have what was excluded; with the phrases, where there are such."""
    if not asked.query.words:
        return []
    fetched = candidates.find(asked.terms, asked.rarities, asked.market, asked.scope, meaning(asked))
    unwanted = [analysis.tokens(" ".join(words), asked.language) for words in asked.query.excluded]
    wanted = [found for found in fetched if not any(found.holds(tokens) for tokens in unwanted if tokens)]
    phrases = [analysis.tokens(" ".join(words), asked.language) for words in asked.query.phrases]
    literal = [found for found in wanted if all(found.holds(tokens) for tokens in phrases)]
    return literal if phrases and literal else wanted


def _answering(asked: Asked, found: Sequence[tuple[Candidate, Score]]) -> list[Candidate]:
    """Those of `found` that answer the question; none where the best of them does not."""
    if asked.is_name_only:
        return [candidate for candidate, _ in found]
    if not any(_reaches(asked, *pair) for pair in found[:_TRUSTED]):
        return []
    least = LEAST_OF_BEST * max(score.fit for _, score in found)
    return [candidate for candidate, score in found if score.fit >= least or score.words >= LEAST_OF_BEST]


def _is_sure(asked: Asked, found: Sequence[tuple[Candidate, Score]]) -> bool:
    if asked.is_name_only:
        return True
    return not asked.foreign and not asked.is_strange and any(_is_certain(asked, *pair) for pair in found[:_TRUSTED])


def _reaches(asked: Asked, candidate: Candidate, score: Score) -> bool:
    share = floor.coverage(candidate, asked.terms, asked.worth)
    about_named = candidate.is_in_scope
    # With the name of another medicine beside that of a drug here, somebody asks how both go together.
    is_strange = asked.is_strange and not asked.others
    return floor.is_reached(share, _cosine(asked, score), is_about_named=about_named, is_strange=is_strange)


def _is_certain(asked: Asked, candidate: Candidate, score: Score) -> bool:
    is_scoped = not asked.scope.is_open
    if (is_scoped and not candidate.is_in_scope) or (not is_scoped and not _names(candidate, asked)):
        return False
    asks_more = is_scoped and not asked.named.issuperset(asked.terms.typed)
    besides = asked.named if asks_more else frozenset()
    share = floor.coverage(candidate, asked.terms, asked.worth, besides)
    return floor.is_certain(share, _cosine(asked, score), is_scoped=is_scoped)


def _names(candidate: Candidate, asked: Asked) -> bool:
    """Whether it is about a drug that was named, or mentions it; true of all where none was named."""
    return not asked.named or any(candidate.holds([token]) for token in asked.named)


def _cosine(asked: Asked, score: Score) -> float | None:
    return None if asked.vector is None else score.meaning


def _hits(found: Sequence[Candidate], page: int, asked: Asked) -> list[Hit]:
    here = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    if not here:
        return []
    versions = {version.pk: version for version in _fetched(asked.market, here)}
    sought = Sought(_worth(asked), asked.language)
    return [_hit(versions[found.version], sought) for found in here if found.version in versions]


def _worth(asked: Asked) -> dict[str, float]:
    """What to mark. The name of the drug that all results are about says nothing about one of them."""
    told = frozenset() if asked.scope.is_open or asked.is_name_only else asked.named
    intended = {token: _INTENDED * weight for token, weight in asked.terms.intended.items()}
    weights = {**intended, **asked.terms.sought}
    return {token: weight * asked.rarities.get(token, 0.0) for token, weight in weights.items() if token not in told}


def _hit(version: FaqVersion, sought: Sought) -> Hit:
    return Hit(
        version,
        excerpts.marked(version.question, sought),
        excerpts.marked(html.text(version.rendered_short_answer), sought),
        excerpts.marked(excerpts.passage(version.lines, sought), sought),
    )


def _as_written(asked: Asked, hits: Sequence[Hit]) -> list[Correction]:
    versions = [hit.version for hit in hits] if asked.corrections else []
    texts = [(version.question, html.text(version.rendered_short_answer), version.lines) for version in versions]
    return lexicon.as_written(asked.corrections, chain.from_iterable(texts))


def _fetched(market: Market, here: Sequence[Candidate]) -> list[FaqVersion]:
    """The versions to show, from the content: one that is not published any more shows nothing."""
    published = FaqVersion.objects.published().filter(faq__market=market)
    found = published.filter(pk__in=[candidate.version for candidate in here]).select_related("faq__drug")
    versions = list(found.annotate(**_LINES).only(*_SHOWN).order_by())
    for version in versions:
        # Joined to each row, the market's many texts would cost more than everything else.
        version.faq.market = version.faq.drug.market = market
    return versions
