"""Static files that are several files of the project in one, so that a page asks for few (settings.BUNDLES).

Sources stay small files that are read and tested alone; nothing is compiled. A script becomes one block of its bundle,
so that what it declares stays its own, and what fails in it is reported and stops no other; it can therefore neither
import nor export.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage


class BundleFinder(BaseFinder):
    """Finds the bundles, made anew whenever one of their sources differs."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "bundles")

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for name in settings.BUNDLES:
            self._make(name)
            yield name, self.storage

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        found = self._make(path) if path in settings.BUNDLES else None
        return [found] if found and find_all else found or []

    def _make(self, name: str) -> str:
        target = Path(self.storage.path(name))
        content = bundled(name)
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and put in place at once: another process may be reading it.
            aside = target.with_name(f"{target.name}.{id(self)}")
            aside.write_text(content, encoding="utf-8")
            aside.replace(target)
        return str(target)


def bundled(name: str) -> str:
    """The text of the bundle `name`."""
    sources = [settings.BASE_DIR / "static" / source for source in settings.BUNDLES[name]]
    texts = [source.read_text(encoding="utf-8").strip() for source in sources]
    if name.endswith(".js"):
        texts = [f"try {{\n{text}\n}} catch (error) {{\nreportError(error);\n}}" for text in texts]
    return "\n".join(texts) + "\n"
