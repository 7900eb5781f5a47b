"""Keeps the search index true to what is published; called by the verbs of publishing, in their transaction.

The vocabulary (SearchWord) follows the entries by database triggers, so nothing that changes an entry can forget it.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from faq.models import Drug, DrugName, Faq, FaqVersion
from faq.search import analysis
from faq.search.abbreviations import learn
from faq.search.meaning import model, source, vectors
from faq.search.meaning.packages import Vector
from faq.search.models import LearntAbbreviation, SearchEntry, SearchName
from portal.chrome.models import Market
from portal.lib.html import statements, text
from portal.lib.locks import advisory_lock

# What `row` gives, as the columns of the index.
ROWS = """
SELECT row.faq_id, row.version_id, row.drug_id, row.market_id, row.recipe, row.text, row.names, row.phrasings,
    row.question, row.topics, row.answer, row.body, row.forms, row.head::tsvector,
    array_to_tsvector(row.rest) AS rest, array_to_tsvector(row.typed) AS typed, decode(row.vector, 'hex') AS vector,
    row.bits::bit(384), row.model
FROM json_to_recordset(%s::json) AS row(faq_id bigint, version_id bigint, drug_id bigint, market_id bigint, recipe text,
    text text, names text, phrasings text, question text, topics text, answer text, body text, forms jsonb, head text,
    rest text[], typed text[], vector text, bits text, model text)
"""
# One statement for all rows, which leaves out what is not published any more.
_UPSERT = f"""
INSERT INTO search_searchentry (faq_id, version_id, drug_id, market_id, recipe, text, names, phrasings, question,
    topics, answer, body, forms, head, rest, typed, vector, bits, model)
{ROWS}
    JOIN faq_faqversion version ON version.id = row.version_id AND version.status = 'published'
ON CONFLICT (faq_id) DO UPDATE SET (version_id, drug_id, market_id, recipe, text, names, phrasings, question, topics,
    answer, body, forms, head, rest, typed, vector, bits, model)
    = ROW (EXCLUDED.version_id, EXCLUDED.drug_id, EXCLUDED.market_id, EXCLUDED.recipe, EXCLUDED.text, EXCLUDED.names,
    EXCLUDED.phrasings, EXCLUDED.question, EXCLUDED.topics, EXCLUDED.answer, EXCLUDED.body, EXCLUDED.forms,
    EXCLUDED.head, EXCLUDED.rest, EXCLUDED.typed, EXCLUDED.vector, EXCLUDED.bits, EXCLUDED.model)
"""
# How many answers are read and written at a time: a renamed topic may stand in very many.
_BATCH = 500
# What PostgreSQL takes of one text search vector's positions.
_LAST_POSITION = 16_000
_LONGEST_WORD = 80


def wait() -> None:
    """Waits until no other transaction writes the index, and keeps others from it until this one ends.

    Everybody writes the content first and the index after it. So who has waited reads all content that other
    transactions have put into the index, and what they are about to put there they read after this one.
    """
    advisory_lock("search-index")


def refresh(versions: Iterable[FaqVersion]) -> None:
    """Makes each of these published versions its FAQ's entry. Fetch them with `for_index`, in one transaction."""
    versions = list(versions)
    if not versions:
        return
    rows = _with_meaning([row(version) for version in versions], versions)
    drugs = {version.faq.drug_id: version.faq.drug for version in versions}
    left = Drug.objects.filter(pk__in=_drugs_of([version.faq_id for version in versions]) - drugs.keys())
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [json.dumps(rows)])
    _write_abbreviations(versions)
    write_names([*drugs.values(), *left.prefetch_related("names")])


