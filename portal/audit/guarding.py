"""What keeps the serving role from the trail: the rights that it is given, and those that it has in fact."""

from typing import Any, LiteralString, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# The serving role reads these and no more: the trail, what waits to be chained, and which migrations were applied.
READ_ONLY = ["audit_entry", "audit_pending", "audit_seal", "django_migrations"]

_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
    AND pg_has_role(relowner, 'USAGE')
"""
_SEQUENCES = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' AND pg_has_role(relowner, 'USAGE')
"""
_INNER = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'audit\\_%'
    AND pg_has_role(proowner, 'USAGE')
"""
_UNPINNED = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
    AND pg_has_role(proowner, 'USAGE') AND NOT coalesce(proconfig::text LIKE '%search_path%', false)
"""
_RIGHTS = """
SELECT current_user,
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    pg_has_role(current_user, relowner, 'MEMBER'),
    has_table_privilege(oid, 'INSERT') OR has_table_privilege(oid, 'UPDATE')
        OR has_table_privilege(oid, 'DELETE') OR has_table_privilege(oid, 'TRUNCATE'),
    has_schema_privilege(relnamespace, 'CREATE')
FROM pg_class WHERE oid = 'audit_entry'::regclass
"""


class Guard(NamedTuple):
    """What the role of a session could do to the trail."""

    role: str
    is_superuser: bool
    owns: bool
    writes: bool
    creates: bool

    @property
    def is_whole(self) -> bool:
        """Whether the database itself keeps the role from changing the trail and from lifting its triggers."""
        return not (self.is_superuser or self.owns or self.writes or self.creates)

    def __str__(self) -> str:
        if self.is_whole:
            return f"the role {self.role} can add to it by its acts and cannot change it"
        return f"guarded by triggers only: the role {self.role} could lift them"


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Gives `role` what serving takes, as the owner: rows of all tables but those of the trail, and no table itself."""
    with connection.cursor() as cursor:
        [schema] = _names(cursor, "SELECT current_schema()")
        tables, sequences = _names(cursor, _TABLES), _names(cursor, _SEQUENCES)
        written = [name for name in tables if name not in READ_ONLY]
        read = [name for name in tables if name in READ_ONLY]
        _run(cursor, "GRANT USAGE ON SCHEMA {} TO {}", sql.Identifier(schema), sql.Identifier(role))
        for rights, kind, names in (
            ("SELECT, INSERT, UPDATE, DELETE", "TABLE", written),
            ("SELECT", "TABLE", read),
            ("USAGE, SELECT, UPDATE", "SEQUENCE", sequences),
        ):
            if names:
                listed = sql.SQL(", ").join(sql.Identifier(schema, name) for name in names)
                _run(cursor, f"REVOKE ALL ON {kind} {{}} FROM PUBLIC, {{}}", listed, sql.Identifier(role))
                _run(cursor, f"GRANT {rights} ON {kind} {{}} TO {{}}", listed, sql.Identifier(role))
        # A temporary table comes first by default, so one that bears the name of another could deceive a trigger.
        for name in _names(cursor, _UNPINNED):
            _run(cursor, f"ALTER FUNCTION {name} SET search_path = {{}}, pg_temp", sql.Identifier(schema))
        # Whoever may run what triggers run could have a table of their own speak in the name of another.
        for name in _names(cursor, _INNER):
            cursor.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
            if name.startswith("audit_note("):
                _run(cursor, f"GRANT EXECUTE ON FUNCTION {name} TO {{}}", sql.Identifier(role))


def _names(cursor: Any, query: str) -> list[str]:
    cursor.execute(query)
    return [name for (name,) in cursor.fetchall()]


def _run(cursor: Any, statement: LiteralString, *names: sql.Composable) -> None:
    cursor.execute(sql.SQL(statement).format(*names))


def guard(connection: BaseDatabaseWrapper) -> Guard:
    """What the role of this session could do to the trail, as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS)
        return Guard(*cursor.fetchone())
