"""Scratch databases for benchmarks, on an embedded server of their own: what the portal holds is never touched.

Import this first: it sets Django up. A database is kept under $PORTAL_VAR/benchmarks and used again while what it was
made of stays the same, which stands in its comment.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from portal.lib import database
from portal.lib.database import locks
from portal.lib.database.server import Server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
FOLDER = settings.VAR / "benchmarks"
# Whatever DATABASE_URL says; and scratch data need not survive a power cut.
settings.DATABASES = {"default": {**database.owner(database.configuration(None, FOLDER)), "EMBEDDED_DURABLE": False}}
django.setup()

ROOT = Path(__file__).resolve().parent.parent


class Recipe(NamedTuple):
    """What a database was made of: fingerprints of its content, and of how the index was made of that."""

    content: str
    entries: str


def use(
    name: str,
    recipe: Recipe,
    fill: Callable[[], None],
    index: Callable[[], None],
    *,
    template: str = "",
    fresh: bool = False,
) -> None:
    """Leads this process to the database `name`, made anew where its content is another, or `fresh` is wanted.

    Args:
        name: letters, digits and underscores.
        recipe: what it is to be made of.
        fill: writes content and index into the migrated, empty database.
        index: writes the index anew where nothing else is another.
        template: the database that it begins as a copy of, instead of an empty one.
        fresh: make it anew in any case.
    """
    server = _server()
    server.ensure()
    with locks.exclusive(FOLDER / f"{name}.lock"):
        held = None if fresh else _held(server, name)
        if held is None or held.content != recipe.content:
            _create(server, name, template or "template1")
            _enter(name)
            call_command("migrate", verbosity=0)
            fill()
        elif held.entries != recipe.entries:
            _enter(name)
            index()
        else:
            _enter(name)
            return
        settle()
        _note(server, name, recipe)


def settle() -> None:
    """Takes away what writing left behind, and counts what there is, as the server does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def sources(*patterns: str) -> str:
    """A fingerprint of the project's files that fit one of `patterns`."""
    found = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    digest = hashlib.sha256()
    for path in found:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def say(*words: object) -> None:
    """Tells whoever waits what is going on, apart from what is measured."""
    print(*words, file=sys.stderr, flush=True)


def load_average() -> str:
    """How busy the machine is, as a line for reports."""
    return "load average " + " ".join(f"{load:.2f}" for load in os.getloadavg())


def _server() -> Server:
    server: Server = connection.server  # type: ignore[attr-defined]
    return server


def _held(server: Server, name: str) -> Recipe | None:
    """What the database `name` was made of; None where there is none, or it was never finished."""
    question = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(server.cluster.conninfo, autocommit=True) as main:
        found = main.execute(question, [name]).fetchone()
    parts = (found[0] or "").split() if found else []
    return Recipe(*parts) if len(parts) == len(Recipe._fields) else None


def _note(server: Server, name: str, recipe: Recipe) -> None:
    _run(server, [sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), " ".join(recipe))])


def drop(name: str) -> None:
    """Removes the database `name`."""
    connection.close()
    _run(_server(), [sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))])


def _create(server: Server, name: str, template: str) -> None:
    drop(name)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    _run(server, [create.format(sql.Identifier(name), sql.Identifier(template))])


def _run(server: Server, statements: Iterable[sql.Composed]) -> None:
    with psycopg.connect(server.cluster.conninfo, autocommit=True) as main:
        for statement in statements:
            main.execute(statement)


def _enter(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
