"""All content is in the audit trail, its moves under their own names; what visitors said of it is not."""

from django.db import migrations

from portal.audit import Watch


def drug(key: str) -> str:
    return f"(SELECT name FROM faq_drug WHERE id = {key})"


def faq(key: str) -> str:
    return f"(SELECT content_id FROM faq_faq WHERE id = {key})"


def version(key: str) -> str:
    return f"(SELECT f.content_id || ' v' || v.number FROM faq_faqversion v JOIN faq_faq f ON f.id = v.faq_id WHERE v.id = {key})"


def in_version(key: str, kind: str) -> str:
    return f"(SELECT 'faq:' || faq_id || '/version:' || id || '/' FROM faq_faqversion WHERE id = {key}) || '{kind}:' || this.id || '/'"


def in_faq(kind: str) -> str:
    return f"'faq:' || this.faq_id || '/{kind}:' || this.id || '/'"


MARKET = "(SELECT code FROM chrome_market WHERE id = this.market_id)"
REFERENCE = "(SELECT key FROM faq_reference WHERE id = this.reference_id)"
TOPIC = "(SELECT name FROM faq_topic WHERE id = this.topic_id)"
WRITER = "(SELECT username FROM accounts_user WHERE id = this.user_id)"
FIGURE = "(SELECT version_id FROM faq_figure WHERE id = this.figure_id)"

# The verbs of faq/publishing.py, told by the move itself: nobody moves a version past them unnoticed.
MOVE = """CASE
    WHEN OLD.status IS NOT DISTINCT FROM NEW.status OR TG_OP <> 'UPDATE' THEN NULL
    WHEN NEW.status = 'in_review' THEN 'submitted'
    WHEN NEW.status = 'draft' AND OLD.status = 'in_review' THEN 'sent back'
    WHEN NEW.status = 'draft' THEN 'reopened'
    ELSE NEW.status
END"""
WHY = """CASE
    WHEN OLD.status IS NOT DISTINCT FROM NEW.status OR TG_OP <> 'UPDATE' THEN ''
    WHEN NEW.status = 'withdrawn' THEN NEW.withdrawal_reason
    WHEN NEW.status = 'draft' AND OLD.status = 'in_review' THEN NEW.review_comment
    ELSE ''
END"""
STANDING = """CASE
    WHEN TG_OP <> 'UPDATE' OR OLD.standing IS NOT DISTINCT FROM NEW.standing THEN NULL
    WHEN NEW.standing = 'current' THEN 'restored'
    ELSE NEW.standing
END"""
RENDERED = ["rendered_short_answer", "rendered_body", "rendered_references"]
REQUEST = "CASE WHEN this.closed_at IS NOT NULL AND TG_OP = 'UPDATE' THEN coalesce(nullif(this.outcome, ''), this.reason) ELSE this.reason END"


class Migration(migrations.Migration):
    dependencies = [("faq", "0009_retracted_sources"), ("audit", "0002_chain")]

    operations = [
        Watch("faq_category", label=f"{MARKET} || ' ' || this.name"),
        Watch("faq_drug", label=f"{MARKET} || ' ' || this.name", without=["updated_at"]),
        Watch(
            "faq_drugname",
            label=f"{drug('this.drug_id')} || ': ' || this.name",
            place="'drug:' || this.drug_id || '/drugname:' || this.id || '/'",
        ),
        Watch("faq_topic", label=f"{MARKET} || ' ' || this.name"),
        Watch("faq_faq", label="this.content_id"),
        Watch("faq_faq_topics", label=f"{faq('this.faq_id')} || ': ' || {TOPIC}", place=in_faq("faq_topics")),
        Watch("faq_otherphrasing", label=f"{faq('this.faq_id')} || ': ' || this.text", place=in_faq("otherphrasing")),
        Watch(
            "faq_faqversion",
            label=f"{faq('this.faq_id')} || ' v' || this.number",
            place="'faq:' || this.faq_id || '/version:' || this.id || '/'",
            action=MOVE,
            reason=WHY,
            digests=RENDERED,
        ),
        Watch(
            "faq_faqversion_writers",
            label=f"{version('this.faqversion_id')} || ': ' || {WRITER}",
            place=in_version("this.faqversion_id", "faqversion_writers"),
        ),
        Watch(
            "faq_figure",
            label=f"{version('this.version_id')} || ': ' || this.key",
            place=in_version("this.version_id", "figure"),
        ),
        Watch(
            "faq_figuresource",
            label=f"{version(FIGURE)} || ': ' || {REFERENCE}",
            place=in_version(FIGURE, "figuresource"),
        ),
        # Its key is the digest of its bytes.
        Watch("faq_image", key="this.sha256", label="left(this.sha256, 12)", without=["content", "webp"]),
        Watch(
            "faq_relatedresource",
            label=f"{version('this.version_id')} || ': ' || this.title",
            place=in_version("this.version_id", "relatedresource"),
        ),
        Watch(
            "faq_citation",
            label=f"{version('this.version_id')} || ' [' || this.number || ']: ' || {REFERENCE}",
            place=in_version("this.version_id", "citation"),
        ),
        Watch(
            "faq_reference",
            label="this.key || ': ' || this.title",
            action=STANDING,
            reason=f"CASE WHEN ({STANDING}) IS NOT NULL THEN NEW.standing_reason ELSE '' END",
            # Derived from the CSL-JSON.
            without=["author", "doi", "kind", "nct", "pmid", "title", "words", "year"],
        ),
        Watch(
            "faq_reviewrequest",
            label=f"{faq('this.faq_id')} || ': ' || this.cause",
            place=in_faq("reviewrequest"),
            action="CASE WHEN TG_OP = 'UPDATE' AND OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL THEN 'closed' END",
            reason=REQUEST,
        ),
    ]
