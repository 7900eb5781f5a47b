"""Tells the proxies in front of the portal of every change, until it is ended."""

import os
import signal
from argparse import ArgumentParser
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.lib.wholepages.proxies import Proxy, follow
from portal.lib.wholepages.revision import Revision


class Command(BaseCommand):
    """Runs beside the server, once for all of its processes; any number of machines may."""

    help = "Has the proxies of PURGE_PROXIES forget all pages whenever something changed; `serve` starts it by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--parent", type=int, help="end when the process of this number is not the parent any more")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.PURGE_PROXIES:
            raise CommandError("PURGE_PROXIES names no proxy.")
        stop, revision = Event(), Revision()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        # One that does not answer must not keep the others waiting.
        for address in settings.PURGE_PROXIES:
            proxy = Proxy(address, settings.PURGE_KEY)
            Thread(target=follow, args=(revision, proxy, stop), daemon=True).start()
        # A server that is killed cannot tell its children.
        while not stop.wait(1) and options["parent"] in (None, os.getppid()):
            pass
