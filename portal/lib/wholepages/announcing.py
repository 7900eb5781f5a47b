"""Lets a table tell every process that public pages may have changed, as an operation of a migration."""

from typing import Any

from django.db.migrations.operations.base import Operation

CHANNEL = "pages_changed"
TRIGGER = "pages_change_with_it"

# A notification is delivered when the transaction commits, once however many rows it changed, and never if it fails.
_FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql
SET search_path = {schema}, pg_temp AS $announce$
DECLARE
    this {table};
BEGIN
    IF TG_OP <> 'INSERT' THEN
        this := OLD;
        IF {when} THEN
            PERFORM pg_notify('{channel}', '');
            RETURN NULL;
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        this := NEW;
        IF {when} THEN
            PERFORM pg_notify('{channel}', '');
        END IF;
    END IF;
    RETURN NULL;
END $announce$;
CREATE OR REPLACE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
"""
_UNDONE = "DROP TRIGGER IF EXISTS {trigger} ON {table}; DROP FUNCTION IF EXISTS {function}();"


class Announce(Operation):
    """From now on each change of the table's rows is announced to whoever keeps pages; said anew, it replaces itself.

    Args:
        table: a table of which public pages show something.
        when: an SQL expression over `this`, the row before or after the change; where it is true of neither, no page
            shows the row and nothing is announced.
    """

    reversible = True

    def __init__(self, table: str, *, when: str = "true") -> None:
        self.table = table
        self.when = when

    def state_forwards(self, _app_label: str, _state: Any) -> None:
        pass

    def database_forwards(self, _app_label: str, schema_editor: Any, _from_state: Any, _to_state: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_schema())")
            (schema,) = cursor.fetchone()
        told = {"schema": schema, "when": self.when, "channel": CHANNEL}
        schema_editor.execute(_FUNCTION.format(**told, **self._names()), params=None)

    def database_backwards(self, _app_label: str, schema_editor: Any, _from_state: Any, _to_state: Any) -> None:
        schema_editor.execute(_UNDONE.format(**self._names()), params=None)

    def describe(self) -> str:
        return f"Announce changes of {self.table} to whoever keeps pages"

    def _names(self) -> dict[str, str]:
        return {"table": self.table, "function": f"announce_{self.table}", "trigger": TRIGGER}
