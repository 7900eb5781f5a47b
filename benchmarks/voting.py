"""Makes a portal with very many invented votes of two years: reasons, searches, remarks, suspect ones among them."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction

from benchmarks import scratch
from benchmarks.growing import invented_name
from faq.models import Category, Drug, FaqVersion
from portal.accounts import roles
from portal.accounts.models import User
from portal.chrome.models import Market

# So many votes are made by one statement; so many answers belong to one invented drug.
_AT_ONCE, _EACH = 100_000, 50

# Invented answers are copies of one that is published. Every fifth has a version that was superseded half way.
_ANSWERS = """
INSERT INTO faq_faq (market_id, drug_id, content_id, number, slug, label_status, common_id)
    SELECT %(market)s, drug, 'VOTED_' || number, 100000 + number, 'voted-' || number, 'on-label', ''
    FROM generate_series(1, %(answers)s) AS number
        JOIN unnest(%(drugs)s::bigint[]) WITH ORDINALITY AS made(drug, place) ON place = (number - 1) / %(each)s + 1
"""
_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'faq_faqversion' AND column_name <> ALL (%s)
"""
_OWN = ["id", "faq_id", "number", "status", "question", "published_at", "superseded_at"]
_VERSIONS = """
INSERT INTO faq_faqversion (faq_id, number, status, question, published_at, superseded_at, {columns})
    SELECT faq.id, wording.number, wording.status, 'How often is it so, ' || faq.number || '?',
        now() - make_interval(days => wording.began), now() - make_interval(days => wording.ended), {source}
    FROM faq_faq faq
        JOIN faq_faqversion source ON source.id = %(source)s
        JOIN (VALUES (1, 'superseded', 900, 300), (2, 'published', 300, NULL), (1, 'published', 900, NULL))
            AS wording(number, status, began, ended)
            ON (faq.number %% 5 = 0) = (wording.number = 2 OR wording.status = 'superseded')
    WHERE faq.content_id LIKE 'VOTED~_%%' ESCAPE '~'
"""
# Some answers have many votes and most have few, satisfaction differs from answer to answer, and a version that came
# later has the votes from then on.
_VOTES = """
INSERT INTO faq_feedback (version_id, satisfied, given_at, reasons, searched, device, suspicion)
    SELECT version.id, said.yes, vote.at,
        CASE WHEN random() > 0.4 THEN '{}'::varchar[]
            WHEN said.yes
            THEN (ARRAY['{yes-answered}', '{yes-answered,yes-clear}', '{yes-evidence}', '{yes-other}'])
                [1 + floor(4 * random())]::varchar[]
            ELSE (ARRAY['{no-unanswered}', '{no-unclear,no-length}', '{no-outdated}', '{no-evidence}'])
                [1 + floor(4 * random())]::varchar[] END,
        CASE WHEN random() > 0.3 THEN '' ELSE (ARRAY['Storage', 'dose in renal impairment', 'pregnancy', 'half-life'])
            [1 + floor(4 * random())] || ' ' || floor(power(random(), 3) * 400)::int END,
        (ARRAY['phone', 'tablet', 'computer', 'computer', 'unknown'])[1 + floor(5 * random())],
        CASE WHEN random() < 0.03 THEN 'crowd' WHEN random() < 0.01 THEN 'flood' ELSE '' END
    FROM generate_series(1, %(votes)s) AS series(number)
        CROSS JOIN LATERAL (
            SELECT 1 + floor(power(random(), %(skew)s) * %(answers)s)::int + 0 * series.number AS place,
                now() - random() * interval '730 days' AS at
        ) vote
        JOIN voted ON voted.place = vote.place
        JOIN faq_faqversion version ON version.faq_id = voted.faq_id
            AND version.published_at <= vote.at AND (version.superseded_at IS NULL OR version.superseded_at > vote.at)
        CROSS JOIN LATERAL (
            SELECT random() < 0.45 + 0.5 * (voted.place * 7919 %% 100) / 100.0 AS yes
        ) said
"""
_VOTED = """
CREATE TEMPORARY TABLE voted AS
    SELECT faq_id, row_number() OVER (ORDER BY faq_id * 7919 % 100003) AS place
    FROM (SELECT DISTINCT faq_id FROM faq_faqversion WHERE status = 'published') AS answered
"""
_REMARKS = """
INSERT INTO faq_remark (vote_id, text, written_at, state, handled_by_id, handled_at)
    SELECT id, 'I was looking for the dose, and found it ' || id || ' lines below what I expected.', given_at,
        CASE WHEN is_new THEN 'new' ELSE 'read' END, CASE WHEN is_new THEN NULL ELSE %(reviewer)s END,
        CASE WHEN is_new THEN NULL ELSE now() END
    FROM faq_feedback CROSS JOIN LATERAL (SELECT given_at > now() - interval '20 days' AS is_new) AS state
    WHERE id %% 20 = 0
"""
_SEARCHES = """
INSERT INTO search_searchevent (id, at, market_id, text, key, kind, results, answered)
    SELECT number, date_trunc('hour', now() - random() * interval '179 days', 'UTC'), %(market)s,
        'question ' || word, 'question ' || word, 'asked', CASE WHEN word %% 9 = 0 THEN 0 ELSE 5 END, word %% 9 <> 0
    FROM generate_series(1, %(searches)s) AS number
        CROSS JOIN LATERAL (SELECT floor(power(random(), 3) * 5000)::int + 0 * number AS word) AS asked
"""


