"""Asks the index what it knows of the words of a question: how common they are, whom they name, what they mean."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from faq.search import analysis, query, spelling
from faq.search.meaning import model, source
from faq.search.results import Correction
from faq.search.synonyms import Meaning
from portal.chrome.models import Market

# The empty word stands for how many answers there are: `index.row` counts it once for each. The planner does not see
# how many phrases there are: it would weigh them for longer than they take to find.
_KNOWN = """
WITH asked AS MATERIALIZED (SELECT string_to_array(%(phrases)s, '|') AS phrases)
SELECT 'word', stem, sum(answers)::text, sum(heads)::text FROM search_searchword
WHERE market_id = %(market)s AND stem = ANY(%(stems)s) GROUP BY stem
UNION ALL
SELECT 'kin', word.stem, '', '' FROM search_searchword word
    JOIN search_searchname name ON name.market_id = word.market_id AND name.key = word.word
WHERE word.market_id = %(market)s AND word.stem = ANY(%(stems)s)
UNION ALL
SELECT 'name', key, drug_id::text, kind FROM search_searchname
WHERE market_id = %(market)s AND key = ANY((SELECT phrases FROM asked)::text[])
UNION ALL
SELECT kind, typed_key, meant_key, '' FROM search_synonym
WHERE language = %(language)s AND (market_id IS NULL OR market_id = %(market)s)
    AND (typed_key = ANY((SELECT phrases FROM asked)::text[])
        OR meant_key = ANY((SELECT phrases FROM asked)::text[]) AND kind <> 'intent')
UNION ALL
SELECT DISTINCT 'learnt', short_key, long_key, '' FROM search_learntabbreviation abbreviation
    JOIN search_searchentry entry ON entry.faq_id = abbreviation.entry_id AND entry.market_id = %(market)s
    JOIN faq_faqversion version ON version.id = entry.version_id AND version.status = 'published'
WHERE short_key = ANY((SELECT phrases FROM asked)::text[]) OR long_key = ANY((SELECT phrases FROM asked)::text[])
"""
_NEAR = """
SELECT word.word, word.answers, name.drug_id
FROM search_searchword word
    LEFT JOIN search_searchname name ON name.market_id = word.market_id AND name.key = word.word
        AND name.kind <> 'misspelling'
