"""Serves the portal with the production server."""

import os
import socket
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from portal.lib import door
from portal.lib.database.server import stop_if_unused

# Without the query: it holds what visitors ask, and whoever reads the log would have it beside their address.
ACCESS = '%(addr)s %(time)s "%(method)s %(path)s %(protocol)s" %(status)d %(dt_ms).1f ms'
# Bytes of address and headers together: a question in Chinese is nine times as long in an address as on the page.
LONGEST_HEAD = 64 * 1024
# Milliseconds that a client has to send them.
HEAD_WITHIN = 15_000
# Seconds that requests get to end when the server ends.
GRACE = 10
# Seconds that what runs beside the server gets to end what it is doing.
ENDING = 10


class Command(BaseCommand):
    """Runs granian in this process, so that the embedded database lives and ends with it."""

    help = "Serves the portal with granian on HOST:PORT, WEB_WORKERS processes of WEB_THREADS threads each."

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # What runs beside the server: the schedule, and whoever tells the proxies.
        self.beside: list[subprocess.Popen[bytes]] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
        parser.add_argument("--workers", type=int, default=os.environ.get("WEB_WORKERS", "2"))
        parser.add_argument("--threads", type=int, default=os.environ.get("WEB_THREADS", "4"))

    def handle(self, *_args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self._refuse_taken_port(host, port)
        self._refuse_missing_files()
        # Opened here, the embedded database belongs to this process and outlives any worker; its connection must not
        # be shared with them, so it is closed before they are forked.
        connection.ensure_connection()
        connections.close_all()
        server = Granian(
            "portal.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEAD_WITHIN, max_buffer_size=LONGEST_HEAD),
            workers=options["workers"],
            blocking_threads=options["threads"],
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=GRACE,
            log_level=LogLevels.warning,
            log_access=bool(os.environ.get("ACCESS_LOG")),
            log_access_format=ACCESS,
        )
        server.on_startup(lambda: self._begin(f"The portal answers on http://{host}:{port}/"))
        try:
            server.serve(target_loader=door.application, wrap_loader=False)
        finally:
            self._end_beside()
            stop_if_unused()

    def _begin(self, told: str) -> None:
        self.stdout.write(told)
        wanted = {"run_clock": settings.CLOCK, "purge_proxies": bool(settings.PURGE_PROXIES)}
        for command in (name for name, is_wanted in wanted.items() if is_wanted):
            words = [str(settings.BASE_DIR / "manage.py"), command, "--parent", str(os.getpid())]
            self.beside.append(subprocess.Popen([sys.executable, *words]))

    def _end_beside(self) -> None:
        for process in self.beside:
            process.terminate()
        for process in self.beside:
            try:
                process.wait(ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _refuse_missing_files(self) -> None:
        # Without the list of hashed names no page can be rendered, not even the one that says so.
        if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise CommandError("The static files are not collected. Run first: manage.py collectstatic --noinput")

    def _refuse_taken_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(f"Port {port} is taken. Choose another one: PORT=8123 make run") from error
