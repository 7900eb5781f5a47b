"""Loads answers from JSON Lines files (docs/content-format.md)."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from tqdm import tqdm

from faq.imports import files
from faq.imports.examining import Verdict
from faq.imports.reading import read_files
from faq.imports.rows import FULL, MINIMAL, Options
from faq.imports.running import Examination, examine_all, write_all
from faq.imports.writing import Overtaken
from faq.models.faq import LabelStatus
from portal.chrome.models import Market

OPTIONS = {
    "--market": {"help": "code of the market for rows that name none (the default market)"},
    "--map": {
        "action": "append",
        "default": [],
        "metavar": "FIELD=KEY[,FIELD=KEY]",
        "help": "under which keys the rows hold the format's fields, for example drug=focus",
    },
    "--default": {
        "action": "append",
        "default": [],
        "metavar": "FIELD=TEXT",
        "help": "what a field becomes where a row leaves it empty; {drug} becomes the row's drug",
    },
    "--category": {"default": "Imported", "help": "name of the category for new drugs that come without one"},
    "--label-status": {"choices": LabelStatus.values, "default": LabelStatus.ON_LABEL, "help": "of minimal rows"},
    "--html": {"action": "store_true", "help": "the answers of minimal rows are HTML, not plain text"},
    "--skip-bad": {"action": "store_true", "help": "import the good rows although there are bad ones"},
    "--revive": {"action": "store_true", "help": "publish again what was withdrawn"},
    "--dry-run": {"action": "store_true", "help": "say what would happen, and change nothing"},
    "--progress": {"action": "store_true", "help": "show progress although nobody watches a terminal"},
}


class Command(BaseCommand):
    help = "Loads answers from JSON Lines files, plain or gzip; bad rows are listed, and then nothing is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="JSON Lines; - reads standard input")
        for name, settings in OPTIONS.items():
            parser.add_argument(name, **settings)  # type: ignore[arg-type]

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = perf_counter()
        quiet = not (options["progress"] or sys.stderr.isatty())
        examined = self._examine(options["files"], _told(options), quiet)
        self._list(examined)
        refused, dry_run = bool(examined.bad) and not options["skip_bad"], options["dry_run"]
        if not (refused or dry_run):
            _write(examined, quiet)
        if dry_run or not refused:
            self._sum_up(examined, perf_counter() - begun, dry_run)
        if refused:
            bad = _count(len(examined.bad), "bad row")
            raise CommandError(f"{bad}, so nothing was changed; --skip-bad imports the others.")

    def _examine(self, names: Sequence[str], told: Options, quiet: bool) -> Examination:
        try:
            with tqdm(desc="Reading", unit=" rows", disable=quiet) as bar:
                reading = read_files(names, told, bar.update)
        except files.Unreadable as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        with tqdm(desc="Comparing", unit=" rows", total=len(reading.rows), disable=quiet) as bar:
            return examine_all(reading, bar.update)

    def _list(self, examined: Examination) -> None:
        for remark in examined.remarks:
            self.stderr.write(remark)
        for bad in examined.bad:
            self.stderr.write(self.style.ERROR(str(bad)))

    def _sum_up(self, examined: Examination, seconds: float, dry_run: bool) -> None:
        library = examined.library
        counts = [
            _count(examined.count(Verdict.NEW), "new answer"),
            _count(examined.count(Verdict.CHANGED), "changed answer"),
            f"{examined.count(Verdict.UNCHANGED)} unchanged",
            f"{examined.repeated} repeated",
            f"{len(examined.bad)} bad",
            _count(len(library.new_drugs), "new drug"),
            _count(len(library.changed_drugs), "changed drug"),
        ]
        rows = len(examined.steps) + len(examined.bad) + examined.repeated
        beginning = "Would import" if dry_run else "Imported"
        self.stdout.write(
            f"{beginning}: {', '.join(counts)}. {seconds:.1f} seconds, {rows / seconds:,.0f} rows a second."
        )


def _write(examined: Examination, quiet: bool) -> None:
    try:
        with tqdm(desc="Writing", unit=" answers", total=len(examined.to_write), disable=quiet) as bar:
            write_all(examined, bar.update)
    except (Overtaken, IntegrityError) as error:
        reason = str(error).partition("\n")[0]
        message = f"Somebody changed the same content meanwhile ({reason}). Import again: it goes on where it stopped."
        raise CommandError(message) from error


def _told(options: Mapping[str, Any]) -> Options:
    market = Market.objects.filter(code=options["market"]) if options["market"] else Market.objects.default()
    found = market.first()
    if found is None:
        raise CommandError(f"There is no market {options['market']!r}." if options["market"] else "There is no market.")
    return Options(
        market=found.code,
        label_status=options["label_status"],
        category=options["category"],
        html=options["html"],
        revive=options["revive"],
        renamed=_pairs("--map", ",".join(options["map"]).split(",")),
        defaults=_pairs("--default", options["default"]),
    )


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    found = {}
    for pair in filter(None, given):
        name, _, value = (part.strip() for part in pair.partition("="))
        if name not in (*MINIMAL, *FULL) or not value:
            fields = ", ".join(dict.fromkeys((*MINIMAL, *FULL)))
            raise CommandError(f"{option} {pair}: write FIELD=VALUE, where FIELD is one of {fields}.")
        found[name] = value
    return found


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
