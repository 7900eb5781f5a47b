"""Makes the sentence model that search by meaning uses, once for each installation."""

from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from faq.search.meaning import source
from faq.search.meaning.conversion import CannotPrepare, prepare


class Command(BaseCommand):
    help = "Converts the installed sentence model into the file that search uses; does nothing where it is there."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        begun = perf_counter()
        try:
            made = prepare(settings.VAR)
        except (CannotPrepare, OSError) as error:
            raise CommandError(str(error)) from error
        if made is None:
            self.stdout.write(f"The sentence model {source.NAME} is prepared already.")
            return
        seconds, size = perf_counter() - begun, made.stat().st_size / 1e6
        self.stdout.write(f"Prepared the sentence model {source.NAME} in {seconds:.1f} seconds: {made} ({size:.0f} MB)")
