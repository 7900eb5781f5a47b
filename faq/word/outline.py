"""Finds the parts of an answer in the blocks of a file: the question, the short answer, the references. Pure."""

from dataclasses import dataclass, field
from typing import NamedTuple

from faq.word import figures, names, references
from faq.word.blocks import Block, Paragraph, Table, paragraphs
from faq.word.references import Entry
from faq.word.report import Report

_ASKING = {
    *("what", "how", "when", "why", "who", "which", "where", "is", "are", "can", "could", "does", "do", "did", "has"),
    *("have", "should", "will", "may", "was", "wie", "wann", "warum", "wer", "welche", "welcher", "welches", "wo"),
    *("ist", "sind", "kann", "können", "darf", "soll", "hat", "gibt", "muss", "was"),
}
_LONGEST_QUESTION = 300
_LONGEST_HEADING = 90


@dataclass
class Outline:
    """The blocks of a file by what they are for; `told` are the words that stand elsewhere than in the answer."""

    question: str = ""
    short: list[Paragraph] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    # What an exported file says of the answer besides its wording.
    facts: list[str] = field(default_factory=list)
    # The bookmarks in the list of references, to which citations in the text may lead.
    places: set[str] = field(default_factory=set)


class _Cut(NamedTuple):
    before: list[Block]
    inside: list[Block]
    after: list[Block]


def outline(blocks: list[Block], report: Report) -> Outline:
    """The parts of the answer that `blocks` hold."""
    found = Outline()
    asides = [block for block in blocks if isinstance(block, Paragraph) and block.has(names.ASIDE)]
    found.facts = [aside.text for aside in asides]
    found.told = list(found.facts)
    kept = [block for block in blocks if not any(block is aside for aside in asides)]
    kept = _question(kept, found, report)
    kept = _references(kept, found, report)
    _level_headings(kept, report)
    found.body = _short(kept, found, report)
    _tell_fake_headings(found.body, report)
    return found


def _question(blocks: list[Block], found: Outline, report: Report) -> list[Block]:
    """Takes the title: the first paragraph in that style, or a first paragraph that asks."""
    said = [block for block in blocks if not isinstance(block, Paragraph) or block.text or block.pieces]
    title = next((block for block in said if isinstance(block, Paragraph) and block.has("title", "titel")), None)
    first = said[0] if said and isinstance(said[0], Paragraph) else None
    if title is None and first is not None and first.item is None and first.text.endswith("?"):
        title = first
    if title is None or not title.text:
        report.look("No title was found: write the question", where="")
        return blocks
    found.told.append(title.text)
    words = figures.line(title.pieces)
    if not _asks(words):
        report.look("The title is no question: check how the question is worded", words, where="")
    if len(words) > _LONGEST_QUESTION:
        report.look("The title is longer than a question may be and was cut", words, where="")
    found.question = words[:_LONGEST_QUESTION]
    return [block for block in blocks if block is not title]


def _asks(words: str) -> bool:
    return words.endswith("?") or words.partition(" ")[0].lower() in _ASKING


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.heading is not None and bool(block.text)


def _references(blocks: list[Block], found: Outline, report: Report) -> list[Block]:
    """Takes the list of references: from its heading, the last one of this name, to the next heading."""
    starts = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.item is None and references.is_heading(block.text)
    ]
    if not starts:
        return blocks
    start = starts[-1]
    end = next((place for place in range(start + 1, len(blocks)) if _is_heading(blocks[place])), len(blocks))
    listed = [block for block in blocks[start + 1 : end] if isinstance(block, Paragraph)]
    tables = [block for block in blocks[start + 1 : end] if isinstance(block, Table)]
    if tables:
        words = " ".join(paragraph.text for paragraph in paragraphs(tables))
        report.lost("A table inside the list of references", words, where="References")
    given = [(_text(block), block.item.number if block.item and block.item.ordered else None) for block in listed]
    found.entries = references.entries(given)
    found.places = {bookmark for block in listed for bookmark in block.bookmarks}
    found.told += [block.text for block in blocks[start:end] if isinstance(block, Paragraph)]
    numbers = [entry.number for entry in found.entries]
    if found.entries and not any(numbers):
        report.look("The list of references has no numbers, so that none in the text leads to it", where="References")
    for number in sorted({number for number in numbers if number and numbers.count(number) > 1}):
        report.look(f"The list of references has the number {number} more than once", where="References")
    return [*blocks[:start], *blocks[end:]]


