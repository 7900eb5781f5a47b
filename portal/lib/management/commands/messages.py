"""Brings the catalogs in step with what templates and code say."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.lib import messages


class Command(BaseCommand):
    """Rewrites locale/*/LC_MESSAGES/django.po and .mo, and names every text that waits for its translation."""

    help = "Collects the texts of the interface into the catalogs of locale/ and compiles them; needs Babel."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        for path in sorted(settings.BASE_DIR.glob("locale/*/LC_MESSAGES/django.po")):
            catalog = messages.updated(messages.read(path), messages.found(settings.BASE_DIR))
            path.write_bytes(messages.written(catalog))
            path.with_suffix(".mo").write_bytes(messages.compiled(catalog))
            waiting = messages.untranslated(catalog)
            self.stdout.write(f"{messages.language(path)}: {len(catalog)} texts, {len(waiting)} to translate")
            for text in waiting:
                self.stdout.write(f"  {text}")
