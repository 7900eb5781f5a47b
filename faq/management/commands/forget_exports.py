"""Deletes files of votes and remarks that were kept for a day, and says of lost ones that they are."""

from typing import Any

from django.core.management.base import BaseCommand

from faq.feedback_export import making


class Command(BaseCommand):
    help = "Deletes exported files of votes and remarks a day after they were asked for."

    def handle(self, *_args: Any, **_options: Any) -> None:
        making.end_lost()
        self.stdout.write(f"Deleted {making.forget_old()} exported files.")
