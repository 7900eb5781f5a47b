"""The files of one embedded PostgreSQL: how its data is made and the server on it launched.

Who may do so, and when, is for `server` to say: everything here is called by one process at a time.
"""

import hashlib
import os
import shutil
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from psycopg import pq
from psycopg.conninfo import make_conninfo

from . import SUPERUSER
from .account import Account, account_for, open_programs, open_way
from .programs import MAJOR, folders, program

PORT = "5432"
SOCKET = f".s.PGSQL.{PORT}"
# Linux takes 107 bytes for the address of a socket, macOS 103.
LONGEST_FOLDER = 103 - len(f"/{SOCKET}")
LARGEST_LOG = 1_000_000

OPTIONS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # A failed statement or the detail of an error may hold what a visitor typed, which no log keeps.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The data folder, log and socket of one embedded PostgreSQL, all under `directory`."""

    def __init__(self, directory: Path, *, durable: bool) -> None:
        self.directory = directory
        self.durable = durable
        self.data = directory / "data"
        self.log = directory / "log"
        self._child: int | None = None

    @property
    def socket_directory(self) -> Path:
        """Where the server listens: its data folder, or a short private one if the address got too long."""
        # A comma ends an address for libpq, a quotation mark for PostgreSQL.
        if len(os.fsencode(self.data)) <= LONGEST_FOLDER and not {",", '"'} & set(str(self.data)):
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        # Not tempfile.gettempdir(): every process must come to the same folder, whatever its TMPDIR.
        return Path("/tmp") / f"portal-postgresql-{name}"  # noqa: S108

    @property
    def conninfo(self) -> str:
        """How libpq connects to the database that every PostgreSQL has."""
        host = str(self.socket_directory)
        return make_conninfo(host=host, port=PORT, user=SUPERUSER, dbname="postgres", connect_timeout=5)

    def answers(self) -> bool:
        """Whether the server takes connections, or would if it were not full."""
        return pq.PGconn.ping(self.conninfo.encode()) == pq.Ping.OK

    def recorded_pid(self) -> int | None:
        """The server's process, or of one that was killed, whose number may be a stranger's by now."""
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def last_words(self) -> str:
        """The end of the server's log, for an error message."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-8:])

    def launch(self, lock: int) -> None:
        """Launches the server in the background, after making its data if there is none.

        Args:
            lock: a file descriptor that all processes of the server are to keep open.

        Raises:
            ImproperlyConfigured: the folder or the machine does not allow it.
            subprocess.CalledProcessError: a program failed; the log has its words.
        """
        account = account_for(self.data)
        if account.foreign:
            open_way(account, [self.data, *folders()])
            open_programs(account, folders())
        if not self.data.exists():
            self._make_data(account, lock)
        self._check_version()
        self._prepare_socket(account)
        options = OPTIONS | ({} if self.durable else UNSAFE)
        options["unix_socket_directories"] = f'"{self.socket_directory}"'
        arguments = [f"--{name}={value}" for name, value in options.items()]
        server = self._spawn([str(program("postgres")), "-D", str(self.data), *arguments], account, lock)
        self._child = server.pid
        # The server may well outlive this process, which subprocess would warn of.
        server.returncode = 0

    def clean_up(self) -> None:
        """After the server's end: removes what it leaves outside its folder, and in the list of processes."""
        if self._child:
            with suppress(ChildProcessError):
                os.waitpid(self._child, 0)
            self._child = None
        if self.socket_directory != self.data:
            with suppress(OSError):
                self.socket_directory.rmdir()

    def _make_data(self, account: Account, lock: int) -> None:
        # Under another name first: what a kill leaves half made is then never taken for whole.
        draft = self.directory / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        account.own(draft)
        # The built-in locale is the same on every system; the C library's changes, which breaks indexes.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [
            str(program("initdb")),
            "--auth=trust",
            f"--username={SUPERUSER}",
            "-D",
            str(draft),
            *locale,
        ]
        process = self._spawn(command if self.durable else [*command, "--no-sync"], account, lock)
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, command)
        draft.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            raise ImproperlyConfigured(
                f"The data in {self.data} belongs to PostgreSQL {found}, the installed one is {MAJOR}. "
                "Dump it with the portal's release that made it, move the folder away, and load the dump."
            )

    def _prepare_socket(self, account: Account) -> None:
        folder = self.socket_directory
        # What a killed server left. The data has a lock file of its own, which PostgreSQL judges by itself.
        (folder / f"{SOCKET}.lock").unlink(missing_ok=True)
        if folder == self.data:
            return
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            account.own(folder)
        # In a folder that all may write to, somebody else may have made it first, to listen in our place.
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
            raise ImproperlyConfigured(f"{folder} is not a private folder of the server's user: remove it.")

    def _spawn(self, command: list[str], account: Account, lock: int) -> "subprocess.Popen[bytes]":
        # What PG* variables a person has set for other servers must not reach this one.
        kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TZ") if name in os.environ}
        environment = {"PATH": os.defpath, "LC_ALL": "C", **kept}
        if stale := self.recorded_pid():
            # That server is gone, so its number may be a stranger's by now. PostgreSQL passes over the file
            # when it names the starter's grandparent, and still makes sure that nobody has the data open.
            environment["PG_GRANDPARENT_PID"] = str(stale)
        large = self.log.exists() and self.log.stat().st_size > LARGEST_LOG
        with self.log.open("wb" if large else "ab") as log:
            return subprocess.Popen(
                command,
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                start_new_session=True,  # out of reach of the terminal's Ctrl-C
                **account.process,
            )
