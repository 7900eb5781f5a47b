"""Fetches the answers that may answer a question, with what is needed to rank and to narrow them."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from django.db import connection

from faq.search.synonyms import Terms
from portal.chrome.models import Market

# How many candidates there are at most of each kind. Of matches of a word with an answer so many are `read`, the
# weightiest words first: among a million answers, common words have more than can be read in time. Where that was too
# few, so many of the best are `remeasured`, by all words.
_MOST = {
    "in_scope": 150,
    "mentions": 60,
    "heads": 120,
    "bodies": 60,
    "nearest": 60,
    "read": 8_000,
    "remeasured": 400,
}
# The rarest tokens find the candidates. One that every twelfth answer holds (its rarity is 2.5) does not, where two
# rarer ones do: it costs the most and says the least.
_SEEKING, _PAIRED, _COMMON = 10, 4, 2.5
# What a token that was intended is worth beside one that was typed.
_INTENDED = 0.5
# The rarity of a token that one answer in a hundred holds.
_VERY_RARE = 4.6

# Of a scope all answers are candidates, or of very many those whose head fits best; and those of other drugs that
# mention what the scope is named by, as the answer about one drug's interactions does with the other drug.
_WITHIN = """
scope AS MATERIALIZED (
    SELECT unnest(%(drugs)s::bigint[]) AS drug_id
    UNION
    SELECT drug_id FROM search_searchname
    WHERE market_id = %(market)s
        AND array_to_tsvector(array_remove(string_to_array(key, ' '), '')) @@ %(families)s::tsquery
), within AS (
    SELECT entry.faq_id
    FROM (
        SELECT faq_id, head FROM search_searchentry
        WHERE drug_id IN (SELECT drug_id FROM scope) AND market_id = %(market)s OFFSET 0
    ) AS entry LEFT JOIN terms ON entry.head @@ term
    GROUP BY entry.faq_id
    ORDER BY coalesce(sum(worth * ts_rank(%(weights)s::float4[], entry.head, term, 1)), 0) DESC, entry.faq_id
    LIMIT %(in_scope)s
), found AS (
    SELECT faq_id FROM within UNION ({mentions})
)
"""
_MENTIONS = """
    SELECT faq_id FROM search_searchentry
    WHERE (head @@ %(named)s::tsquery OR rest @@ %(named)s::tsquery) AND market_id = %(market)s LIMIT %(mentions)s
"""
_NOBODY = "SELECT NULL::bigint AS faq_id WHERE false"
_EVERYWHERE = """
matches AS MATERIALIZED (
    SELECT entry.faq_id, worth * ts_rank(%(weights)s::float4[], entry.head, term, 1) AS fit
    FROM terms CROSS JOIN LATERAL (
        SELECT faq_id, head FROM search_searchentry WHERE head @@ term AND market_id = %(market)s OFFSET 0
    ) AS entry LIMIT %(read)s
), fitting AS (
    SELECT faq_id, sum(fit) AS fit FROM matches GROUP BY faq_id ORDER BY fit DESC, faq_id LIMIT %(remeasured)s
), heads AS (
    SELECT faq_id FROM fitting LEFT JOIN LATERAL (
        SELECT sum(worth * ts_rank(%(weights)s::float4[], head, term, 1)) AS whole
        FROM search_searchentry entry JOIN terms ON head @@ term
        WHERE entry.faq_id = fitting.faq_id AND (SELECT count(*) FROM matches) = %(read)s
    ) AS measured ON true
    ORDER BY coalesce(whole, fit) DESC, faq_id LIMIT %(heads)s
), bodies AS (
    SELECT faq_id FROM search_searchentry WHERE rest @@ %(pairs)s::tsquery AND market_id = %(market)s LIMIT %(bodies)s
), nearest AS (
    {nearest}
), found AS (
    SELECT faq_id FROM heads UNION SELECT faq_id FROM bodies UNION SELECT faq_id FROM nearest
)
"""
_NEAREST_BITS = """
    SELECT faq_id FROM search_searchentry WHERE market_id = %(market)s AND bits IS NOT NULL
    ORDER BY bits <~> %(bits)s::bit(384) LIMIT %(nearest)s
"""
# As an array, the keys are looked up one by one: joined, they would make the planner read all answers.
_FETCH = """
WITH terms AS MATERIALIZED (
    SELECT quote_literal(token)::tsquery AS term, worth
    FROM unnest(%(tokens)s::text[], %(worth)s::float[]) AS sought(token, worth)
), {found}
SELECT entry.faq_id, entry.version_id, faq.number, faq.label_status, faq.drug_id, entry.names, entry.phrasings,
    entry.question, entry.topics, entry.answer, entry.body,
    CASE WHEN entry.model = %(model)s THEN entry.vector END, {in_scope}
FROM search_searchentry entry JOIN faq_faq faq ON faq.id = entry.faq_id AND faq.market_id = %(market)s
    AND faq.drug_id = entry.drug_id
WHERE entry.faq_id = ANY(ARRAY(SELECT faq_id FROM found))
  AND (%(unlabelled)s OR faq.label_status = 'on-label' OR {in_scope})
"""
# What is published today decides, not what the index says.
_PUBLISHED = """
SELECT version.id, drug.slug, drug.name, category.slug, category.name, topic.id, topic.name
FROM faq_faqversion version
    JOIN faq_faq faq ON faq.id = version.faq_id
    JOIN faq_drug drug ON drug.id = faq.drug_id
    JOIN faq_category category ON category.id = drug.category_id
    LEFT JOIN faq_faq_topics link ON link.faq_id = faq.id
    LEFT JOIN faq_topic topic ON topic.id = link.topic_id
