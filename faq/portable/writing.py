"""Writes a market to a folder, the same bytes for the same content."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, models, transaction

from faq.citations import markers
from faq.models import Faq, FaqVersion, Image
from faq.models.workflow import OPEN
from faq.portable import documents, places, what
from faq.portable.gathering import Gatherer, in_order
from portal.chrome.models import Market
from portal.lib.images import EXTENSIONS
from portal.lib.portable import Table

FORMAT = 1
_BATCH = 200

Row = TypeVar("Row", bound=models.Model)
Told = Callable[[int], object]


class Unwritable(Exception):
    """A folder that must not be written to, or content that no folder can hold."""


class Target:
    """The folder of a market, and the digests of what was written there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digests: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self._before = _held(folder)
        self._folded: dict[str, str] = {}

    def write(self, path: str, content: bytes) -> None:
        """Writes one file, unless it holds just that already. Raises Unwritable."""
        other = self._folded.setdefault(path.casefold(), path)
        if path in self.digests or other != path:
            raise Unwritable(f"{path} and {other} would be one file on some systems: rename one in the portal")
        self.digests[path] = hashlib.sha256(content).hexdigest()
        place = self.folder / path
        if path not in self._before or place.read_bytes() != content:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def finish(self, market: str) -> str:
        """Removes what the content does not hold any more, writes the manifest, and returns its digest."""
        for path in self._before - self.digests.keys() - {places.MANIFEST}:
            (self.folder / path).unlink()
            _remove_empty((self.folder / path).parent, self.folder)
        told = {
            "format": FORMAT,
            "market": market,
            "counts": dict(sorted(self.counts.items())),
            "files": dict(sorted(self.digests.items())),
        }
        written = (json.dumps(told, indent=1) + "\n").encode()
        (self.folder / places.MANIFEST).write_bytes(written)
        return hashlib.sha256(written).hexdigest()


def _held(folder: Path) -> set[str]:
    """The files of an earlier export in `folder`. Raises Unwritable where anything else lies there."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Unwritable(f"{folder} is no folder")
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    found = {path for path in found if path.split("/")[0] != ".git"}
    manifest = folder / places.MANIFEST
    if not found:
        return found
    try:
        listed = set(json.loads(manifest.read_bytes())["files"]) | {places.MANIFEST}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unwritable(f"{folder} holds files and no manifest of an earlier export: nothing was written") from error
    links = [path for path in found if (folder / path).is_symlink()]
    strange = sorted({*(found - listed), *links})
    if strange:
        raise Unwritable(f"{folder} holds what no export wrote, such as {strange[0]}: nothing was written")
    return found


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def export(market: Market, folder: Path, *, library: bool = False, each: Told = lambda _: None) -> Target:
    """Writes `market` to `folder`; with `library` every reference, not only those that its answers use.

    `each` hears of answers done. Raises Unwritable.
    """
    target, gatherer = Target(folder), Gatherer()
    try:
        with _one_moment():
            _write_surroundings(market, target, gatherer)
            for batch in _batches(Faq.objects.filter(market=market).order_by("pk"), _BATCH):
                _write_answers(batch, target, gatherer)
                each(len(batch))
            _write_used(target, gatherer, library)
    except places.Unplaceable as error:
        raise Unwritable(str(error)) from error
    target.write(places.ATTRIBUTES, places.ATTRIBUTE_LINES)
    return target


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read was so at one moment, whatever staff do meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_surroundings(market: Market, target: Target, gatherer: Gatherer) -> None:
    late = {what.USER, what.REFERENCE, what.IMAGE, what.FAQ, what.VERSION}
    for table in what.own_files():
        if table.model in late:
            continue
        rows = list(of_market(table, market))
        if "{" in table.file or table.model == what.MARKET:
            _write_rows(table, rows, target, gatherer)
        elif rows:
            _write_list(table, rows, target, gatherer)


def of_market(table: Table, market: Market) -> "models.QuerySet[Any]":
    """The rows of `table` that a market's folder holds."""
    rows = what.model(table)._default_manager.order_by("pk")
    if table.model == what.MARKET:
        return rows.filter(pk=market.pk)
    return rows if table.shared else rows.filter(market=market)


