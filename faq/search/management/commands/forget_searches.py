"""Ends the keeping of what visitors searched for."""

from typing import Any

from django.core.management.base import BaseCommand

from faq.search import log
from portal.chrome.models import Market


class Command(BaseCommand):
    """Deletes searches and gaps that are older than their market keeps them; made to be run once a day."""

    help = "Deletes searches, and questions that found no answer, older than their market keeps them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        counts = [log.forget(market) for market in Market.objects.all()]
        events, gaps = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
        self.stdout.write(f"Searches forgotten: {events}. Questions without an answer forgotten: {gaps}.")
