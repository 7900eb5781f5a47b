"""Whether search stays silent where the answer is not there, and speaks where it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection, transaction

from benchmarks.asking import searched
from benchmarks.collection import Question
from benchmarks.loading import Loaded
from benchmarks.measures import RELATED, Grades
from benchmarks.typos import frequencies
from faq.models import Faq
from faq.search import analysis, index

LANGUAGE = "en"
# A word of more than this share of the documents names nothing in particular.
COMMON = 0.05


class Answer(NamedTuple):
    """The first answer that a question got, and whether the page calls it one or only the nearest."""

    question: Question
    first: str
    is_certain: bool


class Answered(NamedTuple):
    """How many questions were asked, and what those got that got an answer above the floor."""

    asked: int
    answers: list[Answer]

    @property
    def share(self) -> float:
        return len(self.answers) / max(1, self.asked)

    @property
    def certain(self) -> float:
        return sum(answer.is_certain for answer in self.answers) / max(1, self.asked)

    def __str__(self) -> str:
        return f"{len(self.answers):4} of {self.asked:4} ({self.share:6.1%}), {self.certain:6.1%} beyond doubt"


def with_answers(questions: Sequence[Question], loaded: Loaded, *, per_drug: bool) -> Answered:
    """Of questions asked to the whole collection."""
    return Answered(
        len(questions), [answer for question in questions for answer in _answer(question, loaded, per_drug)]
    )


def without_answers(
    questions: Sequence[Question], judged: Mapping[str, Grades], loaded: Loaded, *, per_drug: bool
) -> Answered:
    """Of the same questions while all that is about their subjects is gone; within a drug, only what answers them.

    It is taken out of the index as a withdrawal takes it, in a transaction that is rolled back after each question.
    """
    known = frequencies(document.text for document in loaded.documents)
    answers = []
    for question in questions:
        related = [document for document, grade in judged[question.id].items() if grade >= RELATED]
        with transaction.atomic():
            gone = set(_answers(related, loaded))
            if not per_drug:
                gone |= {*_of_same_drugs(gone), *_naming(question.subjects, known, len(loaded.documents))}
            index.remove(*gone)
            answers += _answer(question, loaded, per_drug)
            transaction.set_rollback(True)
    return Answered(len(questions), answers)


def strangers(questions: Sequence[Question], loaded: Loaded) -> Answered:
    """Of another collection's questions, those that name nothing that a document here names, nor any drug here."""
    known = frequencies(document.text for document in loaded.documents)
    names = [drug.name for drug in loaded.drugs.values()]
    asked = [
        question
        for question in questions
        if question.subjects
        and not _names_any(question.subjects, known)
        and not _names_any(names, frequencies([question.text]))
    ]
    return with_answers(asked, loaded, per_drug=False)


def _names_any(subjects: Iterable[str], known: Mapping[str, int]) -> bool:
    return any(all(word in known for word in frequencies([subject])) for subject in subjects)


def _answer(question: Question, loaded: Loaded, per_drug: bool) -> list[Answer]:
    results = searched(question, loaded, per_drug=per_drug)
    return [
        Answer(question, f"{hit.version.faq.drug.name}: {hit.version.question}", results.is_sure)
        for hit in results.hits[:1]
    ]


def _answers(documents: Iterable[str], loaded: Loaded) -> list[int]:
    sought = set(documents)
    contents = [content for content, document in loaded.document_of.items() if document in sought]
    return list(Faq.objects.filter(content_id__in=contents).values_list("pk", flat=True))


def _of_same_drugs(faqs: Iterable[int]) -> Iterable[int]:
    drugs = Faq.objects.filter(pk__in=faqs).values("drug")
    return Faq.objects.filter(drug__in=drugs).values_list("pk", flat=True)


def _naming(subjects: Iterable[str], known: Mapping[str, int], documents: int) -> Iterable[int]:
    """All answers that hold, wherever, a word of `subjects` that is no common one."""
    words = {word for word in frequencies(subjects) if 0 < known.get(word, 0) <= COMMON * documents}
    query = " | ".join(f"'{analysis.stem(word, LANGUAGE)}'" for word in sorted(words))
    sql = "SELECT faq_id FROM search_searchentry WHERE head @@ %s::tsquery OR rest @@ %s::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, query])
        return [faq for (faq,) in cursor.fetchall()]
