"""Says whether every text that came in has a flag, and every flag was forwarded, dismissed or is open."""

from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.chrome.models import Market
from portal.lib.spreadsheet import csv_lines
from portal.safety import reconciling
from portal.safety.catching_up import catch_up
from portal.safety.reconciling import DAYS, FIRST, LAST, Period, Reconciliation


class Command(BaseCommand):
    """Ends with an error where something is missing, so that whoever runs it by the clock hears of it."""

    help = "Reconciles the safety flags of a market and a period: received = forwarded + dismissed + open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--market", required=True, help="its code, such as us")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="2026-01-01; 30 days ago")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="this day included; today")
        parser.add_argument("--csv", type=Path, help="also writes the sums into this file")
        parser.add_argument("--repair", action="store_true", help="first flags what has no flag, whenever it came in")

    def handle(self, *_args: Any, **options: Any) -> None:
        market = Market.objects.filter(code=options["market"]).first()
        if market is None:
            raise CommandError(f"There is no market {options['market']!r}.")
        usual = Period.until_today(market)
        last = options["last"] or usual.last
        period = Period(market, options["first"] or last - timedelta(days=DAYS - 1), last)
        if not FIRST <= period.first <= period.last <= LAST:
            raise CommandError(f"{period.first} to {period.last} are no days of a portal.")
        if options["repair"]:
            caught = catch_up(market)
            self.stdout.write(f"Flagged now: {caught.made}; could not be flagged: {caught.failed}.")
        found = reconciling.reconcile(period)
        self._tell(found)
        if options["csv"]:
            options["csv"].write_text("".join(csv_lines(reconciling.lines(found))), encoding="utf-8", newline="")
        if not found.is_right:
            raise CommandError("The sums are not right. What has no flag gets one by --repair.")

    def _tell(self, found: Reconciliation) -> None:
        period = found.period
        self.stdout.write(f"{period.market.code}, {period.first} to {period.last}")
        for row in found.rows:
            sums = ", ".join(f"{name} {number}" for name, number in row.named)
            median = f", median to forward {row.median}" if row.median is not None else ""
            self.stdout.write(f"{row.kind}, {'raised' if row.has_clock else 'not raised'}: {sums}{median}")
        for texts in found.texts:
            unmatched = f", {texts.unmatched} unmatched" if texts.unmatched else ""
            self.stdout.write(f"{texts.kind.label}: {texts.stored} texts stored, {texts.flagged} flagged{unmatched}")
            for source in texts.named:
                self.stdout.write(f"  without a flag: {source}")
            if texts.missing > len(texts.named):
                self.stdout.write(f"  and {texts.missing - len(texts.named)} more")
