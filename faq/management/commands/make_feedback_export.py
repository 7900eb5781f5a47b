"""Makes one file that was asked for on a list; the server starts this for large ones."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faq.feedback_export import making
from faq.feedback_export.writing import ended_orderly
from faq.models import FeedbackExport

# Pages go before files where both want the processor.
_NICE = 10


class Command(BaseCommand):
    # They load every page of the portal, which takes memory and helps no file.
    requires_system_checks = []
    help = "Makes the file of one export that waits; `serve` starts this by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("export", type=int, help="its number")

    def handle(self, *_args: Any, export: int, **_options: Any) -> None:
        found = FeedbackExport.objects.select_related("asked_by").filter(pk=export).first()
        if found is None:
            raise CommandError(f"There is no export {export}.")
        os.nice(_NICE)
        with ended_orderly():
            making.make(found)
