"""Mails to staff the inquiries that no mail server took."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.contact import handling


class Command(BaseCommand):
    """Mails what is stored but was not mailed to all of its mailboxes; made to be run every hour."""

    help = "Mails to staff the inquiries that no mail server took."

    def handle(self, *_args: Any, **_options: Any) -> None:
        sent, failed = handling.resend()
        self.stdout.write(f"Inquiries mailed: {sent}.")
        if failed:
            raise CommandError(f"Inquiries that could still not be mailed: {failed}.")
