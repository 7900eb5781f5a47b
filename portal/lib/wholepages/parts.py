"""Parts of pages, and what pages are made with, remembered while nothing that pages show has changed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.conf import settings

from portal.lib.wholepages.revision import Revision, revision

T = TypeVar("T")
MINUTE = 60
MOST = 2048


class Parts:
    """What was made by key, of one revision and one minute; the ones asked for longest ago go when there are MOST."""

    def __init__(self, revision: Revision) -> None:
        self._revision = revision
        self._stamp: tuple[int, float] = (-1, 0)
        self._made: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes, or made before under the same `key`; nobody may change it.

        It depends on nothing but `key`, the database, the settings and the minute.
        """
        number = self._revision.now() if settings.PAGE_PARTS_KEPT else None
        if number is None:
            return make()
        stamp = (number, time.time() // MINUTE)
        with self._lock:
            if stamp == self._stamp and key in self._made:
                self._made.move_to_end(key)
                return cast(T, self._made[key])
        made = make()
        with self._lock:
            if stamp > self._stamp:
                self._made.clear()
                self._stamp = stamp
            if stamp == self._stamp:
                self._made[key] = made
                if len(self._made) > MOST:
                    self._made.popitem(last=False)
        return made


parts = Parts(revision)
