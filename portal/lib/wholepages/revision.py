"""How this process knows that what public pages show is still what the database holds."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Connection

from portal.lib.wholepages.announcing import CHANNEL

logger = logging.getLogger(__name__)

# Seconds. The database is asked for a sign of life so often; without one for LONGEST nothing is known any more.
BEAT = 0.5
LONGEST = 2.0
AGAIN = 1.0


class Revision:
    """A number that changes with what public pages show, kept by a thread that listens to the database.

    `now()` is None from the moment on when the database might have changed without our hearing of it.
    """

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self._alias = alias
        self._number = 0
        self._heard = float("-inf")
        self._starting = threading.Lock()
        self._process = 0

    def now(self) -> int | None:
        """The revision that pages may be kept and answered under; None where nobody can tell."""
        if self._process != os.getpid():
            self._start()
        # The number first: where it is the older one, a page is kept under a number that never comes back.
        number = self._number
        return number if time.monotonic() - self._heard < LONGEST else None

    def _start(self) -> None:
        # Threads do not live on in a forked process, so each has its own, from its first request on.
        with self._starting:
            if self._process == os.getpid():
                return
            self._heard = float("-inf")
            threading.Thread(target=self._listen, name="page-revision", daemon=True).start()
            self._process = os.getpid()

    def _listen(self) -> None:
        silent = False
        while True:
            try:
                with self._connected() as connection:
                    silent = False
                    self._follow(connection)
            except Exception as error:
                # Whatever it was, also what a driver may raise one day: a thread that ended would never hear again.
                self._heard = float("-inf")
                if not silent:
                    logger.warning("pages are not kept, for the database cannot be heard: %s", type(error).__name__)
                silent = True
                time.sleep(AGAIN)

    @contextmanager
    def _connected(self) -> Iterator[Connection[object]]:
        # Its own connection, beside those of requests and outside of any pool: it is in use as long as the process is.
        wrapper = connections[self._alias].copy()
        wrapper.settings_dict["OPTIONS"].pop("pool", None)
        wrapper.connect()
        try:
            yield wrapper.connection
        finally:
            wrapper.close()

    def _follow(self, connection: Connection[object]) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        # Whatever was committed before this moment was not heard.
        self._changed()
        while True:
            asked = time.monotonic()
            connection.execute("SELECT 1")
            self._heard = asked
            for _notice in connection.notifies(timeout=BEAT):
                self._changed()

    def _changed(self) -> None:
        self._number += 1


revision = Revision()
