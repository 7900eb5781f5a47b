"""Servers as processes of their own, for as long as a benchmark takes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving.load import GZIP

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], port: int, path: str, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The origin of a server that `command` starts, once it answers at `path`; it ends with the block."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while fetch(f"127.0.0.1:{port}", path) is None:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} does not serve {path}")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def fetch(host: str, path: str, headers: Mapping[str, str] = GZIP) -> tuple[int, bytes, dict[str, str]] | None:
    """Status, body and headers; None where nobody answers."""
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    except OSError:
        return None
    finally:
        connection.close()


@contextmanager
def portal(*, kept: bool, workers: int = 2, threads: int = 4) -> Iterator[str]:
    """The portal on the configured database; `kept` says whether it answers whole pages from memory."""
    port = free_port()
    words = ["serve", "--port", str(port), "--workers", str(workers), "--threads", str(threads)]
    environment = {"CLOCK": "off", **({} if kept else {"PAGE_MEMORY_MB": "0"})}
    with running([sys.executable, "manage.py", *words], port, "/healthz", environment) as origin:
        yield origin


@contextmanager
def floor(folder: Path, name: str, *, workers: int = 2, threads: int = 4) -> Iterator[str]:
    """The floor on the same server with the same settings, answering with what `folder` holds."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--no-log"),
        *("--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)),
        "benchmarks.serving.floor:application",
    ]
    with running(command, port, f"/{name}/", {"FLOOR_FOLDER": str(folder)}) as origin:
        yield origin