def _text(paragraph: Paragraph) -> str:
    """What an entry says, with the tab that some authors type after its number."""
    return "".join(piece.text if piece.kind != "break" else " " for piece in paragraph.pieces).strip()


def _level_headings(blocks: list[Block], report: Report) -> None:
    """Gives headings the levels 2 to 4, the highest that the file uses becoming 2."""
    headings = [block for block in blocks if isinstance(block, Paragraph) and block.heading is not None and block.text]
    highest = min((block.heading or 1 for block in headings), default=1)
    for block in headings:
        level = (block.heading or 1) - highest + 2
        if level > 4:
            report.look("A heading of the fourth level or below became one of the third", block.text, where=block.text)
        block.heading = min(4, level)


def _short(blocks: list[Block], found: Outline, report: Report) -> list[Block]:
    """Takes the short answer: what stands under a heading of that name, else the first paragraph before any heading."""
    headings = [place for place, block in enumerate(blocks) if _opens(block)]
    if headings and names.bare(_said(blocks[headings[0]])) in names.SHORT_HEADINGS:
        return _under_heading(blocks, headings[0], headings[1] if len(headings) > 1 else None, found, report)
    first = next((place for place, block in enumerate(blocks) if _is_sentence(block)), None)
    if first is None or not headings or first > headings[0]:
        report.look("No short answer was found: write one, or give it the heading “Short answer” in Word", where="")
        return blocks
    opening = blocks[first]
    if isinstance(opening, Paragraph):
        found.short = [opening]
        report.taken("The first paragraph was taken for the short answer", figures.line(opening.pieces), where="")
    if any(_is_sentence(block) for block in blocks[first + 1 : headings[0]]):
        report.look(
            "More text stands before the first heading; only its first paragraph became the short answer", where=""
        )
    return [*blocks[:first], *blocks[first + 1 :]]


def _under_heading(blocks: list[Block], start: int, end: int | None, found: Outline, report: Report) -> list[Block]:
    cut = _Cut(blocks[:start], blocks[start + 1 : end], blocks[end:] if end is not None else [])
    found.told.append(_said(blocks[start]))
    if end is None:
        # With no heading after it nobody knows where it ends.
        styled = [block for block in cut.inside if isinstance(block, Paragraph) and block.has(names.SHORT)]
        first = next((block for block in cut.inside if _is_sentence(block)), None)
        taken: list[Block] = list(styled) or ([first] if first is not None else [])
        if not styled and len([block for block in cut.inside if _said(block)]) > len(taken):
            report.look("No heading follows the short answer; only its first paragraph was taken for it", where="")
    else:
        taken = [block for block in cut.inside if _is_sentence(block)]
    found.short = [block for block in taken if isinstance(block, Paragraph)]
    rest = [block for block in cut.inside if not any(block is one for one in taken)]
    if end is not None and any(_said(block) for block in rest):
        report.look("Lists and tables of the short answer went into the body, for it holds sentences alone", where="")
    return [*cut.before, *rest, *cut.after]


def _opens(block: Block) -> bool:
    """Whether `block` is a heading, or a paragraph that names the short answer as one would."""
    if _is_heading(block):
        return True
    return isinstance(block, Paragraph) and block.item is None and names.bare(block.text) in names.SHORT_HEADINGS


def _is_sentence(block: Block) -> bool:
    plain = isinstance(block, Paragraph) and block.heading is None and block.item is None and bool(block.text)
    if not plain or not isinstance(block, Paragraph):
        return False
    captions = any(figures.is_caption(block, kind) for kind in (names.TABLE_LABEL, names.FIGURE_LABEL))
    return not captions and not any(piece.kind == "picture" for piece in block.pieces)


def _said(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else "table"


def _tell_fake_headings(blocks: list[Block], report: Report) -> None:
    for block in blocks:
        if isinstance(block, Paragraph) and block.heading is None and block.item is None:
            words = [piece for piece in block.pieces if piece.kind == "text" and piece.text.strip()]
            bold = words and all(piece.bold for piece in words) and len(block.text) <= _LONGEST_HEADING
            if bold and block.text[-1:] not in ".!?:;," and not figures.is_caption(block, names.TABLE_LABEL):
                report.look("A bold line that may be a heading: give it that style if it is", block.text)
