"""Whether search stays silent where the answer is not there, and speaks where it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from benchmarks.asking import searched
from benchmarks.collection import Question
from benchmarks.loading import Loaded
from benchmarks.measures import RELATED, Grades
from benchmarks.typos import frequencies
from faq.models import Faq
from faq.search import index


class Answered(NamedTuple):
    """How many questions were asked, and how many of them got an answer above the floor."""

    asked: int
    answered: int

    def __str__(self) -> str:
        return f"{self.answered:4} of {self.asked:4} ({self.answered / max(1, self.asked):6.1%})"


def with_answers(questions: Sequence[Question], loaded: Loaded, *, per_drug: bool) -> Answered:
    """Of questions asked to the whole collection."""
    return Answered(len(questions), sum(_is_answered(question, loaded, per_drug) for question in questions))


def without_answers(
    questions: Sequence[Question], judged: Mapping[str, Grades], loaded: Loaded, *, per_drug: bool
) -> Answered:
    """Of the same questions while all that is about their drugs is gone; within a drug, only what answers them.

    It is taken out of the index as a withdrawal takes it, in a transaction that is rolled back after each question.
    """
    answered = 0
    for question in questions:
        related = [document for document, grade in judged[question.id].items() if grade >= RELATED]
        with transaction.atomic():
            gone = _answers(related, loaded) if per_drug else _answers_about(related, loaded)
            index.remove(*gone)
            answered += _is_answered(question, loaded, per_drug)
            transaction.set_rollback(True)
    return Answered(len(questions), answered)


def strangers(questions: Sequence[Question], loaded: Loaded) -> Answered:
    """Of another collection's questions, those about things of which no document here holds the name."""
    known = frequencies(document.text for document in loaded.documents)
    asked = [question for question in questions if question.subjects and not _names_any(question.subjects, known)]
    return with_answers(asked, loaded, per_drug=False)


def _names_any(subjects: Iterable[str], known: Mapping[str, int]) -> bool:
    return any(all(word in known for word in frequencies([subject])) for subject in subjects)


def _is_answered(question: Question, loaded: Loaded, per_drug: bool) -> bool:
    return bool(searched(question, loaded, per_drug=per_drug).hits)


def _answers(documents: Iterable[str], loaded: Loaded) -> list[int]:
    sought = set(documents)
    contents = [content for content, document in loaded.document_of.items() if document in sought]
    return list(Faq.objects.filter(content_id__in=contents).values_list("pk", flat=True))


def _answers_about(documents: Iterable[str], loaded: Loaded) -> list[int]:
    """All answers of the drugs that have one of `documents`."""
    drugs = Faq.objects.filter(pk__in=_answers(documents, loaded)).values("drug")
    return list(Faq.objects.filter(drug__in=drugs).values_list("pk", flat=True))
