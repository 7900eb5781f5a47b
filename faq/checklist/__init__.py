"""What an author has to see to before a version goes to review, and what its approver looks at again."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from django.utils import timezone

from faq import rendering, sources
from faq.checklist import markers
from faq.checklist.sections import marked_text, sections
from faq.checklist.sentences import MARK, sentences
from faq.models import FaqVersion
from faq.rendering import Wording

# Printed pages: what an answer aims at (DESIGN: Decisions).
LONGEST = 5
_QUOTED = 90


class State(StrEnum):
    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"


class Item(NamedTuple):
    """One thing that was looked at: how it stands, in a sentence, and the field of the version that it stands in."""

    key: str
    state: State
    sentence: str
    where: str


class Rule(NamedTuple):
    """What is looked at: `find` gives a sentence for each fault; `passed` is said where there is none.

    `fault` is what a fault means; a lenient rule only warns of what was approved elsewhere and stayed as it came.
    """

    key: str
    where: str
    passed: str
    find: Callable[[Wording], Iterable[str]]
    fault: State = State.FAILED
    is_lenient: bool = False


def check(version: FaqVersion, wording: Wording | None = None) -> list[Item]:
    """Every item of the checklist but its length, what failed first; `wording` where it was put together before."""
    wording = wording or rendering.wording_of(version)
    is_as_imported = bool(version.imported_from) and not version.writers.all()
    items = [item for rule in RULES for item in _items(rule, wording, is_as_imported)]
    order = [State.FAILED, State.WARNED, State.PASSED]
    return sorted(items, key=lambda item: order.index(item.state))


def problems(version: FaqVersion, wording: Wording | None = None) -> list[str]:
    """What keeps `version` from being submitted and approved, in sentences; empty when nothing does."""
    return [item.sentence for item in check(version, wording) if item.state is State.FAILED]


def marker_problems(wording: Wording) -> list[str]:
    """The markers of a wording that lead nowhere, and the figures that no marker places."""
    find = (markers.dead_references, markers.misplaced_figures, markers.dead_cross_references)
    return [problem for found in find for problem in found(wording)]


def _items(rule: Rule, wording: Wording, is_as_imported: bool) -> list[Item]:
    fault = State.WARNED if rule.is_lenient and is_as_imported else rule.fault
    found = [Item(rule.key, fault, sentence, rule.where) for sentence in rule.find(wording)]
    return found or [Item(rule.key, State.PASSED, rule.passed, rule.where)]


def length(pages: int) -> Item:
    """What is to be said of an answer that prints to so many pages."""
    said = f"It prints to {pages} page{'' if pages == 1 else 's'}"
    if pages > LONGEST:
        return Item("length", State.WARNED, f"{said}; an answer aims at {LONGEST} at most.", "body")
    return Item("length", State.PASSED, f"{said}.", "body")


def _question(wording: Wording) -> list[str]:
    return [] if wording.version.question.strip() else ["The question is missing."]


def _short_answer(wording: Wording) -> list[str]:
    said = marked_text(wording.version.short_answer).replace(MARK, "").strip()
    return [] if said else ["The short answer is missing."]


def _uncited_sentences(wording: Wording) -> list[str]:
    bare = [said for said in sentences(marked_text(wording.version.short_answer)) if MARK not in said]
    return [f"A sentence of the short answer has no source: “{_quoted(said)}”" for said in bare]


def _uncited_sections(wording: Wording) -> list[str]:
    found = sections(wording.version.body, _sourced_figures(wording))
    return [f"{_named(part.title, len(found))} names no source." for part in found if part.is_uncited]


def _uncited_parts(wording: Wording) -> list[str]:
    found = sections(wording.version.body, _sourced_figures(wording))
    bare = [part for whole in found if not whole.is_uncited for part in whole.parts]
    return [f"The part “{part.title}” names no source of its own." for part in bare if part.is_uncited]


def _named(title: str, count: int) -> str:
    if title:
        return f"The section “{title}”"
    return "The text before the first heading" if count > 1 else "The body"


def _sourced_figures(wording: Wording) -> set[str]:
    return {key for key, figure in wording.figures.items() if figure.sources or "<cite data-" in figure.values_table}


def _descriptions(wording: Wording) -> list[str]:
    bare = [key for key, figure in wording.figures.items() if not figure.description.strip()]
    return [f"Figure {key!r} has no description." for key in bare]


def _last_reviewed(wording: Wording) -> list[str]:
    return [] if wording.version.last_reviewed else ["The date of last review is missing."]


def _next_review(wording: Wording) -> list[str]:
    return [] if wording.version.next_review else ["The date of the next review is missing."]


def _overdue(wording: Wording) -> list[str]:
    due = wording.version.next_review
    return ["The date of the next review has passed."] if due and due <= timezone.localdate() else []


def _what_changed(wording: Wording) -> list[str]:
    is_told = wording.version.number == 1 or wording.version.what_changed.strip()
    return [] if is_told else ["What changed since the version before is missing."]


def _quoted(said: str) -> str:
    return said if len(said) <= _QUOTED else f"{said[:_QUOTED].rsplit(' ', 1)[0]} …"


_WARN = State.WARNED
RULES = (
    Rule("question", "question", "The question is there.", _question),
    Rule("short-answer", "short_answer", "The short answer is there.", _short_answer),
    Rule(
        "cited", "short_answer", "Every sentence of the short answer has a source.", _uncited_sentences, is_lenient=True
    ),
    Rule("sections", "body", "Every section names a source.", _uncited_sections, is_lenient=True),
    Rule("parts", "body", "Every part of a section names a source.", _uncited_parts, _WARN),
    Rule("references", "body", "Every citation names a reference of the library.", markers.dead_references),
    Rule("standing", "body", "No reference was retracted.", sources.problems),
    Rule("superseded", "body", "No reference was superseded.", sources.warnings, _WARN),
    Rule("figures", "figures", "Every figure has its place in the text.", markers.misplaced_figures),
    Rule("descriptions", "figures", "Every figure has a description.", _descriptions),
    Rule("cross-references", "body", "Every cross-reference leads somewhere.", markers.dead_cross_references),
    Rule("links", "body", "Every link to an answer leads to a published one.", markers.dead_links, _WARN),
    Rule("tags", "body", "All markup is known.", markers.unknown_tags),
    Rule("last-review", "last_reviewed", "The date of last review is set.", _last_reviewed),
    Rule("next-review", "next_review", "The date of the next review is set.", _next_review),
    Rule("overdue", "next_review", "The next review is to come.", _overdue, _WARN),
    Rule("what-changed", "what_changed", "What changed is said.", _what_changed),
)
