"""How entries come into being: noted as rows change, chained as the transaction commits, changed by nobody."""

from typing import Any

from django.db import migrations

# What a transaction did so far; no log is written for it, since it lasts no longer than its transaction. A seal stands
# for a transaction that has something to chain.
PENDING = """
CREATE UNLOGGED TABLE audit_pending (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_id bigint,
    actor text NOT NULL,
    via text NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    place text NOT NULL,
    label text NOT NULL,
    before jsonb,
    after jsonb,
    reason text NOT NULL,
    is_note boolean NOT NULL
);
CREATE UNLOGGED TABLE audit_seal (
    xact xid8 PRIMARY KEY,
    since bigint NOT NULL,
    is_last boolean NOT NULL DEFAULT false
);
"""

RECORD = """
CREATE FUNCTION audit_record(
    action text, kind text, key text, place text, label text, before jsonb, after jsonb, reason text, is_note boolean
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    acting jsonb := nullif(current_setting('portal.acting', true), '')::jsonb;
    number bigint;
BEGIN
    INSERT INTO audit_pending (actor_id, actor, via, action, kind, key, place, label, before, after, reason, is_note)
    VALUES (
        (acting ->> 'id')::bigint,
        left(coalesce(acting ->> 'name', ''), 400),
        concat_ws(', ', session_user, nullif(current_setting('application_name'), '')),
        left(action, 40), left(kind, 80), left(key, 200), left(place, 300), left(label, 600), before, after,
        coalesce(nullif(reason, ''), acting ->> 'reason', ''),
        is_note
    ) RETURNING id INTO number;
    IF NOT EXISTS (SELECT FROM audit_seal WHERE xact = pg_current_xact_id()) THEN
        INSERT INTO audit_seal (xact, since) VALUES (pg_current_xact_id(), number);
    END IF;
END $$;

CREATE FUNCTION audit_note(action text, kind text, key text, place text, label text, facts jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    PERFORM audit_record(action, kind, key, place, label, NULL, facts, '', true);
END $$;

-- What is recorded of texts too long to keep, and of secrets.
CREATE FUNCTION audit_veil(held jsonb, digests text[], hidden text[]) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY digests LOOP
        IF held ->> name <> '' THEN
            held := held || jsonb_build_object(
                name, 'sha256:' || encode(sha256(convert_to(held ->> name, 'UTF8')), 'hex')
            );
        END IF;
    END LOOP;
    FOREACH name IN ARRAY hidden LOOP
        IF held ? name THEN
            held := held || jsonb_build_object(name, '(hidden)');
        END IF;
    END LOOP;
    RETURN held;
END $$;
"""

# portal/audit/chain.py computes the same, from the same texts.
CHAIN = """
CREATE FUNCTION audit_canonical(VARIADIC parts text[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT convert_to(
        string_agg(coalesce(octet_length(convert_to(part, 'UTF8')) || ':' || part, '-'), ',' ORDER BY place), 'UTF8'
    )
    FROM unnest(parts) WITH ORDINALITY AS held(part, place)
$$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp AS $$
DECLARE
    entry audit_pending;
    last bigint;
    head text;
    digest text;
BEGIN
    IF NOT NEW.is_last THEN
        -- Queued anew, this comes after every foreign key that waits for the commit too: whoever might wait for
        -- another transaction does so before holding what all wait for.
        UPDATE audit_seal SET is_last = true WHERE xact = NEW.xact;
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock({lock});
    SELECT position, hash INTO last, head FROM audit_entry ORDER BY position DESC LIMIT 1;
    last := coalesce(last, 0);
    head := coalesce(head, repeat('0', 64));
    FOR entry IN SELECT * FROM audit_pending WHERE id >= NEW.since AND xact = NEW.xact ORDER BY id LOOP
        last := last + 1;
        digest := encode(sha256(audit_canonical(
            head, last::text, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            entry.actor_id::text, entry.actor, entry.via, entry.action, entry.kind, entry.key, entry.place, entry.label,
            entry.before::text, entry.after::text, entry.reason, entry.is_note::text
        )), 'hex');
        INSERT INTO audit_entry (position, at, actor_id, actor, via, action, kind, key, place, label, before, after,
                                 reason, is_note, previous, hash)
        VALUES (last, entry.at, entry.actor_id, entry.actor, entry.via, entry.action, entry.kind, entry.key,
                entry.place, entry.label, entry.before, entry.after, entry.reason, entry.is_note, head, digest);
        head := digest;
    END LOOP;
    DELETE FROM audit_pending WHERE id >= NEW.since AND xact = NEW.xact;
    DELETE FROM audit_seal WHERE xact = NEW.xact;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entries_are_chained AFTER INSERT OR UPDATE ON audit_seal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();
"""

# ALWAYS: also in a session that calls itself a replica.
GUARDS = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of the audit trail is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER entries_never_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_is_never_truncated BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER entries_never_change;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_is_never_truncated;
"""

UNDONE = """
DROP TRIGGER entries_never_change ON audit_entry;
DROP TRIGGER audit_entry_is_never_truncated ON audit_entry;
DROP TABLE audit_seal, audit_pending;
DROP FUNCTION audit_record, audit_note, audit_veil, audit_canonical, audit_chain, audit_refuse;
"""

# Any number that nothing else locks.
LOCK = 4_850_817_332_096_711_113


def make(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
    for statements in (PENDING, RECORD, CHAIN, GUARDS):
        filled = statements.replace("{schema}", schema).replace("{lock}", str(LOCK))
        schema_editor.execute(filled, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(make, lambda _apps, schema_editor: schema_editor.execute(UNDONE, params=None)),
    ]
