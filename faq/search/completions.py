"""What begins with what somebody typed: the queries behind suggestions, each bounded whatever was typed."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from faq.models import Drug
from faq.search.begun import Word, everything, something
from portal.chrome.models import Market

# The hundredth word says no more of how common a beginning is; the headings of a market are fewer than these.
_COUNTED, _HEADINGS = 100, 500
# Of so many answers that hold the words, those with the shortest questions are looked at, for most of these was typed.
# A beginning that more answers hold says too little of any of them: the next letter will say more.
_HELD, _LOOKED_AT = 500, 30

# Each word comes with all its spellings in one text, which is much faster to send than an array of hundreds.
_COUNT = """
SELECT 'word', word.place, begun.spelling, counted.words, counted.heads
FROM unnest(%(spellings)s::text[], %(whole)s::boolean[]) WITH ORDINALITY AS word(spellings, is_whole, place),
    string_to_table(word.spellings, ' ') AS begun(spelling), LATERAL (
        SELECT count(*) AS words, sum(heads) AS heads FROM (
            SELECT heads FROM search_searchword known
            WHERE known.market_id = %(market)s AND known.word ~>=~ begun.spelling
                AND known.word ~<=~ CASE WHEN word.is_whole THEN begun.spelling ELSE begun.spelling || chr(1114111) END
            LIMIT %(counted)s
        ) AS known
    ) AS counted
