"""What the database itself refuses: changes to privacy choices, and to the wording that they rest on."""

from django.db import migrations

# The same three years as KEPT in portal/chrome/management/commands/delete_old_consents.py.
CONSENTS = """
CREATE FUNCTION chrome_guard_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.decided_at < now() - interval '3 years' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: a privacy choice is the proof of itself', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consents_never_change BEFORE UPDATE OR DELETE ON chrome_consent
    FOR EACH ROW EXECUTE FUNCTION chrome_guard_consent();
CREATE TRIGGER consent_is_never_truncated BEFORE TRUNCATE ON chrome_consent
    FOR EACH STATEMENT EXECUTE FUNCTION chrome_guard_consent();
"""

# A text that nobody has answered yet may still be corrected; the foreign key keeps one that somebody has answered.
TEXTS = """
CREATE FUNCTION chrome_guard_consent_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD AND EXISTS (SELECT FROM chrome_consent WHERE text_id = OLD.id) THEN
        RAISE EXCEPTION 'consent text % has been answered and cannot be changed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answered_consent_texts_never_change BEFORE UPDATE ON chrome_consenttext
    FOR EACH ROW EXECUTE FUNCTION chrome_guard_consent_text();
"""

# The market stands in a consent twice over, through its text and by itself: this key makes the two agree.
MARKETS = """
ALTER TABLE chrome_consenttext ADD CONSTRAINT consent_text_and_market UNIQUE (id, market_id);
ALTER TABLE chrome_consent ADD CONSTRAINT consent_is_in_the_market_of_its_text
    FOREIGN KEY (text_id, market_id) REFERENCES chrome_consenttext (id, market_id) DEFERRABLE INITIALLY DEFERRED;
"""

UNDONE = """
ALTER TABLE chrome_consent DROP CONSTRAINT consent_is_in_the_market_of_its_text;
ALTER TABLE chrome_consenttext DROP CONSTRAINT consent_text_and_market;
DROP TRIGGER answered_consent_texts_never_change ON chrome_consenttext;
DROP TRIGGER consent_is_never_truncated ON chrome_consent;
DROP TRIGGER consents_never_change ON chrome_consent;
DROP FUNCTION chrome_guard_consent_text();
DROP FUNCTION chrome_guard_consent();
"""


class Migration(migrations.Migration):
    dependencies = [("chrome", "0002_hours_gate_sections_and_consent")]

    operations = [migrations.RunSQL([CONSENTS, TEXTS, MARKETS], UNDONE)]
