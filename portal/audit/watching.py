"""Attaches a table to the audit trail, as an operation of a migration."""

from collections.abc import Sequence

from portal.lib.database.triggers import TableTrigger

TRIGGER = "changes_are_recorded"

# `before`, `after` and `this` are what the expressions of a Watch may use, beside OLD and NEW.
_FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp SET timezone = 'UTC' AS $watch$
DECLARE
    this {table};
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        this := OLD;
    ELSE
        this := NEW;
    END IF;
    IF NOT coalesce({when}, false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        before := to_jsonb(OLD) - {without}::text[];
    END IF;
    IF TG_OP <> 'DELETE' THEN
        after := to_jsonb(NEW) - {without}::text[];
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF before = after THEN
            RETURN NULL;
        END IF;
        SELECT jsonb_object_agg(held.name, held.value), jsonb_object_agg(held.name, after -> held.name)
            INTO before, after
            FROM jsonb_each(before) AS held(name, value)
            WHERE held.value IS DISTINCT FROM after -> held.name;
    END IF;
    PERFORM audit_record(
        coalesce({action}, lower(TG_OP)), '{table}', {key}::text, coalesce({place}, '{kind}:' || {key} || '/'),
        coalesce({label}, ''), audit_veil(before, {digests}::text[], {hidden}::text[]),
        audit_veil(after, {digests}::text[], {hidden}::text[]), {reason}, false
    );
    RETURN NULL;
END $watch$;
CREATE OR REPLACE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
"""


class Watch(TableTrigger):
    """Records every change of a table's rows from now on, whoever makes it and however; said anew, it replaces itself.

    The texts are SQL expressions over `this`, the row as it is now (as it was, when deleted), OLD and NEW. Whoever
    renames or drops a column that one of them names says the Watch anew in the same migration.

    Args:
        table: the table; its columns are recorded by themselves, also those that come later.
        label: the row in words, such as "this.name".
        place: the path of rows that it belongs to and itself, such as "'faq:' || this.faq_id || '/phrasing:' || this.id
            || '/'"; by default the row alone.
        action: a verb for what happened where there is a better one than insert, update or delete; else NULL.
        reason: why, where the row says so; else what `audit.acting` said.
        when: whether this change is recorded at all.
        key: the primary key.
        without: columns that are not recorded, as derived ones; a change of these alone is no entry.
        digests: texts of which only the SHA-256 is recorded.
        hidden: columns of which only is recorded that they changed, as passwords.
    """

    made, trigger, prefix = _FUNCTION, TRIGGER, "audit_watch"

    def __init__(
        self,
        table: str,
        *,
        label: str = "''",
        place: str = "NULL",
        action: str = "NULL",
        reason: str = "''",
        when: str = "true",
        key: str = "this.id",
        without: Sequence[str] = (),
        digests: Sequence[str] = (),
        hidden: Sequence[str] = (),
    ) -> None:
        said = {
            "label": label,
            "place": place,
            "action": action,
            "reason": reason,
            "when": when,
            "key": key,
            "kind": table.partition("_")[2],
            "without": _array(without),
            "digests": _array(digests),
            "hidden": _array(hidden),
        }
        super().__init__(table, said)

    def describe(self) -> str:
        return f"Record changes of {self.table} in the audit trail"


def _array(names: Sequence[str]) -> str:
    return f"'{{{','.join(names)}}}'"
