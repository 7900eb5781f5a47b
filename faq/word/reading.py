"""Reads a Word file as the wording of an answer with a report of what could not be carried over. Pure."""

import re
from dataclasses import asdict
from html import unescape
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from faq.word import outline, xml
from faq.word.answer import Answer
from faq.word.blocks import Body, paragraphs
from faq.word.numbering import Numbering
from faq.word.package import Package, Unreadable
from faq.word.pictures import Pictures
from faq.word.report import Report
from faq.word.runs import Runs
from faq.word.styles import Styles

# Characters of the body; some hundred printed pages, where an answer aims at five.
LONGEST = 400_000
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")
_CITE = re.compile(r'<cite data-group="(\d+)"></cite>')
_FIGURE_TEXTS = ("title", "description", "abbreviations", "note", "values_table")
_NOTES = {"footnotes": ("w:footnoteReference", "w:footnote"), "endnotes": ("w:endnoteReference", "w:endnote")}


class Reading(NamedTuple):
    """What a file says, as values that JSON can hold, and the bytes of its pictures in the order of the figures."""

    told: dict[str, Any]
    images: list[bytes]


def read(content: bytes) -> Reading:
    """Everything that the .docx in `content` says. Raises Unreadable."""
    try:
        return _Reader(Package(content)).read()
    except RecursionError as error:
        raise Unreadable("It is nested too deeply to be an answer.") from error


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package, self.report = package, Report()
        self.styles = Styles(package.part("styles"))
        links = {
            identity: relation.get("Target", "")
            for identity, relation in package.relations.items()
            if relation.get("Type", "").endswith("/hyperlink")
        }
        self.runs = Runs(self.styles, Pictures(package, self.report), self.report, links)
        self.walker = Body(self.styles, Numbering(package.part("numbering")), self.runs)

    def read(self) -> Reading:
        root = self.package.xml(self.package.main)
        body = None if root is None else xml.child(root, "w:body")
        if body is None:
            raise Unreadable("It is damaged: it has no text.")
        self._read_notes()
        blocks = self.walker.blocks(body)
        source = [block.text for block in paragraphs(blocks)]
        found = outline.outline(blocks, self.report)
        answer = Answer(found, self.report)
        answer.write()
        if len(answer.body) > LONGEST:
            raise Unreadable("It is longer than an answer can be. Split it, or leave out what is no answer.")
        self.report.place = ""
        self._tell_changes()
        self._tell_boxes()
        self._tell_comments()
        self._tell_running()
        self._tell_missing(body, source, found, answer)
        return Reading(self._told(found, answer), [image.content for image in answer.images])

    def _told(self, found: outline.Outline, answer: Answer) -> dict[str, Any]:
        return {
            "question": found.question,
            "short_answer": answer.short_answer,
            "body": answer.body,
            "groups": [asdict(group) for group in answer.citations.groups],
            "entries": [asdict(entry) for entry in answer.citations.entries],
            "figures": answer.figures,
            "counts": [[_one(name) if count == 1 else name, count] for name, count in answer.counts.items() if count],
            "facts": found.facts,
            "items": [asdict(item) for item in self.report.finished()],
        }

    def _read_notes(self) -> None:
        for kind, (reference, tag) in _NOTES.items():
            root = self.package.part(kind)
            for note in root if root is not None else ():
                if note.tag == tag and note.get("w:type", "normal") == "normal":
                    words = " ".join("".join(xml.texts(note, "w:t")).split())
                    self.runs.notes[reference, note.get("w:id", "")] = words

    def _tell_changes(self) -> None:
        changes = self.runs.changes
        if changes.inserted:
            count = f"{len(changes.inserted)} tracked insertion{'s' * (len(changes.inserted) > 1)}"
            self.report.look(f"{count}, accepted", " … ".join(changes.inserted), where="")
        if changes.deleted:
            count = f"{len(changes.deleted)} tracked deletion{'s' * (len(changes.deleted) > 1)}"
            self.report.look(f"{count}, left out", " … ".join(changes.deleted), where="")
        for look, words in changes.looks.items():
            self.report.look(f"Text that is {look} in Word arrived plain", " … ".join(words), where="")
        for address in dict.fromkeys(changes.linked):
            self.report.lost("A link to a file or to an address that visitors cannot open", address, where="")

    def _tell_boxes(self) -> None:
        for box in self.runs.boxes:
            words = " ".join("".join(xml.texts(part, "w:t")) for part in box.iter("w:p"))
            if words.strip():
                self.report.lost("A text box: move its words into the text", words, where="")

    def _tell_comments(self) -> None:
        root = self.package.part("comments")
        for comment in root if root is not None else ():
            words = " ".join("".join(xml.texts(part, "w:t")) for part in comment.iter("w:p")).strip()
            where = self.runs.commented.get(comment.get("w:id", ""), "")
            if comment.tag == "w:comment" and words:
                self.report.lost(f"A comment by {comment.get('w:author', '') or 'somebody'}", words, where=where)

    def _tell_running(self) -> None:
        for kind in ("header", "footer"):
            said = ["".join(xml.texts(root, "w:t")) for _, root in self.package.parts(kind)]
            for words in dict.fromkeys(" ".join(part.split()) for part in said):
                if words and not words.startswith("\u2060"):
                    self.report.lost(f"The {kind} of the pages", words, where="")

    def _tell_missing(self, body: Element, source: list[str], found: outline.Outline, answer: Answer) -> None:
        """Names every passage of the file that stands neither in the answer nor in this report."""
        unread = "".join(
            element.text or "" for element in body.iter("w:t") if id(element) not in self.runs.seen and element.text
        )
        if unread.strip():
            self.report.lost("Text in a part of the file that is not read", unread, where="")
        whole = _expanded(answer)
        arrived = {_squeeze(words) for words, written in answer.arrived if _squeeze(written) in whole}
        told = "\n".join(map(_squeeze, [*found.told, *self.report.told]))
        for words in source:
            squeezed = _squeeze(words)
            if squeezed and squeezed not in arrived and squeezed not in told:
                self.report.lost("These words did not arrive", words)


def _one(name: str) -> str:
    return name.removesuffix("s")


def _expanded(answer: Answer) -> str:
    """All that the answer says, with every citation and cross-reference as the file shows it."""
    shown = [plain_text(group.shown) for group in answer.citations.groups]
    figures = [figure[name] for figure in answer.figures for name in _FIGURE_TEXTS]
    whole = "\n".join([answer.short_answer, answer.body, *figures])
    return _squeeze(plain_text(_CITE.sub(lambda cite: shown[int(cite[1])], whole)))


def plain_text(markup: str) -> str:
    """The words of inline HTML, one after another."""
    return unescape(_TAG.sub(" ", markup))


def _squeeze(words: str) -> str:
    return _SPACE.sub("", words)
