"""Publishes the versions whose time has come."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faq import publishing


class Command(BaseCommand):
    help = "Publishes approved versions whose time to be published has come; run it every minute."

    def handle(self, *_args: Any, **_options: Any) -> None:
        kept = publishing.publish_due()
        for version in kept.published:
            self.stdout.write(f"Published {version}.")
        if kept.failed:
            raise CommandError("\n".join(f"{version} was not published: {why}" for version, why in kept.failed))
