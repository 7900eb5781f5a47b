"""Loads the demonstration markets with their pages and answers (fixtures/)."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from faq.citations import finding
from faq.imports.reading import Reading
from faq.imports.rows import Options
from faq.imports.running import Examination, examine_all, write_all
from portal.chrome.models import Market

SOURCE = "Demonstration content"


class Command(BaseCommand):
    help = "Loads the demonstration content into a database without a market."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="load it beside markets that are there already")
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="holds one folder for each market, named by its code, with site.yaml and answers/*.yaml",
        )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        if Market.objects.exists() and not options["force"]:
            self.stdout.write("There is a market already: nothing was loaded.")
            return
        sites = sorted(options["folder"].glob("*/site.yaml"), key=_default_first)
        for site in sites:
            self._load(site.parent)

    def _load(self, folder: Path) -> None:
        if not Market.objects.filter(code=folder.name).exists():
            call_command("loaddata", folder / "site.yaml", verbosity=0)
            # Published first, so that the answers supersede them.
            write_all(_examine(folder / "answers", folder.name, "earlier"))
        examined = _examine(folder / "answers", folder.name, "answers")
        write_all(examined)
        drugs = len({step.drug.pk for step in examined.steps})
        self.stdout.write(
            f"Loaded the demonstration for {folder.name}: {len(examined.to_write)} answers about {drugs} drugs."
        )


def _default_first(site: Path) -> tuple[bool, str]:
    """The other markets name sites and references that the default market's file holds."""
    return "is_default: true" not in site.read_text(encoding="utf-8"), site.parent.name


def _examine(folder: Path, market: str, part: str) -> Examination:
    reading = Reading()
    told = Options(market=market, source=SOURCE)
    for path in sorted(folder.glob("*.yaml")):
        for number, row in enumerate(_rows(path, part), start=1):
            reading.take(row, f"{path.name}, {part} {number}", told, folder)
    examined = examine_all(reading)
    if examined.bad:
        raise CommandError("\n".join(str(bad) for bad in examined.bad))
    return examined


def _rows(path: Path, part: str) -> Iterator[dict[str, Any]]:
    """One part of a drug's file, its `answers` or `earlier` wordings of some, as rows of the content format.

    Each has the references that it cites.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CommandError(f"{path}: {error}") from error
    library = {reference["key"]: reference for reference in document.get("references") or []}
    for answer in document.get(part) or []:
        keys = dict.fromkeys(_cited(answer))
        yield {"drug": document["drug"], "references": [library[key] for key in keys if key in library], **answer}


def _cited(answer: dict[str, Any]) -> Iterator[str]:
    for name in ("short_answer", "body"):
        yield from (key for kind, key in finding.find(answer.get(name) or "") if kind == "ref")
    for figure in answer.get("figures") or []:
        yield from figure.get("sources") or []
