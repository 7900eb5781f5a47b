"""Ends the keeping of privacy choices whose proof nobody needs any more."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.chrome.models import Consent

# Three years, however many leap days they have; the database refuses to delete a younger record.
KEPT = timedelta(days=3 * 366)


class Command(BaseCommand):
    """Deletes records of privacy choices that are older than three years; made to be run once a month."""

    help = "Deletes records of privacy choices that are older than three years."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count, _ = Consent.objects.filter(decided_at__lt=timezone.now() - KEPT).delete()
        self.stdout.write(f"Privacy choices deleted: {count}.")
