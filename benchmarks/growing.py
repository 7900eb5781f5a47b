"""Makes a portal of very many answers out of a loaded collection: the same documents, as answers of invented drugs.

All rows, those of the search index too, are copied within the database: the index of a million answers is there in
minutes, and holds what it would hold had each been published. Copies of one document differ in their drug's name, and
in meaning by a few signs of the vector, by which the nearest are found.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from benchmarks import scratch
from benchmarks.loading import Loaded
from benchmarks.peers import ts_rank
from faq.models import Category, Drug, DrugName
from faq.search import analysis
from faq.search.models import SearchName
from portal.chrome.models import Market

# A prime, so that the answers of one drug come from all over the collection.
_STRIDE = 7919
_MASKS, _FLIPPED, _DIMENSIONS = 1009, 12, 384
_SYLLABLES = [consonant + vowel for consonant in "bcdfghklmnprstvz" for vowel in "aeiou"]
_ENDINGS = ("mab", "nib", "tide", "xine", "statin")

_BASE = """
SET session_replication_role = replica;
CREATE UNLOGGED TABLE base AS
    SELECT faq_id AS old, row_number() OVER (ORDER BY faq_id) - 1 AS place FROM search_searchentry;
CREATE UNLOGGED TABLE base_faq AS SELECT * FROM faq_faq;
CREATE UNLOGGED TABLE base_version AS SELECT * FROM faq_faqversion WHERE status = 'published';
CREATE UNLOGGED TABLE base_topics AS SELECT * FROM faq_faq_topics;
CREATE UNLOGGED TABLE base_entry AS SELECT * FROM search_searchentry;
UPDATE base_entry SET head = ts_filter(head, '{a,c,d}');
TRUNCATE faq_drug, faq_faq, faq_faqversion, faq_faq_topics, search_searchentry, search_searchname, search_searchword,
    search_learntabbreviation CASCADE;
"""
_COPIES = """
CREATE UNLOGGED TABLE copies AS
    SELECT number, base.old, invented.drug, invented.word, invented.token, masks.mask
    FROM generate_series(1, %(answers)s) AS number
        JOIN base ON base.place = (number::bigint * %(stride)s) %% (SELECT count(*) FROM base)
        JOIN unnest(%(drugs)s::bigint[], %(words)s::text[], %(tokens)s::text[]) WITH ORDINALITY
            AS invented(drug, word, token, place) ON invented.place = (number - 1) / %(each)s + 1
        JOIN unnest(%(masks)s::text[]) WITH ORDINALITY AS masks(mask, place)
            ON masks.place = number %% %(different)s + 1;
ANALYZE copies;
"""
_WORDS = """
INSERT INTO search_searchword (market_id, word, stem, answers, heads)
    SELECT counted.market_id, counted.word, min(counted.stem), sum(counted.answers), sum(counted.heads)
    FROM base_entry entry
        JOIN (SELECT old, count(*)::int AS times FROM copies GROUP BY old) AS copied ON copied.old = entry.faq_id,
        search_count_words(entry.market_id, entry.forms, entry.typed, copied.times) AS counted
    GROUP BY counted.market_id, counted.word;
INSERT INTO search_searchword (market_id, word, stem, answers, heads)
    SELECT %(market)s, word, min(token), count(*), count(*) FROM copies GROUP BY word;
