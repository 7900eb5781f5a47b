"""Tells staff which answers come due for review, and withdraws those that stayed overdue."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faq import review_clock


class Command(BaseCommand):
    """Made to be run once a day; running it again, or twice at once, tells and withdraws nothing twice."""

    help = "Mails which answers come due for review, and withdraws by each market's policy what stayed overdue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        report = review_clock.rehearse() if options["dry_run"] else review_clock.run()
        for line in report.done:
            self.stdout.write(line)
        if not report.done:
            self.stdout.write("Nothing to tell and nothing to withdraw.")
        if report.failed:
            raise CommandError("\n".join(report.failed))
