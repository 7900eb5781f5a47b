"""A market's folder as it was found: nothing of it is read that its manifest does not vouch for."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from faq.portable.documents import Unreadable, load_json
from faq.portable.places import ATTRIBUTES, MANIFEST, is_path
from faq.portable.writing import FORMAT
from portal.lib.images import MAX_BYTES

_MEGABYTE = 1024 * 1024
# The largest file of each kind; the manifest has a line of some 130 bytes for each file.
_LARGEST = {".yaml": 2 * _MEGABYTE, ".html": 2 * _MEGABYTE, ".json": _MEGABYTE}
_LARGEST_MANIFEST = 256 * _MEGABYTE
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Problem(NamedTuple):
    """What is wrong in one file, and at which field."""

    path: str
    field: str
    sentence: str

    def __str__(self) -> str:
        return ": ".join(part for part in self if part)


class Folder:
    """The files of one market, each with the digest that its content has to have."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, str] = {}
        self.market = ""
        self.counts: dict[str, int] = {}
        self.digest = ""

    def open(self) -> list[Problem]:
        """Reads the manifest and compares it with what lies there; what is wrong with either."""
        try:
            told = self._manifest()
        except Unreadable as error:
            return [Problem(MANIFEST, "", str(error))]
        self.market, self.counts, self.files = told["market"], told["counts"], told["files"]
        found = list(self._strange())
        if not found:
            found = [Problem(path, "", "is missing") for path in self.files if not (self.root / path).is_file()]
        return found

    def _manifest(self) -> dict[str, Any]:
        if self.root.is_symlink() or not self.root.is_dir():
            raise Unreadable(f"{self.root} is no folder")
        content = self._bytes(MANIFEST, _LARGEST_MANIFEST)
        self.digest = hashlib.sha256(content).hexdigest()
        told = load_json(content)
        if not isinstance(told, dict) or set(told) != {"format", "market", "counts", "files"}:
            raise Unreadable("it needs format, market, counts and files, and nothing else")
        if told["format"] != FORMAT:
            raise Unreadable(f"the format is {told['format']!r}, and only {FORMAT} is read here")
        if not isinstance(told["market"], str) or not _is_counts(told["counts"]) or not _is_digests(told["files"]):
            raise Unreadable("market, counts or files are not as an export writes them")
        return told

    def _strange(self) -> Iterator[Problem]:
        for path in self.files:
            if not is_path(path):
                yield Problem(MANIFEST, "files", f"{path[:200]!r} is no path of a file in this folder")
        for path, entry in _walk(self.root, ""):
            mode = entry.stat(follow_symlinks=False).st_mode
            if not stat.S_ISREG(mode):
                yield Problem(path, "", "is neither a file nor a folder, such as a link")
            elif path not in self.files and path != MANIFEST:
                yield Problem(path, "", "is not listed in the manifest")
            elif entry.stat(follow_symlinks=False).st_size > largest(path):
                yield Problem(path, "", f"is larger than {largest(path) // _MEGABYTE} MB")

    def read(self, path: str) -> bytes:
        """The bytes of a file of the manifest. Raises Unreadable where they are not those that it vouches for."""
        content = self._bytes(path, largest(path))
        if hashlib.sha256(content).hexdigest() != self.files[path]:
            raise Unreadable("the content does not have the SHA-256 that the manifest says: it was changed")
        return content

    def _bytes(self, path: str, most: int) -> bytes:
        try:
            handle = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as stream:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise Unreadable("is no file")
                content = stream.read(most + 1)
        except OSError as error:
            raise Unreadable(f"cannot be read: {error.strerror}") from error
        if len(content) > most:
            raise Unreadable(f"is larger than {most // _MEGABYTE} MB")
        return content


def largest(path: str) -> int:
    """How many bytes a file of this name may hold."""
    if path == MANIFEST:
        return _LARGEST_MANIFEST
    return _LARGEST.get(os.path.splitext(path)[1], MAX_BYTES if path != ATTRIBUTES else 1024)


def _walk(folder: Path, inside: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    waiting = [(folder, inside)]
    while waiting:
        folder, inside = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                path = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    # The folder may be a repository of its own.
                    if path != ".git":
                        waiting.append((folder / entry.name, f"{path}/"))
                else:
                    yield path, entry


def _is_counts(told: Any) -> bool:
    return isinstance(told, dict) and all(type(count) is int for count in told.values())


def _is_digests(told: Any) -> bool:
    return isinstance(told, dict) and all(
        isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in told.values()
    )
