"""Catalogs of the interface: finds what templates and code say, and keeps the translations of locale/ in step with it.

Only who changes texts needs this, and Babel with it: every catalog is committed together with its compiled form.
"""

import ast
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages import catalog as babel
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

_LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **_LAZY, "gettext_noop": None}
# What only staff and operators read stays English.
UNREAD = {"admin", "admin.py", "management", "migrations"}
_HEADER = "# {language} texts of the interface. `make messages` keeps the list; the translations are written by hand."


class Found(NamedTuple):
    """One text of the interface: its context if it has one, its one form or its two, and the file that says it."""

    context: str | None
    forms: str | tuple[str, ...]
    file: str


class Catalog(babel.Catalog):
    """A catalog whose header says nothing that changes by itself, such as the day on which it was written."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", f"text/plain; charset={self.charset}"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """Ignores what a file says: the language alone decides."""


def found(root: Path) -> Iterator[Found]:
    """Every text that the templates and modules below `root` give to visitors, file by file."""
    for path in _sources(root):
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        code = source if path.suffix == ".py" else _template_calls(source, name)
        aliases = imported(source) if path.suffix == ".py" else {}
        keywords = {**KEYWORDS, **{alias: KEYWORDS[function] for alias, function in aliases.items()}}
        for _line, forms, _comments, context in extract("python", io.BytesIO(code.encode()), keywords):
            yield Found(context, forms, name)


def imported(source: str) -> dict[str, str]:
    """What a module calls each function of translation that it imports: {"_": "gettext_lazy"}."""
    imports = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    names = (name for node in imports if node.module == "django.utils.translation" for name in node.names)
    return {name.asname or name.name: name.name for name in names if name.name in KEYWORDS}


def _sources(root: Path) -> Iterator[Path]:
    patterns = ("portal/**/*.py", "faq/**/*.py", "templates/**/*.html", "templates/**/*.txt")
    for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
        if not UNREAD & set(path.relative_to(root).parts):
            yield path


def _template_calls(source: str, name: str) -> str:
    # Django turns a template into calls between filling, whose indentation means nothing to a reader of Python.
    return "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())


def language(path: Path) -> str:
    """The language of the catalog at `path`, which is locale/<language>/LC_MESSAGES/django.po."""
    return path.parts[-3]


def read(path: Path) -> Catalog:
    """The catalog at `path`; an empty one where none is yet."""
    catalog = _empty(language(path))
    if path.exists():
        with path.open("rb") as file:
            stored = read_po(file, locale=language(path))
        for message in stored:
            if message.id:
                catalog[message.id] = message
        catalog.obsolete = stored.obsolete
    return catalog


def updated(stored: Catalog, texts: Iterable[Found]) -> Catalog:
    """A catalog of `texts` with the translations and notes of `stored`; what nobody says any more is left out.

    Another English than that of the code holds no more than the words that differ.
    """
    catalog = _empty(str(stored.locale_identifier))
    for text in texts:
        catalog.add(text.forms, locations=[(text.file, 0)], context=text.context)
    for message in [message for message in catalog if message.id]:
        before = stored.get(message.id, message.context)
        if before and before.pluralizable == message.pluralizable:
            message.string, message.user_comments = before.string, before.user_comments
            message.flags |= before.flags & {"fuzzy"}
        if str(catalog.locale_identifier).startswith("en") and not _is_complete(message):
            catalog.delete(message.id, message.context)
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that still need a translator."""
    return [str(message.id) for message in catalog if message.id and (message.fuzzy or not _is_complete(message))]


def _is_complete(message: babel.Message) -> bool:
    return bool(message.string) and all(message.string or ())


def written(catalog: Catalog) -> bytes:
    """The catalog as a .po file, sorted by text, with the files that say it and no line numbers."""
    file = io.BytesIO()
    write_po(file, catalog, width=0, sort_output=True, include_lineno=False)
    return file.getvalue().rstrip() + b"\n"


def compiled(catalog: Catalog) -> bytes:
    """The catalog as a .mo file, which is what Django reads."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _empty(tag: str) -> Catalog:
    catalog = Catalog(locale=tag, fuzzy=False)
    catalog.header_comment = _HEADER.format(language=catalog.locale.english_name if catalog.locale else tag)
    return catalog
