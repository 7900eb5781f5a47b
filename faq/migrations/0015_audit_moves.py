"""In the audit trail a version is scheduled too, and sent back also after its approval."""

from django.db import migrations

from portal.audit import Watch

SENT_BACK = "NEW.status = 'draft' AND (OLD.status = 'in_review' OR OLD.review_comment <> NEW.review_comment)"
# The verbs of faq/publishing, told by the move itself: nobody moves a version past them unnoticed.
MOVE = f"""CASE
    WHEN TG_OP <> 'UPDATE' THEN NULL
    WHEN OLD.status = NEW.status AND OLD.publish_at IS NOT DISTINCT FROM NEW.publish_at THEN NULL
    WHEN OLD.status = NEW.status AND NEW.publish_at IS NULL THEN 'unscheduled'
    WHEN OLD.status = NEW.status THEN 'scheduled'
    WHEN NEW.status = 'in_review' THEN 'submitted'
    WHEN {SENT_BACK} THEN 'sent back'
    WHEN NEW.status = 'draft' THEN 'reopened'
    ELSE NEW.status
END"""
WHY = f"""CASE
    WHEN TG_OP <> 'UPDATE' OR OLD.status = NEW.status THEN ''
    WHEN NEW.status = 'withdrawn' THEN NEW.withdrawal_reason
    WHEN {SENT_BACK} THEN NEW.review_comment
    ELSE ''
END"""


class Migration(migrations.Migration):
    dependencies = [("faq", "0014_comments_and_invitations")]

    operations = [
        Watch(
            "faq_faqversion",
            label="(SELECT content_id FROM faq_faq WHERE id = this.faq_id) || ' v' || this.number",
            place="'faq:' || this.faq_id || '/version:' || this.id || '/'",
            action=MOVE,
            reason=WHY,
            digests=["rendered_short_answer", "rendered_body", "rendered_references"],
        ),
    ]
