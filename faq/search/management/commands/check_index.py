"""Says whether the search index is true to the published answers."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.models import FaqVersion
from faq.search.checking import Drift, check
from faq.search.vocabulary import Wrong


class Command(BaseCommand):
    help = "Compares the search index with every published answer; ends with 1 where it finds a difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what is wrong, and end with 0")
        parser.add_argument("--progress", action="store_true", help="show progress although nobody watches a terminal")

    def handle(self, *_args: Any, **options: Any) -> None:
        quiet = not (options["progress"] or sys.stderr.isatty())
        total = FaqVersion.objects.published().count()
        with tqdm(desc="Comparing", unit=" answers", total=total, disable=quiet) as bar:
            found = check(mend=options["repair"], each=bar.update)
        for drift, wrong in found.items():
            self.stdout.write(_line(drift, wrong))
        if not found:
            self.stdout.write(f"Published answers: {total:,}. The search index is true to all of them.")
        elif options["repair"]:
            self.stdout.write("All of this is mended.")
        else:
            raise CommandError("The search index is not true to what is published: check_index --repair mends it.")


def _line(drift: Drift, wrong: Wrong) -> str:
    more = ", …" if wrong.number > len(wrong.first) else ""
    return f"{drift.value}: {wrong.number:,} ({', '.join(wrong.first)}{more})"
