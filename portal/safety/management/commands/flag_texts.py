"""Flags every text that has no safety flag."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.safety.catching_up import Caught, catch_up


class Command(BaseCommand):
    """Made to be run every few minutes: there is nothing to do unless a text came in before flags were made of it.

    Ends with an error where a text could not be flagged, so that whoever runs it by the clock hears of it.
    """

    help = "Screens and flags whatever visitors wrote that has no safety flag, such as what came in before an update."

    def handle(self, *_args: Any, **options: Any) -> None:
        loud = options["verbosity"] > 1
        caught = catch_up(each=self._tell if loud else None)
        self._tell(caught)
        if caught.failed:
            raise CommandError(f"Texts that could not be flagged: {caught.failed}; the log says why.")

    def _tell(self, caught: Caught) -> None:
        self.stdout.write(f"Texts flagged: {caught.made}, of them raised: {caught.raised}.")
