"""A version that is restored with its history went on before its source was retracted, not after."""

from django.db import migrations

# As in 0009_retracted_sources, but for what had happened by the day of the retraction. A verb that moves a version now
# sets the time of the move now, and a draft has none: so this exempts histories alone.
GUARD = """
CREATE OR REPLACE FUNCTION faq_guard_sources() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    retracted text;
    went_on timestamptz := CASE WHEN NEW.status = 'published' THEN NEW.published_at ELSE NEW.approved_at END;
BEGIN
    SELECT reference.key INTO retracted FROM faq_reference reference
    WHERE reference.standing = 'retracted' AND NOT coalesce(went_on < reference.standing_at, false) AND (
        reference.key = ANY (faq_marked_keys(NEW.short_answer || NEW.body))
        OR EXISTS (SELECT FROM faq_citation citation
                   WHERE citation.version_id = NEW.id AND citation.reference_id = reference.id)
        OR EXISTS (SELECT FROM faq_figure figure JOIN faq_figuresource source ON source.figure_id = figure.id
                   WHERE figure.version_id = NEW.id AND source.reference_id = reference.id)
        OR EXISTS (SELECT FROM faq_figure figure
                   WHERE figure.version_id = NEW.id AND reference.key = ANY (faq_marked_keys(figure.values_table)))
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'version % cites %, which was retracted, and cannot become %', NEW.id, retracted, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("faq", "0016_word_imports")]

    operations = [migrations.RunSQL([GUARD], migrations.RunSQL.noop)]
