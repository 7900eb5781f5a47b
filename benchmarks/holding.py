"""What a portal holds that answers with a test collection: drugs by their keys, and an answer for each document. Pure.

- A drug for each drug key, called as its own documents mostly call it; their other spellings, and the key where it is
  words and no address, are its other names. Documents without a key, as those about diseases, have their subject for a
  drug, with its synonyms for other names; where two sources give one subject other synonyms, these are two drugs.
- A document about several drugs is an answer of each of them, as a portal would hold it, so that the scope of a drug is
  exactly the documents with its key. In results its first place counts.
- The question is the document's, or else its section; without either, the first sentence of the answer.
- The short answer is the first sentences of the answer, as many as fit into 300 characters; the body is all of it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.collection import Document

LONGEST_SHORT_ANSWER = LONGEST_QUESTION = 300
LONGEST_NAME = 160
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class HeldDrug(NamedTuple):
    """A drug with its other names."""

    key: str
    name: str
    names: list[str]


class Answer(NamedTuple):
    """One answer of one drug; several answers may be one document."""

    content_id: str
    document: str
    drug_key: str
    question: str
    topic: str
    short_answer: str
    body: str


class Holding(NamedTuple):
    """All that the portal holds."""

    drugs: list[HeldDrug]
    answers: list[Answer]

    @property
    def documents(self) -> dict[str, str]:
        """The document that each answer is, by its content ID."""
        return {answer.content_id: answer.document for answer in self.answers}


def hold(documents: Sequence[Document]) -> Holding:
    """The portal's holding of `documents`, in their order."""
    return Holding(list(_drugs(documents)), list(_answers(documents)))


def keys_of(document: Document) -> tuple[str, ...]:
    """The keys of the drugs that hold `document`, its own first."""
    subject = " ; ".join([document.drug, *sorted(document.synonyms)]).casefold()
    return document.keys or (f"subject://{subject}",)


def first_sentences(text: str, most: int) -> str:
    """As many of the first sentences of `text` as `most` characters hold; of a first one that is longer, its words."""
    sentences = _SENTENCE_END.split(text.strip())
    kept = ""
    for sentence in sentences:
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or _cut(sentences[0], most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most + 1].rsplit(maxsplit=1)[0][:most]


def _drugs(documents: Iterable[Document]) -> Iterator[HeldDrug]:
    own: dict[str, Counter[str]] = defaultdict(Counter)
    others: dict[str, dict[str, None]] = defaultdict(dict)
    for document in documents:
        key, *further = keys_of(document)
        own[key][" ".join(document.drug.split())] += 1
        others[key].update(dict.fromkeys(document.synonyms))
        for also in further:
            own[also].update(())
    for key, spellings in own.items():
        spelt = [name for name, _ in spellings.most_common() if name]
        named = [*spelt, *([] if "://" in key else [key]), *others[key]]
        first, *rest = _distinct(named) or ["Unnamed"]
        yield HeldDrug(key, first, rest)


def _distinct(names: Iterable[str]) -> list[str]:
    """`names` without those that differ in capital letters only."""
    cut = (_cut(" ".join(name.split()), LONGEST_NAME) for name in names)
    return list({name.casefold(): name for name in reversed([name for name in cut if name])}.values())[::-1]


def _answers(documents: Iterable[Document]) -> Iterator[Answer]:
    taken: set[str] = set()
    for document in documents:
        short = first_sentences(document.answer, LONGEST_SHORT_ANSWER)
        question = " ".join(document.question.split()) or short
        for key in keys_of(document):
            content_id = _content_id(document.id, taken)
            said = _cut(question, LONGEST_QUESTION), _cut(document.topic, 80), short, document.answer
            yield Answer(content_id, document.id, key, *said)


def _content_id(name: str, taken: set[str]) -> str:
    """`name` as a content ID may be written, and unlike those `taken`, to which it is added."""
    safe = _UNSAFE.sub("_", name)[:110]
    number = 1
    while (made := safe if number == 1 else f"{safe}-{number}") in taken:
        number += 1
    taken.add(made)
    return made
