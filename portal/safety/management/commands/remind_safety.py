"""Mails what waits for the safety team: what no server took, what is due soon, what is overdue."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.safety import mailing


class Command(BaseCommand):
    """Made to be run every few minutes; running it again, or twice at once, tells nothing twice."""

    help = "Mails links to safety flags that are new, due soon or overdue, each of these once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        report = mailing.remind()
        for line in report.done:
            self.stdout.write(line)
        if not report.done:
            self.stdout.write("Nothing to tell.")
        if report.failed:
            raise CommandError("\n".join(report.failed))