def make_portal(votes: int, answers: int, *, fresh: bool = False) -> None:
    """Leads this process to a database with so many `votes`, on the demonstration or on so many invented `answers`."""
    made_by = scratch.sources("benchmarks/voting.py", "faq/migrations/*.py")
    recipe = scratch.Recipe(f"{votes}-{answers}-{made_by}", "none")

    def fill() -> None:
        _fill(votes, answers)

    scratch.use(f"votes_{votes}_{answers}", recipe, fill, fill, fresh=fresh)


def _fill(votes: int, answers: int) -> None:
    call_command("load_demonstration", verbosity=0)
    reviewer = User.objects.create_user("reviewer", "reviewer@example.com", is_staff=True)
    reviewer.groups.add(Group.objects.get(name=roles.FEEDBACK_REVIEWER))
    market = Market.objects.default()[0]
    if answers:
        _invent(market, answers)
    # What the demonstration published just now was published before anybody voted.
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE faq_faqversion SET published_at = now() - interval '900 days'"
            " WHERE status = 'published' AND number = 1 AND published_at > now() - interval '800 days'"
        )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(_VOTED)
        cursor.execute("SELECT count(*) FROM voted")
        voted = cursor.fetchone()[0]
    _vote(votes, voted)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_REMARKS, {"reviewer": reviewer.pk})
        cursor.execute(_SEARCHES, {"market": market.pk, "searches": votes // 5})


def _vote(votes: int, voted: int) -> None:
    done = 0
    while done < votes:
        with transaction.atomic(), connection.cursor() as cursor:
            some = min(_AT_ONCE, votes - done)
            cursor.execute(_VOTES, {"votes": some, "answers": voted, "skew": 2})
            assert cursor.rowcount > 0, "Nobody may vote: no version is published."
            done += cursor.rowcount
        scratch.say(f"  {done:,} votes")


def _invent(market: Market, answers: int) -> None:
    """So many answers, of drugs with _EACH of them."""
    category = Category.objects.filter(market=market)[0]
    names = [invented_name(number).capitalize() for number in range(-(-answers // _EACH))]
    drugs = Drug.objects.bulk_create(
        Drug(market=market, category=category, slug=f"{name.lower()}-{number}", name=name)
        for number, name in enumerate(names)
    )
    source = FaqVersion.objects.published().filter(faq__market=market)[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        keys = [drug.pk for drug in drugs]
        asked: dict[str, Any] = {"market": market.pk, "answers": answers, "each": _EACH, "drugs": keys}
        cursor.execute(_ANSWERS, asked)
        cursor.execute(_COLUMNS, [_OWN])
        columns = cursor.fetchone()[0]
        copied = ", ".join(f"source.{name.strip()}" for name in columns.split(","))
        cursor.execute(_VERSIONS.format(columns=columns, source=copied), {"source": source.pk})
