"""Reads a test collection: documents, questions, and what judges said which document is worth for which question.

Files are JSON Lines, plain or gzipped:
- documents: `id`, `answer`, and `drug`, `drug_key`, `drug_keys`, `section`, `question` or `focus`, `synonyms`, `qtype`,
  `question`;
- questions: `id`, `text`, and where there are `keywords`, `long`, `drug_key`, `drug` or `focus`;
- judgements: `query_id`, `doc_id`, `grade` from 0 to 3.
"""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

FIELDS = ("text", "keywords", "long")


class Document(NamedTuple):
    """One document; `keys` are those of the drugs that it is about, its own first, and empty where there are none."""

    id: str
    drug: str
    keys: tuple[str, ...]
    synonyms: tuple[str, ...]
    question: str
    topic: str
    answer: str

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join([self.drug, *self.synonyms, self.question, self.answer])


class Question(NamedTuple):
    """One question; `drug_key` is that of the drug within which it may be asked, or empty.

    `subjects` are the names of what it is about, as annotators wrote them.
    """

    id: str
    text: str
    drug_key: str
    subjects: tuple[str, ...] = ()


def documents(path: Path) -> list[Document]:
    """The documents in the file at `path`, each id once."""
    read = (_document(line) for line in _lines(path))
    return list({document.id: document for document in read}.values())


def questions(path: Path, field: str = "text") -> list[Question]:
    """The questions in the file at `path` as `field` puts them; without those that lack it."""
    return [
        Question(str(line["id"]), " ".join(line[field].split()), line.get("drug_key") or "", _subjects(line))
        for line in _lines(path)
        if line.get(field)
    ]


def judgements(path: Path) -> dict[str, dict[str, int]]:
    """The grades of documents by their id, by the id of the question; of several for one document the best."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in _lines(path):
        given = grades[str(line["query_id"])]
        given[line["doc_id"]] = max(int(line["grade"]), given.get(line["doc_id"], 0))
    return dict(grades)


def fingerprint(path: Path) -> str:
    """SHA-256 of the file at `path`, the first 16 digits: which documents they are."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _document(line: dict[str, Any]) -> Document:
    own = line.get("drug_key") or ""
    keys = tuple(dict.fromkeys(key for key in (own, *(line.get("drug_keys") or ())) if key))
    question, section = line.get("question") or "", line.get("section") or ""
    return Document(
        str(line["id"]),
        line.get("drug") or line.get("focus") or "",
        keys,
        tuple(line.get("synonyms") or ()),
        question or section,
        line.get("qtype") or (section if question else ""),
        line.get("answer") or "",
    )


def _subjects(line: dict[str, Any]) -> tuple[str, ...]:
    named = line.get("focus") or (line.get("drug") or "").split("|")
    return tuple(name.strip() for name in named if name.strip())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
