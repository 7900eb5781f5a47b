"""Loads a test collection into a scratch database as an import does: published answers, and the real search index."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils.text import slugify
from tqdm import tqdm

from benchmarks import scratch
from benchmarks.collection import Document, documents, fingerprint
from benchmarks.encoding import remembered
from benchmarks.holding import Answer, Holding, hold
from faq import publishing
from faq.models import Category, Drug, DrugName, Faq, FaqVersion, Topic
from faq.models.faq import FIRST_NUMBER, LabelStatus
from faq.rendering import Wording
from faq.search import rebuilding
from faq.search.meaning import model, source
from faq.search.meaning.conversion import CannotPrepare, prepare
from portal.chrome.models import Market
from portal.lib.html import paragraphs

SOURCE = "A public test collection"
_BATCH = 500
# What decides the content of the database, and what the index that is made of it.
_CONTENT = ("portal/*/migrations/*.py", "faq/migrations/*.py", "faq/search/migrations/*.py", "benchmarks/[hl]o*ing.py")
_INDEX = tuple(f"faq/search/{name}.py" for name in ("abbreviations", "analysis", "index", "stopwords"))
_INDEX_TABLES = "search_searchentry, search_searchword, search_searchname, search_learntabbreviation"


class Loaded(NamedTuple):
    """A collection in the database that this process is led to."""

    market: Market
    # By key.
    drugs: dict[str, Drug]
    documents: list[Document]
    # The document that each answer is, by its content ID.
    document_of: dict[str, str]
    # What the database is called, and what it was made of.
    database: str
    recipe: scratch.Recipe


def load(path: Path, *, fresh: bool = False) -> Loaded:
    """Leads this process to a database with the documents in the file at `path`; made anew if `fresh`, or if need be.

    Prepares the sentence model first, where it is installed, so that the index has vectors.
    """
    prepare_model()
    read = documents(path)
    holding = hold(read)
    which = fingerprint(path)
    recipe = scratch.Recipe(f"{which}-{scratch.sources(*_CONTENT)}", f"{scratch.sources(*_INDEX)}-{_meaning()}")
    name = f"collection_{which}"
    with remembered(scratch.FOLDER / "vectors.sqlite3"):
        scratch.use(name, recipe, lambda: fill(holding), reindex, fresh=fresh)
    market = Market.objects.get()
    # Drugs are numbered in the order of the holding.
    numbered = {int(drug.slug.rpartition("-")[2]): drug for drug in Drug.objects.select_related("market", "category")}
    drugs = {held.key: numbered[number] for number, held in enumerate(holding.drugs)}
    return Loaded(market, drugs, read, holding.documents, name, recipe)


def prepare_model() -> None:
    """Makes the sentence model ready, where its packages are installed and it is not ready yet."""
    try:
        prepare(settings.VAR)
    except (CannotPrepare, OSError) as error:
        scratch.say(f"No sentence model: {error}")


def fill(holding: Holding) -> None:
    """Writes market, drugs and published answers of `holding` with their index into an empty database."""
    scratch.say(f"Loading {len(holding.answers):,} answers; they are kept for the next run.")
    market = Market.objects.create(code="us", name="Scratch", language_tag="en-US", is_default=True)
    drugs = _save_drugs(holding, market)
    names = dict.fromkeys(answer.topic for answer in holding.answers if answer.topic)
    topics = {
        topic.name: topic for topic in Topic.objects.bulk_create(Topic(market=market, name=name) for name in names)
    }
    with tqdm(desc="Loading", unit=" answers", total=len(holding.answers), disable=None) as bar:
        for start in range(0, len(holding.answers), _BATCH):
            batch = holding.answers[start : start + _BATCH]
            _publish(batch, FIRST_NUMBER + start, drugs, topics)
            bar.update(len(batch))


def reindex() -> None:
    """Writes the whole index anew into emptied tables, as if nothing had ever been changed in them."""
    scratch.say("Writing the index anew.")
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {_INDEX_TABLES}")
    with tqdm(desc="Indexing", unit=" answers", total=rebuilding.stale().count(), disable=None) as bar:
        rebuilding.write_stale(bar.update)


def _meaning() -> str:
    return source.IDENTITY if model.state().is_on else "words"


def _save_drugs(holding: Holding, market: Market) -> dict[str, Drug]:
    category = Category.objects.create(market=market, slug="all", name="All")
    drugs = Drug.objects.bulk_create(
        Drug(market=market, category=category, slug=f"{slugify(drug.name)[:100]}-{number}", name=drug.name)
        for number, drug in enumerate(holding.drugs)
    )
    DrugName.objects.bulk_create(
        DrugName(drug=drug, name=name, kind=DrugName.Kind.GENERIC)
        for drug, held in zip(drugs, holding.drugs, strict=True)
        for name in held.names
    )
    return {held.key: drug for drug, held in zip(drugs, holding.drugs, strict=True)}


@transaction.atomic
def _publish(answers: Sequence[Answer], first: int, drugs: dict[str, Drug], topics: dict[str, Topic]) -> None:
    faqs = Faq.objects.bulk_create(
        _faq(answer, drugs[answer.drug_key], number) for number, answer in enumerate(answers, start=first)
    )
    through = Faq.topics.through
    through._default_manager.bulk_create(
        through(faq=faq, topic=topics[answer.topic]) for faq, answer in zip(faqs, answers, strict=True) if answer.topic
    )
    versions = [_version(answer, faq) for answer, faq in zip(answers, faqs, strict=True)]
    FaqVersion.objects.bulk_create(versions)
    publishing.publish_imported([(version, []) for version in versions])


def _faq(answer: Answer, drug: Drug, number: int) -> Faq:
    slug = slugify(answer.question)[:100] or "answer"
    bearer = {"market": drug.market, "drug": drug, "label_status": LabelStatus.ON_LABEL}
    return Faq(content_id=answer.content_id, number=number, slug=slug, **bearer)


def _version(answer: Answer, faq: Faq) -> FaqVersion:
    said = {"short_answer": paragraphs(answer.short_answer), "body": paragraphs(answer.body)}
    version = FaqVersion(faq=faq, number=1, question=answer.question, imported_from=SOURCE, **said)
    version.normalise()
    publishing.render(version, Wording(version, faq.market.language_tag, {}, {}))
    return version