@transaction.atomic
def refresh_where(which: Q) -> None:
    """Writes the entries of the published answers that fit `which` anew, after something that they hold changed."""
    wait()
    keys = list(FaqVersion.objects.published().filter(which).order_by("faq_id").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        refresh(for_index(FaqVersion.objects.filter(pk__in=keys[start : start + _BATCH]).only("pk")))


def refresh_drug(drug: Drug) -> None:
    """Writes the entries of all published answers of `drug` anew, after a name of it changed."""
    refresh_where(Q(faq__drug=drug))


def refresh_faq(faq: Faq) -> None:
    """Writes the entry of `faq` anew, after its drug, its topics or how people ask it changed."""
    refresh_where(Q(faq=faq))


@transaction.atomic
def remove(*faqs: int) -> None:
    """Takes FAQs out of the index, and the names of their drugs where those have no other answer."""
    wait()
    drugs = _drugs_of(faqs)
    SearchEntry.objects.filter(faq__in=faqs).delete()
    write_names(Drug.objects.filter(pk__in=drugs).prefetch_related("names"))


def for_index(versions: Iterable[FaqVersion]) -> list[FaqVersion]:
    """`versions` again from the database, with what an entry is made of, once nobody else writes the index."""
    wait()
    return fetch([version.pk for version in versions])


def fetch(keys: Sequence[int]) -> list[FaqVersion]:
    """The versions of these keys with what an entry is made of."""
    # One drug and one market stand behind many versions: prefetched, each is made once.
    parts = "faq__drug__market", "faq__drug__names", "faq__other_phrasings", "faq__topics"
    versions = FaqVersion.objects.filter(pk__in=keys).defer("short_answer", "body", "rendered_references")
    return list(versions.order_by("faq_id").select_related("faq").prefetch_related(*parts))


def row(version: FaqVersion) -> dict[str, Any]:
    """The entry of a version as columns, but for its meaning: what `refresh` writes and what a check compares with."""
    faq, drug = version.faq, version.faq.drug
    language = analysis.language_of(drug.market.language_tag)
    # Topics by name: in which order staff list them changes no entry.
    said = {
        "names": " ".join(name for name, _ in names(drug)),
        "phrasings": " ; ".join(phrasing.text for phrasing in faq.other_phrasings.all()),
        "question": version.question,
        "topics": " ; ".join(sorted(topic.name for topic in faq.topics.all())),
        "answer": text(version.rendered_short_answer),
        "body": text(version.rendered_body),
    }
    words = {field: _words(held, language) for field, held in said.items()}
    tokens = {field: [analysis.stem(word, language) for word in found] for field, found in words.items()}
    forms = {field: dict(zip(found, tokens[field], strict=True)) for field, found in words.items()}
    typed = {**forms["names"], **forms["phrasings"], **forms["question"], **forms["topics"]}
    return {
        "faq_id": version.faq_id,
        "version_id": version.pk,
        "drug_id": drug.pk,
        "market_id": drug.market_id,
        "recipe": recipe(drug.market),
        "text": "\n".join(statements(version.rendered_body)),
        **{field: f" {' '.join(found)} " for field, found in tokens.items()},
        "forms": {"": "", **forms["body"], **forms["answer"], **typed},
        "head": _weighted(tokens),
        "rest": sorted(set(tokens["body"])),
        "typed": sorted(typed),
    }


def recipe(market: Market) -> str:
    """What an entry of `market` says of how its tokens were made; one that says something else is stale."""
    return f"{analysis.RECIPE}-{analysis.language_of(market.language_tag)}"


def names(drug: Drug) -> list[tuple[str, str]]:
    """The names under which a drug is known, each with its kind, the shown one first."""
    shown = [(drug.name, DrugName.Kind.BRAND.value), (drug.generic_name, DrugName.Kind.GENERIC.value)]
    known: dict[str, str] = {}
    for name, kind in shown + [(other.name, other.kind) for other in drug.names.all()]:
        known.setdefault(name, kind)
    return [(name, kind) for name, kind in known.items() if name]


def meaning_text(version: FaqVersion) -> str:
    """What the model reads of a version: the drug where the question does not name it, the question, the answer."""
    name, question = version.faq.drug.name, version.question
    asked = question if name.lower() in question.lower() else f"{name}: {question}"
    return f"{asked} {text(version.rendered_short_answer)}"


def _words(said: str, language: str) -> list[str]:
    """The words of a text that say something, without those that are too long for PostgreSQL to keep."""
    found = analysis.words(said)
    return [word for word in found if len(word) <= _LONGEST_WORD and not analysis.is_stop(word, language)]


def _weighted(tokens: dict[str, list[str]]) -> str:
    """The head as PostgreSQL reads a vector: each token with its places, and a letter for the field it stands in."""
    letters = {"question": "A", "phrasings": "A", "names": "B", "topics": "C", "answer": "D"}
    places: dict[str, list[str]] = {}
    position = 0
    for field, letter in letters.items():
        for token in tokens[field]:
            position = min(position + 1, _LAST_POSITION)
            places.setdefault(token, []).append(f"{position}{letter}")
    return " ".join(f"'{token}':{','.join(found[:200])}" for token, found in places.items())


def _with_meaning(rows: list[dict[str, Any]], versions: Sequence[FaqVersion]) -> list[dict[str, Any]]:
    """`rows` with the vectors of their versions, where the model is on and speaks the language."""
    heard = [source.speaks(version.faq.drug.market.language_tag) for version in versions]
    spoken = model.encode([meaning_text(version) for version, can in zip(versions, heard, strict=True) if can])
    made = iter(() if spoken is None else spoken)
    found = [next(made, None) if can else None for can in heard]
    return [{**row, **_meaning(vector)} for row, vector in zip(rows, found, strict=True)]


def _meaning(vector: Vector | None) -> dict[str, Any]:
    if vector is None:
        return {"vector": None, "bits": None, "model": ""}
    return {"vector": vectors.pack(vector).hex(), "bits": vectors.bits(vector), "model": source.IDENTITY}


def abbreviations(version: FaqVersion) -> set[tuple[str, str]]:
    """The abbreviations that a version defines, short and long."""
    said = "\n".join(statements(version.rendered_short_answer + version.rendered_body))
    return {(short, long[:160]) for short, long in learn(said)}


def name_changes(drugs: Iterable[Drug]) -> tuple[list[SearchName], list[SearchName]]:
    """What is wrong with the names kept for `drugs`: rows too many, and rows that are missing."""
    drugs = list(drugs)
    entries = SearchEntry.objects.filter(drug=OuterRef("pk"))
    answered = set(
        Drug.objects.filter(Exists(entries), pk__in=[drug.pk for drug in drugs]).values_list("pk", flat=True)
    )
    missing = {(row.drug_id, row.key): row for drug in drugs if drug.pk in answered for row in reversed(_names(drug))}
    surplus = []
    for held in SearchName.objects.filter(drug__in=drugs):
        wanted = missing.get((held.drug_id, held.key))
        if wanted and (held.market_id, held.name, held.kind) == (wanted.market_id, wanted.name, wanted.kind):
            del missing[held.drug_id, held.key]
        else:
            surplus.append(held)
    return surplus, list(missing.values())


def write_names(drugs: Iterable[Drug]) -> None:
    """Makes the names by which `drugs` are recognised theirs of today; none, where a drug has no answer."""
    surplus, missing = name_changes(drugs)
    SearchName.objects.filter(pk__in=[name.pk for name in surplus]).delete()
    SearchName.objects.bulk_create(missing)


def _names(drug: Drug) -> list[SearchName]:
    keyed = [(key[:200], name, kind) for name, kind in names(drug) for key in _keys(name)]
    bearer = {"market_id": drug.market_id, "drug": drug}
    return [SearchName(**bearer, key=key, name=name, kind=kind) for key, name, kind in keyed if key]


def _keys(name: str) -> list[str]:
    """How a name is typed: as it is, and a code with a hyphen with a space or in one piece."""
    spellings = [name, name.replace("-", " ")]
    if any(character.isdigit() for character in name):
        spellings.append(name.replace("-", ""))
    return list(dict.fromkeys(analysis.key(spelling) for spelling in spellings))


def _drugs_of(faqs: Iterable[int]) -> set[int]:
    return set(SearchEntry.objects.filter(faq__in=faqs).values_list("drug", flat=True).distinct())


def _write_abbreviations(versions: Sequence[FaqVersion]) -> None:
    indexed = set(SearchEntry.objects.filter(version__in=versions).values_list("faq", flat=True))
    LearntAbbreviation.objects.filter(entry__in=[version.faq_id for version in versions]).delete()
    LearntAbbreviation.objects.bulk_create(
        LearntAbbreviation(
            entry_id=version.faq_id,
            short=short,
            long=long,
            short_key=analysis.key(short),
            long_key=analysis.key(long),
        )
        for version in versions
        if version.faq_id in indexed
        for short, long in sorted(abbreviations(version))
    )
