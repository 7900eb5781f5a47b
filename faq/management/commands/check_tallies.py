"""Compares the tallies, which all figures are made of, with the votes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faq.satisfaction import checking

# So many differences are named.
NAMED = 20


class Command(BaseCommand):
    """Made to be run once a day; it changes nothing unless it is told to."""

    help = "Says whether the tallies of votes are what the votes say, and with --repair makes them so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="bring the tallies in step with the votes")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = checking.differences()
        if not found:
            self.stdout.write("Every tally is what the votes say.")
            return
        told = [str(difference) for difference in found[:NAMED]]
        told += [f"… and {len(found) - NAMED} more"] if len(found) > NAMED else []
        if not options["repair"]:
            hint = f"{len(found)} tallies are wrong; check_tallies --repair makes them right."
            raise CommandError("\n".join([*told, hint]))
        self.stdout.write("\n".join([*told, f"Repaired: {checking.mend()} tallies."]))