"""
_PEER = """
CREATE TABLE peer_ts_rank AS
    SELECT faq_id::text AS content_id, drug_id::text AS drug_key, head || rest AS words FROM search_searchentry;
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = %s AND indexname::regclass NOT IN (SELECT conindid FROM pg_constraint WHERE conindid <> 0)
"""
_COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
_DONE = """
DROP TABLE base, base_faq, base_version, base_topics, base_entry, copies;
SET session_replication_role = origin;
"""
# Of each table: where its rows come from, what is copied, and the columns that a copy has of its own.
_TABLES: dict[str, tuple[str, str, Mapping[str, str]]] = {
    "faq_faq": (
        "base_faq",
        "id",
        {
            "id": "copies.number",
            "number": "1000 + copies.number",
            "content_id": "'A' || copies.number",
            "drug_id": "copies.drug",
        },
    ),
    "faq_faqversion": (
        "base_version",
        "faq_id",
        {
            "id": "copies.number",
            "faq_id": "copies.number",
            "number": "1",
            "short_answer": "''",
            "body": "''",
            "rendered_body": "''",
        },
    ),
    "faq_faq_topics": ("base_topics", "faq_id", {"id": "row_number() OVER ()", "faq_id": "copies.number"}),
    "search_searchentry": (
        "base_entry",
        "faq_id",
        {
            "faq_id": "copies.number",
            "version_id": "copies.number",
            "drug_id": "copies.drug",
            "names": "' ' || copies.token || ' '",
            "head": "source.head || (quote_literal(copies.token) || ':1B')::tsvector",
            "typed": "source.typed || array_to_tsvector(ARRAY[copies.word])",
            "bits": "source.bits # copies.mask::bit(384)",
        },
    ),
}


def grow(loaded: Loaded, answers: int, each: int, *, fresh: bool = False) -> str:
    """Leads this process to a database with so many `answers` to `each` drug; returns its name."""
    name = f"growth_{answers}"
    made_by = scratch.sources("benchmarks/growing.py", "benchmarks/peers/ts_rank.py")
    recipe = scratch.Recipe("-".join((*loaded.recipe, made_by, str(each))), "copied")

    def fill() -> None:
        _fill(answers, each)

    scratch.use(name, recipe, fill, fill, template=loaded.database, fresh=fresh)
    return name


def invented_name(number: int) -> str:
    """A name that sounds like a drug's, another one for each number."""
    syllables, rest = [], number
    for _ in range(3):
        rest, place = divmod(rest, len(_SYLLABLES))
        syllables.append(_SYLLABLES[place * 37 % len(_SYLLABLES)])
    return "".join(syllables) + _ENDINGS[number % len(_ENDINGS)]


def bytes_of(table: str) -> tuple[int, int]:
    """What `table` takes on the disk, and what all its indexes take."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_table_size(%s), pg_indexes_size(%s)", [table, table])
        held, indexes = cursor.fetchone()
    return held, indexes


@transaction.atomic
def _fill(answers: int, each: int) -> None:
    scratch.say(f"Making {answers:,} answers.")
    market, category = Market.objects.get(), Category.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(_BASE)
        drugs = _drugs(market, category, -(-answers // each))
        words = [drug.name.lower() for drug in drugs]
        asked: dict[str, Any] = {
            "answers": answers,
            "each": each,
            "stride": _STRIDE,
            "drugs": [drug.pk for drug in drugs],
            "words": words,
            "tokens": [analysis.stem(word, "en") for word in words],
            "different": _MASKS,
            "masks": list(_masks()),
        }
        cursor.execute(_COPIES, asked)
        for table, (source, key, own) in _TABLES.items():
            _copy(cursor, table, source, key, own)
        cursor.execute(_WORDS, {"market": market.pk})
        cursor.execute(_PEER)
        cursor.execute(ts_rank.INDEX)
        cursor.execute(_DONE)


def _drugs(market: Market, category: Category, count: int) -> list[Drug]:
    names = [invented_name(number).capitalize() for number in range(count)]
    drugs = Drug.objects.bulk_create(
        Drug(market=market, category=category, slug=f"{name.lower()}-{number}", name=name)
        for number, name in enumerate(names)
    )
    SearchName.objects.bulk_create(
        SearchName(market=market, drug=drug, key=drug.name.lower(), name=drug.name, kind=DrugName.Kind.BRAND)
        for drug in drugs
    )
    return drugs


def _copy(cursor: CursorWrapper, table: str, source: str, key: str, own: Mapping[str, str]) -> None:
    """Fills `table`; its indexes are made once all rows are there, which takes a fraction of the time."""
    scratch.say(f"  {table}")
    cursor.execute(_INDEXES, [table])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute(_COLUMNS, [table])
    columns = [column for (column,) in cursor.fetchall()]
    values = [own.get(column, f'source."{column}"') for column in columns]
    named = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({named}) SELECT {', '.join(values)}"  # noqa: S608  (nobody else's words)
        f" FROM {source} AS source JOIN copies ON copies.old = source.{key}"
    )
    for _, definition in indexes:
        cursor.execute(definition)


def _masks() -> Iterator[str]:
    """Bit strings with a few ones: which signs of the vector a copy has changed."""
    chance = random.Random(7)  # noqa: S311  (the same copies in every run)
    for _ in range(_MASKS):
        flipped = set(chance.sample(range(_DIMENSIONS), _FLIPPED))
        yield "".join("1" if place in flipped else "0" for place in range(_DIMENSIONS))
