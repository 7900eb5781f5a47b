"""Writes votes or remarks to a file, as the lists of the admin export them."""

import getpass
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.feedback_export import dictionary
from faq.feedback_export.formats import FORMATS
from faq.feedback_export.kinds import KINDS, Counts
from faq.feedback_export.narrowing import FILTERS, Unknown, narrowed
from faq.feedback_export.writing import Order, ended_orderly, facts, write
from portal.accounts.models import User

_RIGHT = "faq.export_feedback"


class Command(BaseCommand):
    # They load every page of the portal, which takes memory and helps no file.
    requires_system_checks = []
    help = (
        "Writes votes or remarks to a file, the newest first. It is an entry in the audit trail, with the account of"
        " the machine that ran it, or as done by the person named with --by. Remarks that wait for safety triage are"
        " left out where the policy of their market says so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=list(KINDS), default="votes", help="one row for each of what")
        parser.add_argument("--format", choices=list(FORMATS), default="csv")
        parser.add_argument("--output", default="-", metavar="FILE", help="- writes to the standard output")
        parser.add_argument("--dictionary", type=Path, metavar="FILE", help="write the data dictionary there, as CSV")
        parser.add_argument("--by", metavar="USERNAME", help="who exports; must have the right to")
        parser.add_argument("--progress", action="store_true", help="show progress although nobody watches a terminal")
        narrow = parser.add_argument_group("filters")
        for found in FILTERS:
            choices = found.choices or None
            narrow.add_argument(f"--{found.name}", type=found.type, choices=choices, help=found.help, dest=found.name)

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = perf_counter()
        order = self._ordered(options)
        try:
            with ended_orderly():
                counts = self._written(order, options)
        except OSError as error:
            raise CommandError(f"The export broke off: {error}.") from error
        if options["dictionary"]:
            options["dictionary"].write_bytes(dictionary.csv_file(order.kind, facts(order, counts)))
        held = f", {counts.left_out:,} left out that wait for safety triage" if counts.left_out else ""
        took = f"{perf_counter() - begun:.1f} s"
        # The file itself may go to the standard output.
        self.stderr.write(f"Exported {counts.written:,} {order.kind.key}{held}, in {took}.", self.style.SUCCESS)

    def _ordered(self, options: dict[str, Any]) -> Order:
        kind = KINDS[options["kind"]]
        given = {found.name: options[found.name] for found in FILTERS if options[found.name] is not None}
        try:
            shown = narrowed(kind, given)
        except Unknown as error:
            raise CommandError(f"{error}.") from error
        told = {name: str(value) for name, value in given.items()}
        way = {"way": "command", "account": _account(), "output": options["output"]}
        return Order(kind, options["format"], shown, told, _person(options["by"]), way)

    def _written(self, order: Order, options: dict[str, Any]) -> Counts:
        quiet = not (options["progress"] or sys.stderr.isatty())
        with tqdm(desc="Exporting", unit=" rows", total=order.shown.count(), disable=quiet) as bar:

            def tell(counts: Counts) -> None:
                bar.update(counts.done - bar.n)

            if options["output"] == "-":
                return write(order, _print, tell)
            return _into_file(order, Path(options["output"]), tell)


def _into_file(order: Order, path: Path, tell: Callable[[Counts], None]) -> Counts:
    """Writes beside `path` first, so that a file there is whole or was there before."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            counts = write(order, made.write, tell)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return counts


def _print(piece: bytes) -> None:
    # At once: whoever reads may be gone, which is to be told in the trail and not after it.
    sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def _person(username: str | None) -> User | None:
    if username is None:
        return None
    person = User.objects.filter(username=username, is_active=True, is_staff=True).first()
    if person is None:
        raise CommandError(f"Nobody of staff signs in as {username!r}.")
    if not person.has_perm(_RIGHT):
        raise CommandError(f"{username!r} has no right to export feedback.")
    return person


def _account() -> str:
    with suppress(KeyError, OSError):
        return getpass.getuser()
    return str(os.getuid())
