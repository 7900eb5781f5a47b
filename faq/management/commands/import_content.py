"""Writes a market from a folder of plain files to the database (docs/content-folder.md)."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, InternalError
from tqdm import tqdm

from faq.models.workflow import IllegalMove
from faq.portable.checking import Checker
from faq.portable.comparing import Comparison
from faq.portable.documents import Unreadable
from faq.portable.folder import Folder, Problem
from faq.portable.restoring import Restorer
from faq.portable.what import FAQ, VERSION
from faq.restoring import Untrue
from portal import audit

_MOST_LINES = 500


class Command(BaseCommand):
    help = (
        "Writes a market from the folder that export_content made, with the whole history of its answers. The folder is"
        " checked first: what is wrong is listed with its file and field, and then nothing is written. A market that is"
        " here already is refused; with --update it gets what it lacks: pages, drugs, questions with their versions,"
        " and drafts. What is here stays as it is, published wording above all; what differs is listed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of one market, with its manifest.json")
        parser.add_argument("--as", dest="code", help="code for the market here, if not the one of the folder")
        parser.add_argument("--update", action="store_true", help="add to a market that is here what it lacks")
        parser.add_argument("--check", action="store_true", help="only say what is wrong; write nothing")
        parser.add_argument("--progress", action="store_true", help="show progress although nobody watches a terminal")

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = perf_counter()
        quiet = not (options["progress"] or sys.stderr.isatty())
        checker = self._checked(options["folder"], quiet)
        compared = Comparison(checker, options["code"] or checker.folder.market, update=options["update"])
        compared.run()
        self._refuse(compared.problems)
        self._list(compared.kept)
        total = checker.counts[FAQ]
        if options["check"]:
            self.stdout.write(f"{total} answers in {checker.counts[VERSION]} versions: nothing is wrong with them.")
            return
        restorer = Restorer(checker, compared)
        self._write(restorer, total, quiet)
        if restorer.new_people:
            names = ", ".join(sorted(restorer.new_people))
            self.stdout.write(f"New accounts, inactive and without a password, for the names in the records: {names}")
        self.stdout.write(
            f"{total} answers in {checker.counts[VERSION]} versions are now in the market {compared.code}"
            f" ({perf_counter() - begun:.1f} s). SHA-256 of the manifest: {checker.folder.digest}"
        )

    def _checked(self, folder: Path, quiet: bool) -> Checker:
        checker = Checker(Folder(folder))
        with tqdm(desc="Checking", unit=" answers", disable=quiet) as bar:
            self._refuse(checker.run(bar.update))
        return checker

    def _write(self, restorer: Restorer, total: int, quiet: bool) -> None:
        try:
            reason = f"Content brought by the manifest {restorer.folder.digest}"
            with tqdm(desc="Writing", total=total, disable=quiet) as bar, audit.acting(None, reason=reason):
                restorer.run(bar.update)
        except ValidationError as error:
            raise CommandError(f"market.yaml: {' '.join(error.messages)} Nothing was written.") from error
        except Unreadable as error:
            raise CommandError(f"A file changed after it was checked: {error}. Nothing was written.") from error
        except (IntegrityError, InternalError, Untrue, IllegalMove) as error:
            raise CommandError(
                f"The database refused it: {str(error).splitlines()[0]}. Nothing was written."
            ) from error

    def _refuse(self, problems: Sequence[Problem]) -> None:
        if not problems:
            return
        self._list(problems)
        count = "1 thing is" if len(problems) == 1 else f"{len(problems)} things are"
        raise CommandError(f"{count} wrong, so nothing was written.")

    def _list(self, problems: Sequence[Problem]) -> None:
        for problem in problems[:_MOST_LINES]:
            self.stderr.write(str(problem))
        if len(problems) > _MOST_LINES:
            self.stderr.write(f"… and {len(problems) - _MOST_LINES} more")
