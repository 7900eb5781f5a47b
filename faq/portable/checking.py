"""Checks a folder from its first file to its last before anything of it is written."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError

from faq.citations import csl
from faq.imports import markup
from faq.models import FaqVersion, Image
from faq.models.workflow import FROZEN, Status
from faq.portable import histories, places, rendered, what
from faq.portable.documents import Unreadable
from faq.portable.folder import Folder, Problem
from faq.portable.reading import Reader, Row
from faq.rendering import fingerprint
from portal.lib.images import EXTENSIONS, identify
from portal.lib.portable import Table

_RENDERED = ("rendered_short_answer", "rendered_body", "rendered_references")
_LINES = frozenset({"short_answer"})


class Checker:
    """One pass over a folder; `problems` says what is wrong with it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.reader = Reader(folder)
        self.counts: Counter[str] = Counter()
        # What rows of each kind are called, and the names that rows give others, with the row and field that does.
        self.known: dict[str, set[Any]] = defaultdict(set)
        self.surroundings: dict[str, list[Row]] = {}
        self._late: list[tuple[Row, str, str, str]] = []
        self._numbers: dict[int, Row] = {}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order in which it was found."""
        return self.reader.problems

    def run(self, each: Callable[[int], object] = lambda _: None) -> list[Problem]:
        """Checks everything; `each` hears of answers done."""
        self.problems.extend(self.folder.open())
        if self.problems:
            return self.problems
        for table in what.own_files():
            if table.model == what.IMAGE:
                self._images()
            elif table.model == what.FAQ:
                self._answers(each)
            elif table.model != what.VERSION:
                self._surroundings(table)
        self._check_late()
        self._check_whole()
        return self.problems

    def _surroundings(self, table: Table) -> None:
        rows = [row for path in self.reader.paths(table) for row in self.reader.rows(table, path)]
        self.surroundings[table.model] = rows
        self._check_rows(rows)
        if table.model == what.MARKET:
            self._market(rows)
        for row in rows:
            if table.model == what.REFERENCE:
                self._complain_all(row, "csl", csl.problems(row.values["csl"]))
            elif table.model == "chrome.page":
                self._complain_all(row, "body", markup.losses(row.values["body"] or ""))

    def _market(self, rows: Sequence[Row]) -> None:
        codes = [row.values["code"] for row in rows]
        if codes != [self.folder.market]:
            sentence = f"the manifest is that of the market {self.folder.market!r}"
            self.problems.append(Problem(places.MANIFEST, "market", f"{sentence}, but market.yaml holds {codes}"))

    def _images(self) -> None:
        for path in self.reader.paths(what.IMAGES):
            self.reader.claimed.add(path)
            try:
                image_of(self.folder, path)
            except Unreadable as error:
                self.problems.append(Problem(path, "", str(error)))
            self.known[what.IMAGE].add(digest_in(path))
            self.counts[what.IMAGE] += 1

    def _answers(self, each: Callable[[int], object]) -> None:
        for faqs, versions in answers(self.reader):
            before = len(self.problems)
            self._check_rows(faqs)
            self._check_rows(versions)
            for row in faqs:
                self._number(row)
            if not faqs and versions:
                self.reader.complain(versions[0], "", "belongs to no question: faq.yaml is missing")
            for row in versions:
                self._version(row)
            if len(self.problems) == before:
                self._history(versions)
            each(1)

    def _history(self, versions: Sequence[Row]) -> None:
        for row, name, sentence in histories.complaints(versions):
            self.reader.complain(row, name, sentence)
        for row in versions:
            if row.values["status"] in FROZEN | {Status.APPROVED}:
                self._fingerprint(row)

    def _number(self, row: Row) -> None:
        other = self._numbers.setdefault(row.values["number"], row)
        if other is not row:
            self.reader.complain(row, "number", f"{row.values['number']} is the number of {other.key} as well")

    def _version(self, row: Row) -> None:
        for name in ("short_answer", "body"):
            self._complain_all(row, name, markup.losses(row.values[name] or "", line=name in _LINES))
        for figure in row.inside["figures"]:
            self._complain_all(figure, "values_table", markup.losses(figure.values["values_table"] or ""))
        for name in _RENDERED:
            self._complain_all(row, name, rendered.losses(row.values[name] or ""))
        for digest in rendered.images(row.values["rendered_body"] or "") - self.known[what.IMAGE]:
            self.reader.complain(row, "rendered_body", f"shows the image {digest}, which is not there")

    def _fingerprint(self, row: Row) -> None:
        resources = [tuple(one.values[name] for name in ("title", "kind", "url", "note")) for one in _resources(row)]
        found = fingerprint(FaqVersion(**row.values), resources)
        if found != row.values["content_sha256"]:
            told = "what stands here for visitors is not what was approved: it has the SHA-256"
            self.reader.complain(row, "content_sha256", f"{told} {found}")

    def _complain_all(self, row: Row, name: str, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            self.reader.complain(row, name, sentence)

    def _check_rows(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._remember(row)
            for one in row.everything:
                self.counts[one.table.model] += 1
                self._check_keys(one)

    def _remember(self, row: Row) -> None:
        key = called(row)
        if key in self.known[row.table.model]:
            self.reader.complain(row, row.table.key[0], f"{key!r} is there twice")
        self.known[row.table.model].add(key)

    def _check_keys(self, row: Row) -> None:
        for name, told in row.keys.items():
            label = what.target(row.table, name)
            for key in told if isinstance(told, list) else [told]:
                if key is not None and key not in self.known[label]:
                    self._late.append((row, name, label, key))

    def _check_late(self) -> None:
        for row, name, label, key in self._late:
            if key not in self.known[label]:
                self.reader.complain(row, name, f"{key[:80]!r} is not in this folder")

    def _check_whole(self) -> None:
        """What only a look at everything can tell."""
        for path in sorted(self.folder.files.keys() - self.reader.claimed - {places.ATTRIBUTES}):
            self.problems.append(Problem(path, "", "belongs to nothing in this folder"))
        if not self.problems and +self.counts != +Counter(self.folder.counts):
            differing = sorted(
                model
                for model in {*self.counts, *self.folder.counts}
                if self.counts[model] != self.folder.counts.get(model, 0)
            )
            self.problems.append(
                Problem(places.MANIFEST, "counts", f"other numbers of {', '.join(differing)} are here")
            )


def called(row: Row) -> Any:
    """How other rows name this one."""
    return f"{row.get('faq')} v{row.values['number']}" if row.table.model == what.VERSION else row.key


def answers(reader: Reader) -> Iterator[tuple[list[Row], list[Row]]]:
    """The questions of a folder, each with its versions, from the lowest number."""
    paths = [(path.split("/")[1], table, path) for table in (what.FAQS, what.VERSIONS) for path in reader.paths(table)]
    for _, group in groupby(sorted(paths, key=lambda one: (one[0], one[2])), key=lambda one: one[0]):
        rows = [row for _, table, path in group for row in reader.rows(table, path)]
        versions = [row for row in rows if row.table is what.VERSIONS]
        yield (
            [row for row in rows if row.table is what.FAQS],
            sorted(versions, key=lambda row: row.values["number"] or 0),
        )


def image_of(folder: Folder, path: str) -> Image:
    """The (unsaved) row for an image's file. Raises Unreadable."""
    content = folder.read(path)
    try:
        picture = identify(content)
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    digest = hashlib.sha256(content).hexdigest()
    if path != f"images/{digest}.{EXTENSIONS[picture.media_type]}":
        raise Unreadable(f"should be called {digest}.{EXTENSIONS[picture.media_type]}, for that is what it is")
    return Image(sha256=digest, content=content, **picture._asdict())


def digest_in(path: str) -> str:
    """The digest by which an image's file is called."""
    return path.split("/")[-1].split(".")[0]


def _resources(row: Row) -> list[Row]:
    return sorted(row.inside["resources"], key=lambda one: one.values["order"])
