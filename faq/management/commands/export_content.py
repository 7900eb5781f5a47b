"""Writes a market with all its content to a folder of plain files (docs/content-folder.md)."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.models import Faq
from faq.portable.writing import Unwritable, export
from portal import audit
from portal.chrome.models import Market


class Command(BaseCommand):
    help = (
        "Writes a market to FOLDER/MARKET as plain files that read well in version control: answers in all versions,"
        " references, figures, notices, pages. A folder of an earlier export is brought up to date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("market", help="its code, for example us")
        parser.add_argument("folder", type=Path, help="the market's folder is made in it")
        parser.add_argument(
            "--library", action="store_true", help="all references of the library, not only those the market uses"
        )
        parser.add_argument("--progress", action="store_true", help="show progress although nobody watches a terminal")

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = perf_counter()
        market = Market.objects.filter(code=options["market"]).first()
        if market is None:
            raise CommandError(f"There is no market {options['market']!r}.")
        quiet = not (options["progress"] or sys.stderr.isatty())
        total = Faq.objects.filter(market=market).count()
        try:
            with tqdm(desc="Exporting", unit=" answers", total=total, disable=quiet) as bar:
                target = export(market, options["folder"] / market.code, library=options["library"], each=bar.update)
                digest = target.finish(market.code)
        except Unwritable as error:
            raise CommandError(f"{error}.") from error
        audit.note("export", "content", f"Content of {market}", facts={"manifest": digest, **target.counts})
        told = f"{target.counts['faq.faq']} answers in {target.counts['faq.faqversion']} versions"
        self.stdout.write(
            f"Wrote {told}, {len(target.digests)} files, to {target.folder} in {perf_counter() - begun:.1f} s."
        )
        self.stdout.write(f"SHA-256 of the manifest: {digest}")
