"""What the database itself refuses: a flag that forgets, a clock that is turned back, a history that changes."""

from django.db import migrations

from portal.audit import Watch

EVENTS = """
CREATE FUNCTION safety_guard_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the history of a safety flag is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER safety_events_never_change BEFORE UPDATE OR DELETE ON safety_safetyevent
    FOR EACH ROW EXECUTE FUNCTION safety_guard_event();
CREATE TRIGGER safety_event_is_never_truncated BEFORE TRUNCATE ON safety_safetyevent
    FOR EACH STATEMENT EXECUTE FUNCTION safety_guard_event();
"""

FLAGS = """
CREATE FUNCTION safety_guard_flag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'TRUNCATE of % is refused: what visitors reported is not forgotten', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.state = 'open' THEN
            RAISE EXCEPTION 'safety flag % is open and cannot be deleted', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.source_type_id, NEW.source_id, NEW.kind, NEW.market_id, NEW.received_at)
        IS DISTINCT FROM (OLD.source_type_id, OLD.source_id, OLD.kind, OLD.market_id, OLD.received_at) THEN
        RAISE EXCEPTION 'safety flag % keeps its text, its market and when that was received', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.raised_at IS NOT NULL
        AND (NEW.raised_at, NEW.raised_by) IS DISTINCT FROM (OLD.raised_at, OLD.raised_by) THEN
        RAISE EXCEPTION 'safety flag % stays raised', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.due_at > OLD.due_at THEN
        RAISE EXCEPTION 'safety flag % cannot become due later', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safety_flags_forget_nothing BEFORE UPDATE OR DELETE ON safety_safetyflag
    FOR EACH ROW EXECUTE FUNCTION safety_guard_flag();
CREATE TRIGGER safety_flag_is_never_truncated BEFORE TRUNCATE ON safety_safetyflag
    FOR EACH STATEMENT EXECUTE FUNCTION safety_guard_flag();
"""

UNDONE = """
DROP TRIGGER safety_flag_is_never_truncated ON safety_safetyflag;
DROP TRIGGER safety_flags_forget_nothing ON safety_safetyflag;
DROP FUNCTION safety_guard_flag();
DROP TRIGGER safety_event_is_never_truncated ON safety_safetyevent;
DROP TRIGGER safety_events_never_change ON safety_safetyevent;
DROP FUNCTION safety_guard_event();
"""


class Migration(migrations.Migration):
    dependencies = [("safety", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        migrations.RunSQL([EVENTS, FLAGS], UNDONE),
        # What people decide, not what visitors wrote: the trail is kept for ever, and the words of a cause are theirs.
        Watch(
            "safety_safetyflag",
            label="'Safety flag ' || this.id",
            place="'market:' || this.market_id || '/safetyflag:' || this.id || '/'",
            when="TG_OP <> 'INSERT'",
            action="CASE WHEN TG_OP = 'UPDATE' AND NEW.state <> OLD.state THEN"
            " CASE NEW.state WHEN 'forwarded' THEN 'forward' WHEN 'dismissed' THEN 'dismiss' ELSE 'reopen' END END",
            without=["causes", "points", "mailed_at", "soon_mailed_at", "overdue_mailed_at"],
        ),
    ]
