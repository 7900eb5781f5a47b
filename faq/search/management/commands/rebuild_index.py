"""Writes the search index anew, while the portal goes on serving from it."""

import sys
from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.models import FaqVersion
from faq.search import rebuilding, vocabulary


class Command(BaseCommand):
    help = (
        "Writes the entries of published answers that the search index lacks, or that an older version of the portal"
        " or no sentence model made. May run while people search and publish, and twice at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every entry; goes on where such a run was stopped")
        parser.add_argument("--anew", action="store_true", help="with --all: from the start although one was stopped")
        parser.add_argument("--progress", action="store_true", help="show progress although nobody watches a terminal")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["anew"] and not options["all"]:
            raise CommandError("--anew is said with --all.")
        begun = perf_counter()
        quiet = not (options["progress"] or sys.stderr.isatty())
        try:
            written = self._write_all(options["anew"], quiet) if options["all"] else 0
            written += _write_stale(quiet)
            removed = rebuilding.remove_gone()
            words = vocabulary.words(mend=True).number if options["all"] else 0
            drugs = vocabulary.names(mend=True).number
        except KeyboardInterrupt:
            raise CommandError("Stopped. The same command goes on from here.") from None
        if options["all"] or written or removed or drugs:
            seconds = perf_counter() - begun
            self.stdout.write(
                f"Answers indexed: {written:,} in {seconds:.1f} seconds, {written / seconds:,.0f} a second. Entries"
                f" removed: {removed:,}. Words mended: {words:,}. Drugs with mended names: {drugs:,}."
            )

    def _write_all(self, anew: bool, quiet: bool) -> int:
        rebuild = rebuilding.begin(anew=anew)
        if rebuild.position:
            self.stdout.write(f"Going on with what was begun on {rebuild} UTC. --all --anew begins from the start.")
        total = rebuilding.ahead(rebuild).count()
        with tqdm(desc="Indexing", unit=" answers", total=total, disable=quiet) as bar:
            return rebuilding.write_all(rebuild, bar.update)


def _write_stale(quiet: bool) -> int:
    total = FaqVersion.objects.published().count()
    with tqdm(desc="Looking through", unit=" answers", total=total, disable=quiet, leave=False) as bar:
        return rebuilding.write_stale(bar.update)
