"""Querysets whose SQL is made once, and planned once by each session of the database.

Django makes the SQL of a queryset anew each time, and PostgreSQL plans it anew: for a query that collects a whole page,
that takes far longer than running it. What is asked for here differs by a few values alone.
"""

import copy
import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
# What stands for the arguments while the SQL is made, a number or a text, and which no row has.
_STAND_IN = 1_900_000_000
_STANDING_IN = re.compile(r"\b190000000(\d)\b|'stands-in-(\d)'")

Value = int | str


class Prepared(Generic[M]):
    """The rows of a queryset that differs by some values.

    Args:
        make: the queryset for some values. It is called once, so nothing in it may depend on the moment or the
            language; without prefetch_related, which would ask more.
        kinds: int or str for each value that it takes, at most ten.
    """

    def __init__(self, make: Callable[..., QuerySet[M]], *kinds: type[Value]) -> None:
        self._make = make
        self._stand_ins = [
            _STAND_IN + place if kind is int else f"stands-in-{place}" for place, kind in enumerate(kinds)
        ]
        self._made: dict[str, tuple[str, list[int], Any]] = {}

    def __call__(self, *values: Value, using: str = DEFAULT_DB_ALIAS) -> list[M]:
        """The rows for `values`, in one query."""
        told, order, ready = self._made.get(using) or self._compiled(using)
        connection = connections[using]
        rows = _rows(connection, told, [values[place] for place in order])
        compiler = copy.copy(ready)
        compiler.connection = connection
        compiler.execute_sql = lambda **_how: [rows]
        return list(ModelIterable(_Asked(compiler)))  # type: ignore[arg-type]

    def first(self, *values: Value, using: str = DEFAULT_DB_ALIAS) -> M | None:
        """The first row; None where there is none."""
        return next(iter(self(*values, using=using)), None)

    def _compiled(self, using: str) -> tuple[str, list[int], Any]:
        """SQL with a place for each value, which value goes where, and what reads the rows."""
        compiler: Any = self._make(*self._stand_ins).query.get_compiler(using)
        connection = connections[using]
        connection.ensure_connection()
        # Everything that stays the same is written out: the server then knows the types of what it plans.
        sql = psycopg.ClientCursor(connection.connection).mogrify(*compiler.as_sql()).replace("%", "%%")
        order = [int(number or text) for number, text in _STANDING_IN.findall(sql)]
        self._made[using] = made = _STANDING_IN.sub("%s", sql), order, compiler
        return made


class _Asked:
    """What ModelIterable asks of a queryset."""

    def __init__(self, compiler: Any) -> None:
        self.query = self
        self.db = compiler.using
        self._compiler = compiler
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, using: str) -> Any:  # noqa: ARG002  (ModelIterable names it)
        return self._compiler


def _rows(connection: Any, sql: str, values: list[Value]) -> list[tuple[Any, ...]]:
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS") or connection.queries_logged:
        # A pooler hands each transaction to another session, which has planned nothing; and whoever has queries
        # logged wants to read them, which psycopg tells of its own cursors alone.
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    session = connection.connection
    with connection.wrap_database_errors, connection._prepare_cursor(psycopg.Cursor(session)) as cursor:
        usual, session.prepare_threshold = session.prepare_threshold, 0
        try:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
        finally:
            # Django's own statements are never the same twice: each would be planned to be kept.
            session.prepare_threshold = usual
