"""Keeps the search index true to what is published; called by the verbs of publishing, in their transaction."""

import json
from collections.abc import Iterable

from django.db import connection

from faq.models import Drug, Faq, FaqVersion
from faq.search.models import SearchEntry
from faq.search.query import configuration
from portal.lib.html import text

# One statement for all rows: each may be some hundred of an import. The lock makes it wait for whoever is just
# publishing or withdrawing one of these versions, and then leave out what is not published any more.
_UPSERT = """
INSERT INTO search_searchentry (faq_id, version_id, drug_id, market_id, text, head, body)
SELECT entry.faq, entry.version, entry.drug, entry.market, entry.text,
    setweight(to_tsvector(config::regconfig, names), 'B') || setweight(to_tsvector(config::regconfig, asked), 'A')
        || setweight(to_tsvector(config::regconfig, phrasings), 'A')
        || setweight(to_tsvector(config::regconfig, answer), 'D'),
    to_tsvector(config::regconfig, entry.text)
FROM json_to_recordset(%s::json) AS entry(faq bigint, version bigint, drug bigint, market bigint, config text,
    names text, asked text, phrasings text, answer text, text text)
    JOIN faq_faqversion version ON version.id = entry.version AND version.status = 'published'
FOR SHARE OF version
ON CONFLICT (faq_id) DO UPDATE SET version_id = EXCLUDED.version_id, drug_id = EXCLUDED.drug_id,
    market_id = EXCLUDED.market_id, text = EXCLUDED.text, head = EXCLUDED.head, body = EXCLUDED.body
"""


def refresh(versions: Iterable[FaqVersion]) -> None:
    """Makes each of these published versions its FAQ's entry. Fetch them with `for_index`."""
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [json.dumps([_row(version) for version in versions])])


def refresh_drug(drug: Drug) -> None:
    """Writes the entries of all published answers of `drug` anew, after a name of it changed."""
    refresh(for_index(FaqVersion.objects.published().filter(faq__drug=drug)))


def refresh_faq(faq: Faq) -> None:
    """Writes the entry of `faq` anew, after its drug or how people ask it changed."""
    refresh(for_index(faq.versions.published()))


def remove(faq_id: int) -> None:
    """Takes a FAQ out of the index."""
    SearchEntry.objects.filter(faq_id=faq_id).delete()


def for_index(versions: Iterable[FaqVersion]) -> list[FaqVersion]:
    """`versions` again from the database, with what an entry is made of."""
    fetched = FaqVersion.objects.filter(pk__in=[version.pk for version in versions]).select_related("faq")
    # One drug and one market stand behind many versions: prefetched, each is made once.
    return list(fetched.prefetch_related("faq__drug__market", "faq__drug__names", "faq__other_phrasings"))


def _row(version: FaqVersion) -> dict[str, int | str]:
    drug = version.faq.drug
    names = [drug.name, drug.generic_name, *(name.name for name in drug.names.all())]
    return {
        "faq": version.faq_id,
        "version": version.pk,
        "drug": drug.pk,
        "market": drug.market_id,
        "config": configuration(drug.market.language_tag),
        "names": " ".join(dict.fromkeys(name for name in names if name)),
        "asked": version.question,
        "phrasings": " ".join(phrasing.text for phrasing in version.faq.other_phrasings.all()),
        "answer": text(version.rendered_short_answer),
        "text": text(f"{version.rendered_short_answer} {version.rendered_body}"),
    }
