"""The portal as its operators run it: the production server on a folder and a database of its own."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from portal.lib.database.server import Server

PROJECT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, str(PROJECT / "manage.py"))
# What `make run` does before it serves.
PREPARATIONS = (
    ("prepare_model",),
    ("migrate", "--verbosity", "0"),
    ("load_demonstration",),
    ("collectstatic", "--noinput", "--verbosity", "0"),
    ("demonstration_staff",),
)
# Seconds.
START_LIMIT = 60
STOP_LIMIT = 30


class Portal:
    """One portal with the demonstration content, from its first start to its end.

    Args:
        var: the folder for everything that it stores, made and empty.
        variables: of the environment, beside those that every portal of the tests has.
    """

    def __init__(self, var: Path, **variables: str) -> None:
        self.var = var
        self.host = f"127.0.0.1:{free_port()}"
        self._variables = variables
        self.origin = f"http://{self.host}"
        self.database = Server(var / "postgresql-fast", durable=False)
        self.password = ""
        self.sessions: dict[str, list[Any]] = {}
        self._log = var / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Fills the folder and learns the password of the demonstration's staff."""
        said = "".join(self.manage(*words) for words in PREPARATIONS)
        found = re.search(r"with the password (\S+)", said)
        assert found, f"No staff login was announced:\n{said}"
        self.password = found[1]

    def start(self) -> None:
        """Serves; returns when the portal says that it is ready."""
        port = self.host.rpartition(":")[2]
        with self._log.open("wb") as log:
            command = [*MANAGE, "serve", "--port", port]
            self._process = subprocess.Popen(
                command, cwd=PROJECT, env=self._environment(), stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + START_LIMIT
        while self.status("/readyz") != 200:
            assert self._process.poll() is None, f"The server ended at once:\n{self.log()}"
            assert time.monotonic() < deadline, f"The server is not ready after {START_LIMIT} seconds:\n{self.log()}"
            time.sleep(0.1)

    def stop(self) -> int:
        """Asks the server to end and returns its exit status."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(STOP_LIMIT)
        finally:
            self._process.kill()

    def status(self, path: str) -> int:
        """The HTTP status of an address of the portal; 0 where nobody answers."""
        return self.get(path)[0]

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text at an address, asked for without a browser; 0 where nobody answers."""
        connection = http.client.HTTPConnection(self.host, timeout=START_LIMIT)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def kill_database(self) -> None:
        """Ends the database server the hardest way there is; its other processes follow by themselves."""
        pid = self.database.cluster.recorded_pid()
        assert pid, "The database server is not running."
        os.kill(pid, signal.SIGKILL)

    def log(self) -> str:
        """What the server has written so far."""
        return self._log.read_text(errors="replace")

    def manage(self, *words: str) -> str:
        """What a command of the portal said."""
        done = subprocess.run(
            [*MANAGE, *words], cwd=PROJECT, env=self._environment(), capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"manage.py {words[0]} failed:\n{(done.stdout + done.stderr)[-2000:]}"
        return done.stdout

    def _environment(self) -> dict[str, str]:
        # Nothing else of the caller's: neither the settings of the tests nor somebody's DATABASE_URL.
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "PORTAL_VAR": str(self.var),
            "PORTAL_DATABASE_UNSAFE_FAST": "1",
            "PYTHONUNBUFFERED": "1",
            "CLOCK": "off",
            **self._variables,
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
