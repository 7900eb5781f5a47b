"""The one door to search: approved answers for what a visitor typed."""

from typing import Any, NamedTuple

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString

from faq.models import Drug, FaqVersion
from faq.search.query import configuration, words
from portal.chrome.models import Market

# No visitor reads past this many; more would only say that common words are common.
MOST = 50
# An answer that fits this much worse than the best one only shares a common word with the question.
LEAST_OF_BEST = 0.12
PER_PAGE = 10
_START, _STOP = "\ue000", "\ue001"

# Sum over the words of (rarity × PostgreSQL's rank in the head, or a small constant where only the text has the word).
_FIND = """
WITH words AS (
    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(%(config)s, %(words)s))) AS word
), terms AS MATERIALIZED (
    SELECT quote_literal(word)::tsquery AS term, ln(1 + %(answers)s::float / (1 + (
        SELECT count(*) FROM search_searchentry
        WHERE market_id = %(market)s AND head @@ quote_literal(word)::tsquery
    ))) AS rarity
    FROM words
), scores AS (
    SELECT faq_id, rarity * ts_rank('{0.3, 0.3, 0.6, 1.0}', head, term, 1) AS score
    FROM search_searchentry, terms
    WHERE head @@ term AND market_id = %(market)s AND (%(drug)s::bigint IS NULL OR drug_id = %(drug)s)
    UNION ALL
    SELECT faq_id, rarity * 0.02
    FROM search_searchentry, terms
    WHERE body @@ term AND market_id = %(market)s AND (%(drug)s::bigint IS NULL OR drug_id = %(drug)s)
), totals AS (
    SELECT faq_id, sum(score) AS total FROM scores GROUP BY faq_id
)
SELECT faq_id FROM totals
WHERE total >= %(least)s * (SELECT max(total) FROM totals)
ORDER BY total DESC, faq_id LIMIT %(most)s
"""

_EXCERPTS = """
WITH sought AS (
    SELECT string_agg(quote_literal(word), ' | ')::tsquery AS query
    FROM unnest(tsvector_to_array(to_tsvector(%(config)s, %(words)s))) AS word
)
SELECT entry.version_id,
    ts_headline(%(config)s, entry.text, query, %(passage)s), ts_headline(%(config)s, version.question, query, %(whole)s)
FROM search_searchentry entry
    JOIN faq_faqversion version ON version.id = entry.version_id AND version.status = 'published', sought
WHERE entry.faq_id = ANY(%(faqs)s)
"""
_MARKS = f'StartSel="{_START}", StopSel="{_STOP}"'
_PASSAGE = f'{_MARKS}, MaxFragments=2, MinWords=12, MaxWords=28, FragmentDelimiter=" … "'
_WHOLE = f"{_MARKS}, HighlightAll=true"


class Hit(NamedTuple):
    """One answer that was found, with the sought words marked in its question and in a passage of it."""

    version: FaqVersion
    question: SafeString
    passage: SafeString


class Results(NamedTuple):
    """One page of what was found; `total` counts all pages and is at most MOST."""

    hits: list[Hit]
    total: int
    page: int
    pages: int

    @property
    def is_capped(self) -> bool:
        """Whether more answers fit than are shown."""
        return self.total >= MOST

    @property
    def start(self) -> int:
        return (self.page - 1) * PER_PAGE + 1

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def search(text: str, market: Market, drug: Drug | None = None, page: int = 1) -> Results:
    """The published answers of `market`, or of one of its drugs, that fit `text` best, a page of PER_PAGE of them."""
    sought: dict[str, Any] = {
        "config": configuration(market.language_tag),
        "words": " ".join(words(text)),
        "market": market.pk,
        "drug": drug and drug.pk,
        "most": MOST,
        "least": LEAST_OF_BEST,
    }
    found = _find(sought) if sought["words"] else []
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    here = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Results(_hits(here, sought, market), len(found), page, pages)


def _find(sought: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 1) FROM pg_class WHERE relname = 'search_searchentry'")
        answers = cursor.fetchone()[0]
        cursor.execute(_FIND, {**sought, "answers": answers})
        return [row[0] for row in cursor.fetchall()]


def _hits(faqs: list[int], sought: dict[str, Any], market: Market) -> list[Hit]:
    if not faqs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_EXCERPTS, {**sought, "faqs": faqs, "passage": _PASSAGE, "whole": _WHOLE})
        excerpts = {version: (_marked(question), _marked(passage)) for version, passage, question in cursor.fetchall()}
    # Read from the content, not from the index: an entry of a version that is not published any more shows nothing.
    found = FaqVersion.objects.for_list(market).with_trail().filter(faq__in=faqs)
    versions = {version.faq_id: version for version in found}
    shown = [versions[faq] for faq in faqs if faq in versions]
    return [Hit(version, *excerpts[version.pk]) for version in shown if version.pk in excerpts]


def _marked(excerpt: str) -> SafeString:
    return SafeString(escape(excerpt).replace(_START, "<mark>").replace(_STOP, "</mark>"))
