"""Says whether the audit trail is whole, or names the first entry that is not."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.audit import chain
from portal.audit.recording import note


class Command(BaseCommand):
    help = (
        "Follows the audit trail from its first entry, computing every hash anew. Prints how many entries there are and"
        " the head, or the first entry that is wrong and what is wrong with it; ends with 1 then."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            type=_head,
            help="a head that was printed before and kept elsewhere, as position:hash; shows that the end was cut",
        )

    def handle(self, *_args: Any, head: chain.Head | None, **_options: Any) -> None:
        try:
            with tqdm(chain.rows(), desc="Reading", unit=" entries", disable=not sys.stderr.isatty()) as entries:
                found = chain.verify(entries, head)
            _refuse_gaps(found)
        except chain.Break as broken:
            note("found broken", "audit", f"Entry {broken.position}", facts={"problem": str(broken)})
            raise CommandError(f"The audit trail is broken: {broken}.") from None
        note("verified", "audit", f"{found.position:,} entries", facts={"position": found.position, "hash": found.hash})
        self.stdout.write(f"The audit trail is whole: {found.position:,} entries.")
        self.stdout.write(f"Head: {found}")


def _refuse_gaps(head: chain.Head) -> None:
    """Raises Break where something is not recorded, or not chained."""
    if waiting := chain.unchained():
        raise chain.Break(head.position + 1, f"{waiting} changes after entry {head.position} are unchained")
    if tables := chain.unwatched():
        names = ", ".join(tables)
        raise chain.Break(head.position + 1, f"nothing is recorded or guarded any more in {names}: a trigger is off")


def _head(text: str) -> chain.Head:
    position, _, digest = text.strip().partition(":")
    if not position.isdecimal() or len(digest) != len(chain.FIRST):
        raise ArgumentTypeError("a head is a position, a colon and 64 digits, as this command prints it")
    return chain.Head(int(position), digest)
