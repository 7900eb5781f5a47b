"""Ends the keeping of records that are past their time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.retention.applying import Busy, apply
from portal.retention.policy import policy


class Command(BaseCommand):
    """Deletes or empties what is past its time; made to be run once a day, and safe to repeat."""

    help = "Deletes or empties records that are past the time that portal/retention/policy.toml says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what is past its time, and end nothing")

    def handle(self, *_args: Any, dry_run: bool = False, **_options: Any) -> None:
        try:
            counts = apply(only_count=dry_run)
        except Busy as error:
            raise CommandError(str(error)) from None
        for key, kind in policy().kinds.items():
            self.stdout.write(f"{kind.name}: {counts[key]}{' to end' if dry_run else ' ended'}")
