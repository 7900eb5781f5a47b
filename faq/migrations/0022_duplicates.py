"""What says again what another remark says: never itself, never what is a duplicate, never across markets."""

from django.db import migrations, models
from django.db.models import F, Q

# The original is held until the transaction ends, so that it does not become a duplicate meanwhile.
ORIGINALS = """
CREATE FUNCTION faq_guard_duplicate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM faq_remark WHERE id = NEW.duplicate_of_id FOR SHARE;
    IF EXISTS (SELECT FROM faq_remark WHERE id = NEW.duplicate_of_id AND duplicate_of_id IS NOT NULL) THEN
        RAISE EXCEPTION 'remark %: no. % is a duplicate itself', NEW.id, NEW.duplicate_of_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM faq_remark WHERE duplicate_of_id = NEW.id) THEN
        RAISE EXCEPTION 'remark %: others are its duplicates', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (
        SELECT count(DISTINCT question.market_id)
        FROM faq_remark remark
            JOIN faq_feedback vote ON vote.id = remark.vote_id
            JOIN faq_faqversion version ON version.id = vote.version_id
            JOIN faq_faq question ON question.id = version.faq_id
        WHERE remark.id IN (NEW.id, NEW.duplicate_of_id)
    ) > 1 THEN
        RAISE EXCEPTION 'remark %: no. % is from another market', NEW.id, NEW.duplicate_of_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_duplicate_says_what_an_original_says AFTER INSERT OR UPDATE OF duplicate_of_id ON faq_remark
    FOR EACH ROW WHEN (NEW.duplicate_of_id IS NOT NULL) EXECUTE FUNCTION faq_guard_duplicate();
"""
UNGUARDED = "DROP FUNCTION faq_guard_duplicate() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("faq", "0021_safety_officers_read_remarks")]

    operations = [
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=Q(("duplicate_of", None), Q(("duplicate_of", F("pk")), _negated=True), _connector="OR"),
                name="a_remark_is_no_duplicate_of_itself",
            ),
        ),
        migrations.RunSQL(ORIGINALS, UNGUARDED),
    ]
