"""Flags every text that has no safety flag."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.safety import reconciling


class Command(BaseCommand):
    """Made to be run every few minutes: there is nothing to do unless a text came in before flags were made of it."""

    help = "Screens and flags whatever visitors wrote that has no safety flag, such as what came in before an update."

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = reconciling.repair()
        self.stdout.write(f"Texts flagged: {len(made)}, of them raised: {sum(flag.is_raised for flag in made)}.")
