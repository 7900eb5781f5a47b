"""Runs the commands of the schedule in their turn."""

import os
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.clock import keeping

# Seconds. What still runs when they are over is cut off; its transaction ends with its connection.
ENDING = 8


class Command(BaseCommand):
    """Keeps the schedule until told to end; any number of machines may, for each command runs on one at a time."""

    help = "Runs the commands of the schedule (portal/clock/schedule.py) in their turn; `serve` starts it by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what has its turn now, and end")
        parser.add_argument("--parent", type=int, help="end when the process of this number is not the parent any more")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["once"]:
            if failed := keeping.run_all_due():
                raise CommandError("\n".join(failed))
            return
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threads = keeping.keep(stop)
        # A server that is killed cannot tell its children.
        while not stop.wait(1) and options["parent"] in (None, os.getppid()):
            pass
        stop.set()
        for thread in threads:
            thread.join(ENDING / len(threads))
