"""The embedded PostgreSQL: started by the first process that needs it, stopped by the last one that leaves.

Three locked files in the server's folder say who is there, so that no process id need be believed:

- `users`: every process that uses the server shares it. Who can have it alone is the last, and stops it.
- `start`: held alone while a process makes, starts or stops the server.
- `running`: the server's own processes inherit it held alone, so it is free exactly when none of them lives.

A process leaves as its interpreter exits, which covers every program that answers SIGTERM by exiting, as
granian and runserver do. One that is killed cannot: then the server goes on until the next user leaves.
A forked child is no user until it connects by itself, and its end changes nothing for its parent.
"""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from psycopg import sql

from . import DATABASE, FORM, SERVING

if sys.platform == "win32":
    raise ImproperlyConfigured(f"There is no embedded PostgreSQL on Windows. Set DATABASE_URL: {FORM}.")

from . import locks
from .cluster import PORT, Cluster

# Seconds. Recovery after a power cut replays some minutes of writing at most; stopping writes 128 MB at most.
START_LIMIT = 120
STOP_LIMIT = 30
PAUSE = 0.01


class Server:
    """The embedded PostgreSQL of one folder, as this process sees it.

    Args:
        directory: the folder, made when missing. It holds the data, the log and the locks.
        durable: False never waits for the disk: fast, but a power cut may ruin the data.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory.resolve()
        self.cluster = Cluster(self.directory, durable=durable)
        self._users: int | None = None
        self._mutex = threading.RLock()

    @property
    def address(self) -> dict[str, str]:
        """Where to connect, in the words of Django's DATABASES."""
        return {"HOST": str(self.cluster.socket_directory), "PORT": PORT, "PASSWORD": ""}

    def ensure(self) -> None:
        """Starts the server unless this process uses it and it lives. Cheap enough for every connection.

        Raises: what `start` raises.
        """
        if self._users is None or not self.is_running():
            self.start()

    def start(self) -> None:
        """Makes this process a user of the server; returns when that answers and has the portal's database.

        Raises:
            ImproperlyConfigured: the folder or the machine does not allow it.
            OperationalError: the server does not start; the message ends with the end of its log.
        """
        with self._mutex:
            try:
                self._join()
            except PermissionError as error:
                raise ImproperlyConfigured(
                    f"The embedded PostgreSQL cannot use {error.filename or self.directory} "
                    f"({error.strerror}). Run the portal as the user who made that folder, or set PORTAL_VAR "
                    "to another one."
                ) from error

    def leave(self) -> None:
        """Ends this process's use of the server, and stops it if nobody else uses it. May be called again."""
        with self._mutex:
            if self._users is None:
                return
            # Closed, not unlocked, since a lock belongs to all who have inherited the open file.
            os.close(self._users)
            self._users = None
            with contextlib.suppress(FileNotFoundError), locks.exclusive(self.directory / "start"):
                self._stop_if_alone()

    def is_running(self) -> bool:
        """Whether any process of the server lives, even one that is still starting or already stopping."""
        lock = self.directory / "running"
        return lock.exists() and locks.is_exclusive(lock)

    def answers(self) -> bool:
        """Whether the server takes connections, or would if it were not full."""
        return self.cluster.answers()

    def forget(self) -> None:
        """Makes a forked child no user of the server, without any effect on its parent."""
        self._mutex = threading.RLock()
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def _join(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        with locks.exclusive(self.directory / "start"):
            if self._users is None:
                self._users = locks.shared(self.directory / "users")
            self._bring_up()
            self._ensure_database()

    def _bring_up(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        launched = False
        while not (self.is_running() and self.answers()):
            lock = locks.try_exclusive(self.directory / "running")
            if lock is not None:
                try:
                    self._launch(lock, again=launched)
                finally:
                    os.close(lock)
                launched = True
            elif time.monotonic() > deadline:
                raise self._failure(f"does not answer after {START_LIMIT} seconds")
            time.sleep(PAUSE)

    def _launch(self, lock: int, *, again: bool) -> None:
        self.cluster.clean_up()
        if again:
            raise self._failure("stopped while it was starting")
        try:
            self.cluster.launch(lock)
        except subprocess.CalledProcessError as error:
            raise self._failure(f"could not be started (exit status {error.returncode})") from error

    def _failure(self, what: str) -> OperationalError:
        words = self.cluster.last_words()
        return OperationalError(f"The embedded PostgreSQL {what}. The end of {self.cluster.log}:\n{words}")

    def _ensure_database(self) -> None:
        with psycopg.connect(self.cluster.conninfo, autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            # Also in data that an earlier release made, which had one role for everything.
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SERVING]).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(SERVING)))

    def _stop_if_alone(self) -> None:
        alone = locks.try_exclusive(self.directory / "users")
        if alone is None:
            return
        try:
            # The second request costs a recovery at the next start, but no data.
            for request in (signal.SIGINT, signal.SIGQUIT):
                self._request(request)
        finally:
            os.close(alone)

    def _request(self, request: signal.Signals) -> None:
        pid = self.cluster.recorded_pid()
        if pid and self.is_running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, request)
        deadline = time.monotonic() + STOP_LIMIT
        while self.is_running():
            if time.monotonic() > deadline:
                return
            time.sleep(PAUSE)
        self.cluster.clean_up()


_servers: dict[Path, Server] = {}


def server_of(directory: Path, *, durable: bool = True) -> Server:
    """This process's one Server for the folder."""
    key = directory.resolve()
    return _servers.setdefault(key, Server(key, durable=durable))


def stop_if_unused() -> None:
    """Ends this process's use of every embedded server, and stops those that nobody else uses.

    Runs by itself at the interpreter's exit, and may run more than once. A connection that is opened
    afterwards starts the server again.
    """
    for server in list(_servers.values()):
        server.leave()


def _forget_all() -> None:
    for server in _servers.values():
        server.forget()


atexit.register(stop_if_unused)
os.register_at_fork(after_in_child=_forget_all)
