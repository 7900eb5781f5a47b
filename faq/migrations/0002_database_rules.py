"""What the database itself refuses: changes to published wording, illegal moves, and mixtures of markets."""

from django.db import migrations

# The same table as faq/models/workflow.py: MOVES.
MOVES = """
CREATE FUNCTION faq_move_is_legal(source text, target text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT source = target OR (source, target) IN (
        ('draft', 'in_review'),
        ('in_review', 'draft'), ('in_review', 'approved'),
        ('approved', 'draft'), ('approved', 'published'),
        ('published', 'superseded'), ('published', 'withdrawn')
    )
$$;
CREATE FUNCTION faq_is_frozen(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT status IN ('published', 'superseded', 'withdrawn')
$$;
"""

VERSIONS = """
CREATE FUNCTION faq_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What a move out of "published" records; nothing else of a frozen row ever changes.
    movable constant text[] := ARRAY['status', 'superseded_at', 'withdrawn_at', 'withdrawn_by_id', 'withdrawal_reason'];
    -- What an approval is bound to: in review and after, these change only by going back to draft.
    wording constant text[] := ARRAY['faq_id', 'number', 'question', 'short_answer', 'body', 'last_reviewed',
                                     'next_review', 'what_changed', 'author_id'];
    rendered constant text[] := ARRAY['rendered_short_answer', 'rendered_body', 'rendered_references',
                                      'reading_minutes', 'content_sha256', 'approver_id', 'approved_at', 'imported_from'];
    field text;
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF faq_is_frozen(NEW.status) THEN
            RAISE EXCEPTION 'a version becomes % only by a move from approved', NEW.status USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF faq_is_frozen(OLD.status) THEN
            RAISE EXCEPTION 'version % is % and cannot be deleted', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NOT faq_move_is_legal(OLD.status, NEW.status) THEN
        RAISE EXCEPTION 'version %: no move leads from % to %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'approved' AND (NEW.approver_id = NEW.author_id OR EXISTS (
        SELECT FROM faq_faqversion_writers WHERE faqversion_id = NEW.id AND user_id = NEW.approver_id
    )) THEN
        RAISE EXCEPTION 'version %: nobody approves what they wrote themselves', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF 'draft' IN (OLD.status, NEW.status) THEN
        RETURN NEW;
    END IF;
    before := to_jsonb(OLD);
    after := to_jsonb(NEW);
    IF faq_is_frozen(OLD.status) THEN
        IF OLD.status = NEW.status AND NEW IS DISTINCT FROM OLD
           OR after - movable IS DISTINCT FROM before - movable THEN
            RAISE EXCEPTION 'version % is % and cannot be changed', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
        END IF;
    ELSE
        FOREACH field IN ARRAY CASE WHEN OLD.status = 'approved' THEN wording || rendered ELSE wording END LOOP
            IF after -> field IS DISTINCT FROM before -> field THEN
                RAISE EXCEPTION 'version % is % and its % cannot be changed', OLD.id, OLD.status, field
                    USING ERRCODE = 'restrict_violation';
            END IF;
        END LOOP;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_versions_never_change BEFORE INSERT OR UPDATE OR DELETE ON faq_faqversion
    FOR EACH ROW EXECUTE FUNCTION faq_guard_version();
"""

# Parts belong to a version through version_id; sources of figures belong to it through their figure. They change only
# while the version is a draft; its citations are written when it is approved, out of the text that is under review.
PARTS = """
CREATE FUNCTION faq_refuse_frozen_part(version bigint, part text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    SELECT status INTO state FROM faq_faqversion WHERE id = version;
    IF state <> 'draft' AND NOT (state = 'in_review' AND part = 'faq_citation') THEN
        RAISE EXCEPTION 'version % is % and its % cannot be changed', version, state, part
            USING ERRCODE = 'restrict_violation';
    END IF;
END $$;
CREATE FUNCTION faq_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM faq_refuse_frozen_part(OLD.version_id, TG_TABLE_NAME);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM faq_refuse_frozen_part(NEW.version_id, TG_TABLE_NAME);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION faq_guard_figure_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM faq_refuse_frozen_part((SELECT version_id FROM faq_figure WHERE id = OLD.figure_id), TG_TABLE_NAME);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM faq_refuse_frozen_part((SELECT version_id FROM faq_figure WHERE id = NEW.figure_id), TG_TABLE_NAME);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION faq_guard_writer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM faq_refuse_frozen_part(OLD.faqversion_id, TG_TABLE_NAME);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM faq_refuse_frozen_part(NEW.faqversion_id, TG_TABLE_NAME);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER writers_change_only_in_a_draft BEFORE INSERT OR UPDATE OR DELETE ON faq_faqversion_writers
    FOR EACH ROW EXECUTE FUNCTION faq_guard_writer();
CREATE TRIGGER frozen_figures_never_change BEFORE INSERT OR UPDATE OR DELETE ON faq_figure
    FOR EACH ROW EXECUTE FUNCTION faq_guard_part();
CREATE TRIGGER frozen_citations_never_change BEFORE INSERT OR UPDATE OR DELETE ON faq_citation
    FOR EACH ROW EXECUTE FUNCTION faq_guard_part();
CREATE TRIGGER frozen_resources_never_change BEFORE INSERT OR UPDATE OR DELETE ON faq_relatedresource
    FOR EACH ROW EXECUTE FUNCTION faq_guard_part();
CREATE TRIGGER frozen_figure_sources_never_change BEFORE INSERT OR UPDATE OR DELETE ON faq_figuresource
    FOR EACH ROW EXECUTE FUNCTION faq_guard_figure_source();
"""

# An image's row is named by the digest of its bytes, so no update of it can be right.
IMAGES = """
CREATE FUNCTION faq_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER images_never_change BEFORE UPDATE ON faq_image FOR EACH ROW EXECUTE FUNCTION faq_refuse();
"""

# Row triggers do not see TRUNCATE.
TRUNCATE = "".join(
    f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON faq_{table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION faq_refuse();"
    for table in ("faqversion", "faqversion_writers", "figure", "figuresource", "citation", "relatedresource", "image")
)

# The market stands in each row twice over, through the parent and by itself: these keys make the two agree.
MARKETS = """
ALTER TABLE faq_category ADD CONSTRAINT category_and_market UNIQUE (id, market_id);
ALTER TABLE faq_drug ADD CONSTRAINT drug_and_market UNIQUE (id, market_id);
ALTER TABLE faq_drug ADD CONSTRAINT drug_is_in_the_market_of_its_category
    FOREIGN KEY (category_id, market_id) REFERENCES faq_category (id, market_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE faq_faq ADD CONSTRAINT faq_is_in_the_market_of_its_drug
    FOREIGN KEY (drug_id, market_id) REFERENCES faq_drug (id, market_id) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("faq", "0001_initial")]

    operations = [migrations.RunSQL([MOVES, VERSIONS, PARTS, IMAGES, TRUNCATE, MARKETS], migrations.RunSQL.noop)]
