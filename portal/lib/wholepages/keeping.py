"""Pages in memory: the ones asked for last, up to a number of bytes, all of one revision."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

# What a page takes beside its bytes, roughly: key, headers, and the objects that hold them.
OVERHEAD = 2048

Headers = list[tuple[str, str]]


class Page(NamedTuple):
    """A whole answer as it was sent: `etag` is "" where it bears none."""

    headers: Headers
    body: bytes
    etag: str
    until: float


class Kept:
    """Pages by key, safe for threads. All go when the revision changes; the least recently asked go when it is full.

    Args:
        room: bytes that all pages together may take; a page larger than a quarter of it is not kept.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._revision = -1
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, revision: int, now: float) -> Page | None:
        """The page of `key` where it is of `revision` and holds at the time `now`."""
        if revision != self._revision:
            return None
        with self._lock:
            page = self._pages.get(key)
            if page is None or revision != self._revision:
                return None
            if now >= page.until:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page, revision: int) -> None:
        """Keeps `page`, of which every part was read at `revision`."""
        size = _size(page)
        if size * 4 > self._room:
            return
        with self._lock:
            if revision < self._revision:
                return
            if revision > self._revision:
                self._pages.clear()
                self._taken, self._revision = 0, revision
            self._drop(key)
            self._pages[key] = page
            self._taken += size
            while self._taken > self._room:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Hashable) -> None:
        if page := self._pages.pop(key, None):
            self._taken -= _size(page)


def _size(page: Page) -> int:
    return len(page.body) + OVERHEAD
