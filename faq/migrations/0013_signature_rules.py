"""What the database refuses about approvals: one without a signature, a writer's, an old one, a change of any."""

from typing import Any

from django.db import migrations
from django.db.models.functions import Now

from portal.audit import Watch
from portal.accounts.roles import ADMINISTRATOR, APPROVER, AUTHOR, FEEDBACK_REVIEWER, VIEW, grant

APPROVALS = """
CREATE FUNCTION faq_guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN
            RAISE EXCEPTION 'a version becomes % only by a move from draft', NEW.status USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.imported_from IS DISTINCT FROM OLD.imported_from THEN
        RAISE EXCEPTION 'version %: where it was imported from is said when it is made', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status = 'draft' AND NEW.status = 'in_review' THEN
        -- Whoever signed before signed another submission.
        IF EXISTS (SELECT FROM faq_signature WHERE version_id = NEW.id AND signed_at >= NEW.submitted_at) THEN
            RAISE EXCEPTION 'version %: a submission comes after every signature before it', NEW.id
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.status <> 'draft' AND NEW.submitted_at IS DISTINCT FROM OLD.submitted_at THEN
        RAISE EXCEPTION 'version % is % and its submission cannot be changed', NEW.id, OLD.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'approved' AND OLD.status <> 'approved'
       -- What was approved elsewhere brings no signature, as long as nobody here wrote in it or says to have approved it.
       AND NOT (NEW.imported_from <> '' AND NEW.approver_id IS NULL
                AND NOT EXISTS (SELECT FROM faq_faqversion_writers WHERE faqversion_id = NEW.id))
       AND NOT EXISTS (
           SELECT FROM faq_signature WHERE version_id = NEW.id AND signer_id = NEW.approver_id
                                       AND sha256 = NEW.content_sha256 AND signed_at >= NEW.submitted_at
       ) THEN
        RAISE EXCEPTION 'version %: its approver has not signed what would be approved', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- Triggers run in the order of their names: this one asks after the table of moves has been asked.
CREATE TRIGGER only_signed_versions_are_approved BEFORE INSERT OR UPDATE ON faq_faqversion
    FOR EACH ROW EXECUTE FUNCTION faq_guard_approval();
"""

SIGNATURES = """
CREATE FUNCTION faq_guard_signer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    SELECT status INTO state FROM faq_faqversion WHERE id = NEW.version_id;
    IF state <> 'in_review' THEN
        RAISE EXCEPTION 'version % is %: only what is in review is signed', NEW.version_id, state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM faq_faqversion WHERE id = NEW.version_id AND author_id = NEW.signer_id)
       OR EXISTS (SELECT FROM faq_faqversion_writers WHERE faqversion_id = NEW.version_id AND user_id = NEW.signer_id) THEN
        RAISE EXCEPTION 'version %: nobody signs what they wrote themselves', NEW.version_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER writers_never_sign BEFORE INSERT ON faq_signature
    FOR EACH ROW EXECUTE FUNCTION faq_guard_signer();
"""

APPEND_ONLY = "".join(
    f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON faq_{table}"
    " FOR EACH ROW EXECUTE FUNCTION faq_refuse();"
    f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON faq_{table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION faq_refuse();"
    for table in ("signature", "sendback")
)

UNDO = """
DROP TRIGGER only_signed_versions_are_approved ON faq_faqversion;
DROP TRIGGER writers_never_sign ON faq_signature;
DROP FUNCTION faq_guard_approval;
DROP FUNCTION faq_guard_signer;
""" + "".join(
    f"DROP TRIGGER {table}_never_changes ON faq_{table}; DROP TRIGGER {table}_is_never_truncated ON faq_{table};"
    for table in ("signature", "sendback")
)

VERSION = """(SELECT f.content_id || ' v' || v.number FROM faq_faqversion v JOIN faq_faq f ON f.id = v.faq_id
              WHERE v.id = this.version_id)"""


def watch(table: str, action: str, reason: str) -> Watch:
    place = "(SELECT 'faq:' || faq_id || '/version:' || id || '/' FROM faq_faqversion WHERE id = this.version_id)"
    return Watch(
        f"faq_{table}",
        label=VERSION,
        place=f"{place} || '{table}:' || this.id || '/'",
        action=f"CASE WHEN TG_OP = 'INSERT' THEN '{action}' END",
        reason=reason,
    )


READ = {"signature": VIEW, "sendback": VIEW}


def begin(apps: Any, _schema_editor: Any) -> None:
    """What waits for review was submitted by now, so that a signature may follow it; groups read both models."""
    apps.get_model("faq", "FaqVersion").objects.filter(status="in_review").update(submitted_at=Now())
    grant(apps, "faq", dict.fromkeys((AUTHOR, APPROVER, FEEDBACK_REVIEWER, ADMINISTRATOR), READ))


class Migration(migrations.Migration):
    dependencies = [("faq", "0012_signatures")]

    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunSQL([APPROVALS, SIGNATURES, APPEND_ONLY], UNDO),
        watch("signature", "signed", "this.meaning"),
        watch("sendback", "returned", "this.comment"),
    ]