WHERE counted.words > 0
UNION ALL (SELECT 'topic', id, name, 0, 0 FROM faq_topic WHERE market_id = %(market)s LIMIT %(headings)s)
UNION ALL (SELECT 'category', id, name, 0, 0 FROM faq_category WHERE market_id = %(market)s LIMIT %(headings)s)
"""

# Whatever the index holds, only what is published now comes out of these, and what goes beyond the label only where it
# is asked for: the reader is with that drug, or names it. PostgreSQL is not told how common the words are (their query
# is a SELECT), nor that no more than a few rows are wanted (they are read from a list that has no limit itself): it
# would read the whole table for common words, in the hope of being through soon.
_PARTS = {
    "questions": """
        WITH named AS MATERIALIZED (
            SELECT drug_id FROM search_searchname
            WHERE market_id = %(market)s AND key LIKE ANY(%(named)s)
                AND array_to_tsvector(array_remove(string_to_array(key, ' '), '')) @@ (SELECT %(naming)s::tsquery)
        ), everything AS MATERIALIZED (
            SELECT version_id, length(question) AS size FROM search_searchentry
            WHERE market_id = %(market)s AND (%(drug)s::bigint IS NULL OR drug_id = %(drug)s)
                AND typed @@ (SELECT %(everything)s::tsquery)
        ), something AS MATERIALIZED (
            SELECT version_id, length(question) AS size FROM search_searchentry
            WHERE market_id = %(market)s AND (%(drug)s::bigint IS NULL OR drug_id = %(drug)s)
                AND typed @@ (SELECT %(something)s::tsquery)
                AND %(something)s::tsquery IS NOT NULL AND NOT EXISTS (SELECT FROM everything)
        ), held AS (
            (SELECT * FROM everything LIMIT %(held)s) UNION ALL (SELECT * FROM something LIMIT %(held)s)
        ), looked_at AS (
            SELECT * FROM held ORDER BY size, version_id LIMIT %(looked_at)s
        )
        SELECT faq.slug, faq.number, version.question, drug.name AS drug,
            faq.label_status = 'on-label' AND drug.status = 'marketed' AS is_promotable
        FROM looked_at JOIN faq_faqversion version ON version.id = looked_at.version_id
            JOIN faq_faq faq ON faq.id = version.faq_id JOIN faq_drug drug ON drug.id = faq.drug_id
        WHERE version.status = 'published' AND faq.market_id = %(market)s AND (
            drug.id = %(drug)s OR drug.id IN (SELECT drug_id FROM named)
            OR (faq.label_status = 'on-label' AND drug.status = 'marketed' AND %(drug)s::bigint IS NULL)
        )
    """,
    "drugs": """
        WITH fitting AS MATERIALIZED (
            SELECT drug_id, name, kind, key FROM search_searchname
            WHERE market_id = %(market)s
                AND array_to_tsvector(array_remove(string_to_array(key, ' '), '')) @@ (SELECT %(everything)s::tsquery)
        ), name AS (
            SELECT drug_id, name, kind, key LIKE ANY(%(beginnings)s) AS begins FROM (
                (SELECT * FROM fitting WHERE key LIKE ANY(%(beginnings)s) LIMIT %(held)s)
                UNION (SELECT * FROM fitting LIMIT %(held)s)
                UNION SELECT drug_id, name, kind, key FROM search_searchname
                WHERE market_id = %(market)s AND key = ANY(%(full)s)
            ) AS name
            ORDER BY begins DESC, length(key), key, drug_id LIMIT %(looked_at)s
        )
        SELECT drug.slug, drug.name, drug.generic_name, name.name AS known_as, name.kind, name.begins
        FROM name JOIN faq_drug drug ON drug.id = name.drug_id AND drug.market_id = %(market)s CROSS JOIN LATERAL (
            SELECT FROM faq_faq faq JOIN faq_faqversion version ON version.faq_id = faq.id
            WHERE faq.drug_id = name.drug_id AND version.status = 'published' LIMIT 1
        ) AS answer
    """,
    "categories": """
        SELECT category.slug, category.name FROM faq_category category CROSS JOIN LATERAL (
            SELECT FROM faq_drug drug JOIN faq_faq faq ON faq.drug_id = drug.id
                JOIN faq_faqversion version ON version.faq_id = faq.id
            WHERE drug.category_id = category.id AND version.status = 'published' LIMIT 1
        ) AS answer
        WHERE category.id = ANY(%(categories)s) ORDER BY category."order", category.name
    """,
    "topics": """
        SELECT topic.id, topic.name FROM faq_topic topic CROSS JOIN LATERAL (
            SELECT FROM faq_faq_topics link JOIN faq_faq faq ON faq.id = link.faq_id AND faq.label_status = 'on-label'
                JOIN faq_faqversion version ON version.faq_id = faq.id
                JOIN faq_drug drug ON drug.id = faq.drug_id AND drug.status = 'marketed'
            WHERE link.topic_id = topic.id AND version.status = 'published' LIMIT 1
        ) AS answer
        WHERE topic.id = ANY(%(topics)s) ORDER BY topic."order", topic.name
    """,
    # As templates/faq/drug.html numbers them: the first topics of the drug's questions.
    "sections": """
        SELECT name, place FROM (
            SELECT id, name, row_number() OVER (ORDER BY "order", name COLLATE "C") AS place FROM (
                SELECT DISTINCT topic.id, topic."order", topic.name
                FROM faq_faq faq JOIN faq_faqversion version ON version.faq_id = faq.id, LATERAL (
                    SELECT topic.* FROM faq_faq_topics link JOIN faq_topic topic ON topic.id = link.topic_id
                    WHERE link.faq_id = faq.id ORDER BY topic."order", topic.name LIMIT 1
                ) AS topic
                WHERE faq.drug_id = %(drug)s AND version.status = 'published'
            ) AS first
        ) AS section
        WHERE id = ANY(%(topics)s) ORDER BY place
    """,
}


class Heading(NamedTuple):
    """A topic or a category, whether or not it leads to an answer."""

    kind: str
    pk: int
    name: str


class Found(NamedTuple):
    """What may be suggested, as rows; each leads to something that is published now."""

    questions: list[dict[str, Any]]
    drugs: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    topics: list[dict[str, Any]]
    sections: list[dict[str, Any]]


def known(sought: Sequence[Word], market: Market) -> tuple[dict[Word, int], list[Heading]]:
    """Those of the words that any answer of `market` holds, with how many hold them outside of their body.

    And all headings of the market.
    """
    rows = _count([(word.spellings, word.is_whole) for word in sought], market, _HEADINGS)
    heads: dict[Word, int] = {}
    for kind, place, _, _, count in rows:
        if kind == "word":
            heads[sought[place - 1]] = heads.get(sought[place - 1], 0) + count
    return heads, [Heading(kind, key, name) for kind, key, name, _, _ in rows if kind != "word"]


def slips(sought: Sequence[Word], market: Market) -> list[dict[str, int]]:
    """For each word what may have been meant instead, with how many answers of `market` hold it, body left out."""
    meant: list[dict[str, int]] = [{} for _ in sought]
    for _, place, slip, _, count in _count([(word.slips(), False) for word in sought], market):
        if count:
            meant[place - 1][slip] = count
    return meant


class Asked(NamedTuple):
    """What is looked for."""

    # From the rarest to the commonest.
    words: Sequence[Word]
    # As they were typed: what may begin a drug's name, and what may be one.
    beginnings: Sequence[str]
    names: Sequence[str]
    # Those that fit the words.
    headings: Sequence[Heading]


def find(asked: Asked, market: Market, drug: Drug | None) -> Found:
    """What begins with the words in `market`, or in one drug of it."""
    categories = [heading.pk for heading in asked.headings if heading.kind == "category"]
    topics = [heading.pk for heading in asked.headings if heading.kind == "topic"]
    parameters = {
        "market": market.pk,
        "drug": drug.pk if drug else None,
        "everything": everything(asked.words),
        "something": something(asked.words),
        "naming": " | ".join(f"'{name}':*" for name in asked.beginnings) or None,
        "named": _patterns(asked.beginnings),
        "beginnings": _patterns([spelling for word in asked.words for spelling in word.spellings]),
        "full": [*asked.names],
        "topics": topics,
        "categories": categories,
        "held": _HELD,
        "looked_at": _LOOKED_AT,
    }
    # What is not wanted need not even be planned.
    wanted = {"questions": True, "drugs": not drug, "categories": not drug and bool(categories)}
    wanted |= {"topics": not drug and bool(topics), "sections": bool(drug and topics)}
    parts = [name for name in _PARTS if wanted[name]]
    with connection.cursor() as cursor:
        cursor.execute(_statement(parts), parameters)
        found = dict(zip(parts, cursor.fetchone(), strict=True))
    return Found(*(found.get(name) or [] for name in Found._fields))


def _statement(parts: Sequence[str]) -> str:
    """One statement for these of the parts, each a column."""
    columns = (f"(SELECT json_agg({name}) FROM ({_PARTS[name]}) AS {name})" for name in parts)  # noqa: S608
    return f"SELECT {', '.join(columns)}"


def _patterns(beginnings: Sequence[str]) -> list[str]:
    """LIKE patterns of the names that begin so; a code stands in one piece after its parts (ald 5520 ald5520)."""
    codes = [f"% {beginning}%" for beginning in beginnings if not beginning.isalpha()]
    return [f"{beginning}%" for beginning in beginnings] + codes


def _count(begun: Sequence[tuple[Iterable[str], bool]], market: Market, headings: int = 0) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "spellings": [" ".join(spellings) for spellings, _ in begun],
        "whole": [is_whole for _, is_whole in begun],
        "market": market.pk,
        "counted": _COUNTED,
        "headings": headings,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
