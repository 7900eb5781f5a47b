"""Lets a table tell every process that public pages may have changed, as an operation of a migration."""

from portal.lib.database.triggers import TableTrigger

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


class Announce(TableTrigger):
    """From now on each change of the table's rows is announced to whoever keeps pages; said anew, it replaces itself.

    Args:
        table: a table of which public pages show something.
        when: an SQL expression over `this`, the row before or after the change; where it is true of neither, no page
            shows the row and nothing is announced.
    """

    made, trigger, prefix = _FUNCTION, TRIGGER, "announce"

    def __init__(self, table: str, *, when: str = "true") -> None:
        super().__init__(table, {"when": when, "channel": CHANNEL})

    def describe(self) -> str:
        return f"Announce changes of {self.table} to whoever keeps pages"
