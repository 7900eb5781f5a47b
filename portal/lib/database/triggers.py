"""A trigger of its own for a table, as an operation of a migration; said anew, it replaces itself."""

from collections.abc import Mapping
from typing import Any

from django.db.migrations.operations.base import Operation

_UNDONE = "DROP TRIGGER IF EXISTS {trigger} ON {table}; DROP FUNCTION IF EXISTS {function}();"


class TableTrigger(Operation):
    """What the operations that attach a function and its trigger to a table share.

    A subclass gives `made`, the SQL that makes both, with places for {schema}, {table}, {function}, {trigger} and
    whatever is in `said`; `trigger`, what the trigger is called; and `prefix`, with which its function's name begins.
    """

    reversible = True
    made: str
    trigger: str
    prefix: str

    def __init__(self, table: str, said: Mapping[str, str]) -> None:
        self.table = table
        self.said = said

    def state_forwards(self, _app_label: str, _state: Any) -> None:
        pass

    def database_forwards(self, _app_label: str, schema_editor: Any, _from_state: Any, _to_state: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_schema())")
            (schema,) = cursor.fetchone()
        schema_editor.execute(self.made.format(schema=schema, **self._names(), **self.said), params=None)

    def database_backwards(self, _app_label: str, schema_editor: Any, _from_state: Any, _to_state: Any) -> None:
        schema_editor.execute(_UNDONE.format(**self._names()), params=None)

    def _names(self) -> dict[str, str]:
        return {"table": self.table, "function": f"{self.prefix}_{self.table}", "trigger": self.trigger}
