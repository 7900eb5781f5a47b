"""Asks the engine a collection's questions, as the results page does, and times each."""

import gc
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import NamedTuple

from benchmarks.collection import Question
from benchmarks.loading import Loaded
from benchmarks.measures import percentile
from faq.models import Faq
from faq.search import engine
from faq.search.results import Results

# Asks something, and gives the documents that were found, best first.
Ask = Callable[[Question], list[str]]


class Run(NamedTuple):
    """The documents found for each question, by its id, and what each search took."""

    found: dict[str, list[str]]
    milliseconds: list[float]

    @property
    def p50(self) -> float:
        return percentile(self.milliseconds, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.milliseconds, 0.95)


def searched(question: Question, loaded: Loaded, *, per_drug: bool) -> Results:
    """What the engine says to a question: everywhere, or within the drug that the question is about."""
    return engine.search(question.text, loaded.market, loaded.drugs[question.drug_key] if per_drug else None)


def engine_asks(loaded: Loaded, *, per_drug: bool, only_answers: bool = False) -> Ask:
    """Asks the engine for its order, whether or not it calls the best an answer; or `only_answers`, as visitors see."""
    content_ids = dict(Faq.objects.values_list("pk", "content_id"))

    def ask(question: Question) -> list[str]:
        results = searched(question, loaded, per_drug=per_drug)
        found = [hit.version.faq_id for hit in results.hits] if only_answers else results.order
        # What is an answer of two drugs counts where it first stands.
        return list(dict.fromkeys(loaded.document_of[content_ids[faq]] for faq in found))

    return ask


def run(questions: Sequence[Question], *asking: Ask) -> list[Run]:
    """Asks each question once of each of those who ask, in turn, after a round that is not counted.

    That round has the words of each question in reverse: it warms what a server has warm, and leaves nothing behind
    that is remembered of the very question.
    """
    for question in questions:
        reverse = question._replace(text=" ".join(reversed(question.text.split())))
        for ask in asking:
            ask(reverse)
    gc.collect()
    runs = [Run({}, []) for _ in asking]
    for question in questions:
        for ask, made in zip(asking, runs, strict=True):
            begun = perf_counter()
            found = ask(question)
            made.milliseconds.append(1000 * (perf_counter() - begun))
            made.found[question.id] = found
    return runs
