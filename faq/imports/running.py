"""Runs an import from rows to published answers, and counts what happened."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from faq.imports.examining import CHUNK, Step, Verdict, examine
from faq.imports.library import Library
from faq.imports.reading import Reading
from faq.imports.rows import BadRow, Row
from faq.imports.writing import lead_on, write, write_changes

BATCH = 500

T = TypeVar("T")


@dataclass
class Examination:
    """What an import would do."""

    steps: list[Step] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    repeated: int = 0
    library: Library = field(default_factory=lambda: Library([]))

    def count(self, verdict: Verdict) -> int:
        """How many answers would be new, changed or unchanged."""
        return Counter(step.verdict for step in self.steps)[verdict]

    @property
    def to_write(self) -> list[Step]:
        """The steps that change anything."""
        return [step for step in self.steps if step.verdict is not Verdict.UNCHANGED or step.touches_question]

    @property
    def remarks(self) -> list[str]:
        """What deserves a look without being wrong."""
        return [f"{step.row.where}: {remark}" for step in self.steps for remark in step.row.remarks]


def examine_all(reading: Reading, each: Callable[[int], object] = lambda _: None) -> Examination:
    """What the rows of `reading` would do to the database, which stays as it is. `each` hears of rows done."""
    # Full rows first: the minimal ones may name a drug that a full one brings along.
    rows = sorted(reading.rows, key=lambda row: "slug" not in row.drug)
    bad = list(reading.bad)
    while True:
        library = Library(row.market for row in rows)
        steps, more = _examine(rows, library, each)
        if not more:
            return Examination(steps, bad, reading.repeated, library)
        # What a bad row says of drugs and references must not count either: begin again without it.
        bad += more
        refused = {row.where for row in more}
        rows = [row for row in rows if row.where not in refused]


def _examine(rows: Sequence[Row], library: Library, each: Callable[[int], object]) -> tuple[list[Step], list[BadRow]]:
    library.fetch_references(rows)
    library.fetch_questions(rows)
    steps, bad = [], []
    for chunk in _chunks(rows, CHUNK):
        good, refused = examine(chunk, library)
        steps += good
        bad += refused
        each(len(chunk))
    return steps, bad


def write_all(examined: Examination, each: Callable[[int], object] = lambda _: None) -> int:
    """Writes what `examined` found, some hundred answers to a transaction; returns how many questions changed.

    `each` hears of rows done. Raises writing.Overtaken, or IntegrityError where others wrote the same meanwhile; what
    was committed before then stays, and running the import again goes on from there.
    """
    steps = examined.to_write
    reserved = {(step.row.market, step.row.faq["number"]) for step in steps if "number" in step.row.faq}
    write_changes(examined.library)
    for batch in _chunks(steps, BATCH):
        write(batch, examined.library, reserved)
        each(len(batch))
    lead_on(steps)
    return len(steps)


def _chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