def _write_rows(table: Table, rows: Sequence[Any], target: Target, gatherer: Gatherer) -> None:
    for row, document in zip(rows, gatherer.documents(table, rows), strict=True):
        _write(table, places.path_of(table, **names(table, row, gatherer)), document, target)


def names(table: Table, row: Any, gatherer: Gatherer) -> dict[str, Any]:
    """What stands in the path of a row's file."""
    found = {one: getattr(row, one) for one in places.pattern(table).groupindex if one != table.parent}
    if table.parent:
        label = what.target(table, table.parent)
        found[table.parent] = gatherer.named(label)[getattr(row, f"{table.parent}_id")]
    return found


def _write(table: Table, path: str, document: dict[str, Any], target: Target) -> None:
    _count(table, document, target)
    for place, content in places.split(table, path, document):
        target.write(place, content)


def _count(table: Table, document: dict[str, Any], target: Target) -> None:
    target.counts[table.model] += 1
    for inside in what.children(table):
        lines = document.get(inside.name, [])
        for line in () if inside.flat else lines:
            _count(inside, line, target)
        target.counts[inside.model] += len(lines) if inside.flat else 0


def _write_list(table: Table, rows: Sequence[Any], target: Target, gatherer: Gatherer) -> None:
    target.counts[table.model] += len(rows)
    target.write(table.file, documents.dump(in_order(table, gatherer.documents(table, rows))))


def _write_answers(faqs: Sequence[Faq], target: Target, gatherer: Gatherer) -> None:
    gatherer.named(what.FAQ).update({faq.pk: faq.content_id for faq in faqs})
    _write_rows(what.FAQS, faqs, target, gatherer)
    versions = list(FaqVersion.objects.filter(faq__in=faqs).order_by("pk").prefetch_related("figures"))
    _write_rows(what.VERSIONS, versions, target, gatherer)
    # What is approved has rows for its citations; of a draft only the text says what it cites.
    marked = {key for version in versions if version.status in OPEN for key in _marked(version)}
    gatherer.name(what.REFERENCES, key__in=marked)


def _marked(version: FaqVersion) -> Iterator[str]:
    tables = (figure.values_table for figure in version.figures.all())
    for text in (version.short_answer, version.body, *tables):
        yield from (key for kind, key in markers.find(text) if kind == "ref")


def _write_used(target: Target, gatherer: Gatherer, library: bool) -> None:
    """Writes what the answers named: references, those that these name in turn, images, people."""
    if library:
        gatherer.name(what.REFERENCES)
    done: set[Any] = set()
    while waiting := sorted(gatherer.named(what.REFERENCE).keys() - done):
        rows = what.model(what.REFERENCES)._default_manager.filter(pk__in=waiting[:_BATCH]).order_by("pk")
        _write_rows(what.REFERENCES, list(rows), target, gatherer)
        done.update(waiting[:_BATCH])
    _write_images(sorted(gatherer.named(what.IMAGE)), target)
    people = what.model(what.PEOPLE)._default_manager.filter(pk__in=gatherer.named(what.USER))
    _write_list(what.PEOPLE, list(people), target, gatherer)


def _write_images(keys: Sequence[str], target: Target) -> None:
    for start in range(0, len(keys), 20):
        for image in Image.objects.filter(pk__in=keys[start : start + 20]).defer("webp"):
            ending = EXTENSIONS[image.media_type]
            target.write(f"images/{image.sha256}.{ending}", bytes(image.content))
            target.counts[what.IMAGE] += 1


def _batches(rows: "models.QuerySet[Row]", size: int) -> Iterator[list[Row]]:
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        yield list(rows.filter(pk__in=keys[start : start + size]))