WHERE version.id = ANY(%s) AND version.status = 'published'
ORDER BY topic."order", topic.name
"""
_COUNT = """
SELECT stem, sum(answers), sum(heads) FROM search_searchword
WHERE market_id = %s AND stem = ANY(%s) GROUP BY stem
"""
_WEIGHTS = [0.1, 0.3, 0.6, 1.0]


class Candidate(NamedTuple):
    """One published answer that may answer the question; fields of tokens as in SearchEntry."""

    faq: int
    version: int
    number: int
    label_status: str
    drug: int
    names: str
    phrasings: str
    question: str
    topics: str
    answer: str
    body: str
    vector: bytes | None
    # Whether it is about a drug of the scope; false where there is no scope.
    is_in_scope: bool
    # What `published` adds, for those that are shown; topics each with its key.
    drug_slug: str = ""
    drug_name: str = ""
    category_slug: str = ""
    category_name: str = ""
    filed: tuple[tuple[int, str], ...] = ()

    def holds(self, tokens: Sequence[str]) -> bool:
        """Whether the answer has these tokens one after the other, in any of its fields."""
        run = f" {' '.join(tokens)} "
        fields = (self.names, self.phrasings, self.question, self.topics, self.answer, self.body)
        return any(run in field for field in fields)


_FILING = ("drug_slug", "drug_name", "category_slug", "category_name")


class Scope(NamedTuple):
    """The drugs to stay with: rows, and names all of whose words a drug's name has (warfarin: warfarin sodium)."""

    drugs: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    # The tokens of each of those names, by which answers of other drugs are found that mention them.
    named: tuple[tuple[str, ...], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is none."""
        return not self.drugs and not self.families


def find(
    terms: Terms, rarities: Mapping[str, float], market: Market, scope: Scope, meaning: tuple[str, str] | None
) -> list[Candidate]:
    """The published answers of `market`, or of `scope` in it, that hold what `terms` say or are near in meaning.

    `meaning` is the name of the model and the signs of the question's vector; None where meaning takes no part.
    """
    weights = {**{token: _INTENDED * weight for token, weight in terms.intended.items()}, **terms.sought}
    known = {token: weight * rarities[token] for token, weight in weights.items() if rarities.get(token)}
    seeking = _seeking(known, rarities)
    weightiest = sorted(seeking, key=lambda token: -known[token])
    model, bits = meaning or ("", "")
    asked: dict[str, Any] = {
        **_MOST,
        "weights": _WEIGHTS,
        "market": market.pk,
        "drugs": list(scope.drugs),
        "families": " | ".join(f"({_all_of(name.split())})" for name in scope.families),
        "named": " | ".join(f"({_all_of(tokens)})" for tokens in scope.named),
        "tokens": weightiest,
        "worth": [known[token] for token in weightiest],
        "pairs": _pairs(seeking, rarities),
        "bits": bits or None,
        "model": model,
        "unlabelled": market.search_unlabelled == Market.Unlabelled.FOUND,
    }
    if not scope.is_open:
        found = _WITHIN.format(mentions=_MENTIONS if scope.named else _NOBODY)
    else:
        found = _EVERYWHERE.format(nearest=_NEAREST_BITS if bits else _NOBODY)
    in_scope = "false" if scope.is_open else "faq.drug_id IN (SELECT drug_id FROM scope)"
    with connection.cursor() as cursor:
        cursor.execute(_FETCH.format(found=found, in_scope=in_scope), asked)
        return [Candidate(*row) for row in cursor.fetchall()]


def published(found: Sequence[Candidate]) -> list[Candidate]:
    """Those of `found` whose version is published, in their order, with where each is filed."""
    if not found:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED, [[candidate.version for candidate in found]])
        rows = cursor.fetchall()
    filing: dict[int, dict[str, Any]] = {version: dict(zip(_FILING, filed, strict=False)) for version, *filed in rows}
    topics: dict[int, list[tuple[int, str]]] = {version: [] for version in filing}
    for version, *_, number, name in rows:
        if number is not None:
            topics[version].append((number, name))
    here = [candidate for candidate in found if candidate.version in filing]
    return [
        candidate._replace(**filing[candidate.version], filed=tuple(topics[candidate.version])) for candidate in here
    ]


def _seeking(known: Mapping[str, float], rarities: Mapping[str, float]) -> list[str]:
    """The tokens that find candidates, the rarest first."""
    rarest = sorted(known, key=lambda token: (-rarities[token], token))[:_SEEKING]
    return [token for place, token in enumerate(rarest) if place < 2 or rarities[token] > _COMMON]


def _pairs(seeking: Sequence[str], rarities: Mapping[str, float]) -> str:
    """What the body of a candidate holds: two of the rarest tokens, or one that is very rare or the only one."""
    alone = [token for token in seeking[:1] if len(seeking) == 1 or rarities[token] > _VERY_RARE]
    pairs = [*((token,) for token in alone), *combinations(seeking[:_PAIRED], 2)]
    return " | ".join(f"({_all_of(pair)})" for pair in pairs)


def _all_of(tokens: Sequence[str]) -> str:
    return " & ".join(f"'{token}'" for token in tokens)


def counts(tokens: Sequence[str], market: Market) -> dict[str, tuple[int, int]]:
    """Of each token, how many answers of `market` hold it, and how many outside of their body."""
    if not tokens:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [market.pk, list(tokens)])
        return {token: (int(answers), int(heads)) for token, answers, heads in cursor.fetchall()}
