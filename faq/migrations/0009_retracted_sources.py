"""Where the text of open versions cites a reference, and that no version goes on with a retracted one."""

from typing import Any

from django.db import migrations

from portal.accounts.roles import ADMINISTRATOR, APPROVER, AUTHOR, grant

# What is stored went through the allow-list, which writes an attribute in one way only (portal/lib/html.py).
MARKED = """
CREATE FUNCTION faq_marked_keys(markup text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT found[1]), '{}')
    FROM regexp_matches(markup, ' data-ref="([a-z0-9-]+)"', 'g') AS found
$$;
CREATE INDEX open_versions_by_marked_key ON faq_faqversion USING gin (faq_marked_keys(short_answer || body))
    WITH (fastupdate = off) WHERE status IN ('draft', 'in_review', 'approved');
CREATE INDEX figures_by_marked_key ON faq_figure USING gin (faq_marked_keys(values_table)) WITH (fastupdate = off);
"""

# What was approved elsewhere comes as it was; readers are told of the retraction when the answer is served.
GUARD = """
CREATE FUNCTION faq_guard_sources() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    retracted text;
BEGIN
    SELECT reference.key INTO retracted FROM faq_reference reference
    WHERE reference.standing = 'retracted' AND (
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
CREATE TRIGGER no_version_goes_on_with_a_retracted_source BEFORE UPDATE OF status ON faq_faqversion FOR EACH ROW
    WHEN (NEW.status IN ('in_review', 'approved', 'published') AND OLD.status <> NEW.status AND NEW.imported_from = '')
    EXECUTE FUNCTION faq_guard_sources();
"""

GRANTS = {
    AUTHOR: {"reference": ("supersede",)},
    APPROVER: {"reference": ("supersede", "retract")},
    ADMINISTRATOR: {"reference": ("supersede", "retract")},
}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "faq", GRANTS)


class Migration(migrations.Migration):
    dependencies = [("faq", "0008_references_are_found"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL([MARKED, GUARD], migrations.RunSQL.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
