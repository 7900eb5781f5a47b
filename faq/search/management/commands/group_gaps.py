"""Puts questions that found no answer beside those that mean the same."""

from typing import Any

from django.core.management.base import BaseCommand

from faq.search import grouping
from portal.chrome.models import Market


class Command(BaseCommand):
    """Made to be run every few minutes; running it again, or twice at once, moves nothing that stands."""

    help = "Groups questions that found no answer by what they mean and which medicine they are about."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = sum(grouping.group(market) for market in Market.objects.order_by("pk"))
        self.stdout.write(f"Questions without an answer put in their groups: {found}.")