WHERE word.market_id = %s AND word.word = ANY((SELECT string_to_array(%s, ' '))::text[])
"""
_WORD = re.compile(r"[^\W_]+")


class Knowledge(NamedTuple):
    """What the index knows of the words of a question."""

    # Of each token, how many answers hold it, and how many outside of their body; '' stands for all answers.
    answers: dict[str, int]
    heads: dict[str, int]
    # Those of the tokens that are also the stem of a drug's name.
    kin: set[str]
    # The drugs that bear a name found among the words, by its key.
    names: dict[str, set[int]]
    meanings: list[Meaning]


class Doubt(NamedTuple):
    """A word that is one edit away from the names of several drugs."""

    typed: str
    drugs: list[int]


class Spelling(NamedTuple):
    """The words as they are searched, what of them was corrected, and what could not be without a guess."""

    words: tuple[str, ...]
    corrections: list[Correction]
    doubts: list[Doubt]


def look_up(words: tuple[str, ...], market: Market) -> Knowledge:
    """What the index of `market` knows of `words`, in one query."""
    language = analysis.language_of(market.language_tag)
    stems = {"", *analysis.stems(words, language).values()}
    asked: dict[str, Any] = {"market": market.pk, "language": language, "stems": [*stems]}
    asked["phrases"] = "|".join(query.phrases(words))
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, asked)
        rows = cursor.fetchall()
    answers = {token: int(count) for kind, token, count, _ in rows if kind == "word"}
    heads = {token: int(count) for kind, token, _, count in rows if kind == "word"}
    names: dict[str, set[int]] = defaultdict(set)
    for kind, key, drug, _ in rows:
        if kind == "name":
            names[key].add(int(drug))
    kin = {token for kind, token, _, _ in rows if kind == "kin"}
    meanings = list(_meanings((kind, one, other) for kind, one, other, _ in rows))
    return Knowledge(answers, heads, kin, dict(names), meanings)


def correct(words: tuple[str, ...], knowledge: Knowledge, exact: frozenset[str], market: Market) -> Spelling:
    """`words` with those corrected that no answer holds; nothing is asked where there are none.

    What stands in quotes, belongs to a name or to a synonym, or is an English word that no answer happens to hold, is
    no typing error. What has the stem of a name (corvadun, as if of corvadune) may be the slip of that, but of nothing
    else.
    """
    language = analysis.language_of(market.language_tag)
    settled = {part for name in knowledge.names for part in name.split()} | exact
    settled.update(part for meaning in knowledge.meanings for part in meaning.typed.split())
    stems = analysis.stems(words, language)
    unknown = {word for word, stem in stems.items() if not knowledge.answers.get(stem)}
    doubtful = [
        word
        for word, stem in stems.items()
        if (word in unknown or stem in knowledge.kin) and word not in settled and not is_everyday(word, language)
    ]
    near = {word: sorted(spelling.near(word)) for word in doubtful}
    if not any(near.values()):
        return Spelling(words, [], [])
    known, drugs = _reach(near, market)
    is_known = has_everyday(language)
    likely = {
        typed: {
            word: known[word]
            for word in words_near
            if word in known
            and (word in drugs or (typed in unknown and spelling.is_likely(typed, word, is_language_known=is_known)))
        }
        for typed, words_near in near.items()
    }
    return _corrected(words, likely, drugs)


def has_everyday(language: str) -> bool:
    """Whether the common words of a language are known: those that the sentence model has in one piece."""
    return source.speaks(language) and model.state().is_on


def is_everyday(word: str, language: str) -> bool:
    """Whether `word`, or what it is the plural of, is a common word of a language, as far as that is known."""
    return source.speaks(language) and any(model.knows(form) for form in (word, *_singulars(word)))


def _singulars(word: str) -> list[str]:
    return [word[: -len(ending)] for ending in ("s", "es") if word.endswith(ending) and len(word) > len(ending) + 2]


def respelt(text: str, corrections: Iterable[Correction]) -> str:
    """`text` with its corrected words, for people and for the sentence model."""
    meant = {correction.typed: correction.meant for correction in corrections}
    return _WORD.sub(lambda found: meant.get(analysis.normal(found[0]), found[0]), text)


def as_written(corrections: Iterable[Correction], texts: Iterable[str]) -> list[Correction]:
    """`corrections` with the accents that their words have in `texts`: Kühlschrank, where kuhlschrank was searched."""
    sought = {correction.meant for correction in corrections}
    written = (word for text in texts for word in _WORD.findall(text) if not word.isascii())
    accented = {analysis.normal(word): word for word in written if analysis.normal(word) in sought}
    return [Correction(typed, accented.get(meant, meant)) for typed, meant in corrections]


def _corrected(words: tuple[str, ...], known: dict[str, dict[str, int]], drugs: dict[str, set[int]]) -> Spelling:
    meant: dict[str, str] = {}
    doubts = []
    for typed, counts in known.items():
        named = {word: tuple(sorted(drugs[word])) for word in counts if word in drugs}
        picked = spelling.pick(typed, counts, named)
        if picked is not None:
            meant[typed] = picked
        elif named:
            doubts.append(Doubt(typed, sorted({drug for found in named.values() for drug in found})))
    corrections = [Correction(typed, meant[typed]) for typed in dict.fromkeys(words) if typed in meant]
    return Spelling(tuple(meant.get(word, word) for word in words), corrections, doubts)


def _reach(near: dict[str, list[str]], market: Market) -> tuple[dict[str, int], dict[str, set[int]]]:
    """Of the words of `near` that are known, how many answers hold each, and the drugs that those name which do."""
    known: dict[str, int] = {}
    drugs: dict[str, set[int]] = defaultdict(set)
    words = {word for found in near.values() for word in found}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [market.pk, " ".join(words)])
        for word, answers, drug in cursor.fetchall():
            known[word] = answers
            if drug is not None:
                drugs[word].add(drug)
    return known, drugs


def _meanings(rows: Iterable[tuple[str, str, str]]) -> Iterable[Meaning]:
    rows = list(rows)
    unrelated = {frozenset((one, other)) for kind, one, other in rows if kind == "unrelated"}
    for kind, one, other in rows:
        if kind == "intent":
            yield Meaning(one, other, is_intent=True)
        elif kind in ("synonym", "abbreviation", "learnt") and frozenset((one, other)) not in unrelated:
            yield Meaning(one, other, is_intent=False)
            yield Meaning(other, one, is_intent=False)
