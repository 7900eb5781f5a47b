"""Votes with their reasons, the words below them, how many there are, and who of staff reads them."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.accounts.roles import ADMINISTRATOR, APPROVER, AUTHOR, FEEDBACK_REVIEWER, SAFETY_OFFICER, VIEW, grant

DAYS = """
UPDATE faq_feedback SET day = (given_at AT TIME ZONE market.time_zone)::date
FROM faq_faqversion version
    JOIN faq_faq question ON question.id = version.faq_id
    JOIN chrome_market market ON market.id = question.market_id
WHERE version.id = faq_feedback.version_id
"""

# Always the day of the market, whoever inserts the vote.
DAY = """
CREATE FUNCTION faq_date_vote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT (NEW.given_at AT TIME ZONE market.time_zone)::date INTO NEW.day
    FROM faq_faqversion version
        JOIN faq_faq question ON question.id = version.faq_id
        JOIN chrome_market market ON market.id = question.market_id
    WHERE version.id = NEW.version_id;
    RETURN NEW;
END $$;
CREATE TRIGGER votes_have_their_day BEFORE INSERT ON faq_feedback
    FOR EACH ROW EXECUTE FUNCTION faq_date_vote();
"""
UNDATED = "DROP FUNCTION faq_date_vote() CASCADE"

# Once for each statement, so that a million votes in one of them are counted once. What a change of votes takes from one
# row and gives to another is locked beforehand in one order, so that two statements wait for each other instead of one
# being given up.
TALLIES = """
CREATE FUNCTION faq_tally_votes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM FROM faq_tally WHERE (version_id, day) IN (SELECT version_id, day FROM before)
            ORDER BY version_id, day, satisfied, standing FOR UPDATE;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        UPDATE faq_tally tally SET number = tally.number - gone.number
        FROM (
            SELECT version_id, day, satisfied, CASE suspicion WHEN '' THEN 'counted' ELSE 'suspect' END AS standing,
                count(*) AS number
            FROM before GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ) gone
        WHERE (tally.version_id, tally.day, tally.satisfied, tally.standing)
            = (gone.version_id, gone.day, gone.satisfied, gone.standing);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO faq_tally (version_id, day, satisfied, standing, number)
        SELECT version_id, day, satisfied, CASE suspicion WHEN '' THEN 'counted' ELSE 'suspect' END, count(*)
        FROM after GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (version_id, day, satisfied, standing)
            DO UPDATE SET number = faq_tally.number + excluded.number;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER votes_are_tallied AFTER INSERT ON faq_feedback
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION faq_tally_votes();
CREATE TRIGGER changed_votes_are_tallied AFTER UPDATE ON faq_feedback
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION faq_tally_votes();
CREATE TRIGGER deleted_votes_are_tallied AFTER DELETE ON faq_feedback
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION faq_tally_votes();
"""
UNTALLIED = "DROP FUNCTION faq_tally_votes() CASCADE"
COUNT = """
INSERT INTO faq_tally (version_id, day, satisfied, standing, number)
SELECT version_id, day, satisfied, 'counted', count(*) FROM faq_feedback GROUP BY 1, 2, 3, 4
"""
# They may report harm: whatever a visitor wrote stays as it was written, until the policy of retention deletes it.
WORDS = """
CREATE FUNCTION faq_guard_remark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'remark %: what a visitor wrote is not deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.vote_id, NEW.written_at) IS DISTINCT FROM (OLD.vote_id, OLD.written_at)
        OR (NEW.text IS DISTINCT FROM OLD.text AND NEW.forgotten_at IS NULL)
        OR (OLD.forgotten_at IS NOT NULL AND NEW.forgotten_at IS NULL) THEN
        RAISE EXCEPTION 'remark %: what a visitor wrote stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER what_visitors_wrote_stays BEFORE UPDATE OR DELETE ON faq_remark
    FOR EACH ROW EXECUTE FUNCTION faq_guard_remark();
"""
UNGUARDED = "DROP FUNCTION faq_guard_remark() CASCADE"

READ = {"feedback": VIEW, "remark": VIEW}
GRANTS = {
    AUTHOR: READ,
    APPROVER: READ,
    FEEDBACK_REVIEWER: {"feedback": VIEW, "remark": ("view", "handle")},
    ADMINISTRATOR: {"feedback": VIEW, "remark": ("view", "handle")},
    # Flags of remarks lead there.
    SAFETY_OFFICER: READ,
}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "faq", GRANTS)


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0018_presence"),
        ("accounts", "0005_roles_for_safety"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "New"), ("read", "Read"), ("spam", "Spam"), ("duplicate", "Duplicate")],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        help_text="When its words were deleted, as the policy of retention says.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["-written_at", "-pk"],
                "permissions": [("handle_remark", "Can read, sort and assign what visitors wrote")],
                "default_permissions": ["view"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("satisfied", models.BooleanField()),
                (
                    "standing",
                    models.CharField(
                        choices=[("counted", "Counted"), ("suspect", "Suspect"), ("turned-away", "Turned away")],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name_plural": "tallies",
                "ordering": ["version", "day"],
                "default_permissions": [],
            },
        ),
        migrations.AlterModelOptions(
            name="feedback",
            options={
                "default_permissions": ["view"],
                "ordering": ["-given_at", "-pk"],
                "verbose_name_plural": "feedback",
            },
        ),
        migrations.RemoveConstraint(
            model_name="feedback",
            name="feedback_that_was_read_says_by_whom",
        ),
        migrations.RemoveIndex(
            model_name="feedback",
            name="unread_feedback",
        ),
        migrations.RemoveField(
            model_name="feedback",
            name="read_at",
        ),
        migrations.RemoveField(
            model_name="feedback",
            name="read_by",
        ),
        migrations.AddField(
            model_name="feedback",
            name="changed_at",
            field=models.DateTimeField(null=True, verbose_name="changed"),
        ),
        migrations.AddField(
            model_name="feedback",
            name="device",
            field=models.CharField(
                choices=[("phone", "Phone"), ("tablet", "Tablet"), ("computer", "Computer"), ("unknown", "Unknown")],
                default="unknown",
                max_length=10,
            ),
        ),
        migrations.RenameField(model_name="feedback", old_name="created_at", new_name="given_at"),
        migrations.AlterField(
            model_name="feedback",
            name="given_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="given"),
        ),
        migrations.AddField(
            model_name="feedback",
            name="origin",
            field=models.CharField(help_text="The same of the network address.", max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="feedback",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("yes-answered", "It answered my question"),
                        ("yes-clear", "It was easy to understand"),
                        ("yes-evidence", "The evidence was what I needed"),
                        ("yes-figures", "The tables or figures helped"),
                        ("yes-other", "Another reason"),
                        ("no-unanswered", "It did not answer my question"),
                        ("no-unclear", "It was hard to understand"),
                        ("no-evidence", "Evidence or references are missing"),
                        ("no-outdated", "Something in it is wrong or out of date"),
                        ("no-length", "It was too long or too short"),
                        ("no-display", "It did not display or work properly"),
                        ("no-other", "Another reason"),
                    ],
                    max_length=20,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="searched",
            field=models.CharField(
                blank=True,
                help_text="Text only; nothing that is personal.",
                max_length=400,
                verbose_name="search that led there",
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="searched_in",
            field=models.ForeignKey(
                help_text="Empty: in all medicines.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="faq.drug",
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="suspicion",
            field=models.CharField(
                blank=True,
                choices=[
                    ("trap", "Filled in a field that people never see"),
                    ("program", "Sent by what calls itself a program"),
                    ("crowd", "Many votes on this version from one address in a day"),
                    ("flood", "Many votes from one address in an hour"),
                    ("surge", "Many votes on this version in an hour"),
                    ("spam", "Its words were called spam by a reviewer"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="visitor",
            field=models.CharField(
                help_text="Recognises the visitor for the rest of the day; empty afterwards.", max_length=32, null=True
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="vouched_by",
            field=models.ForeignKey(
                help_text="Who said that the vote is a person's, whatever it looks like.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="feedback", name="day", field=models.DateField(null=True)),
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="feedback",
            name="day",
            field=models.DateField(help_text="The day on which it was given, in the time zone of its market."),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["-given_at", "-id"], name="newest_feedback"),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["version", "given_at"], name="feedback_of_version"),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(
                condition=models.Q(("origin__isnull", False)), fields=["origin", "given_at"], name="feedback_of_origin"
            ),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(
                condition=models.Q(("reasons", []), _negated=True), fields=["version"], name="feedback_with_reasons"
            ),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(
                condition=models.Q(("searched", ""), _negated=True), fields=["version"], name="feedback_after_a_search"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.UniqueConstraint(fields=("version", "visitor"), name="a_visitor_votes_once_on_a_version"),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "reasons__contained_by",
                            ["yes-answered", "yes-clear", "yes-evidence", "yes-figures", "yes-other"],
                        ),
                        ("satisfied", True),
                    ),
                    models.Q(
                        (
                            "reasons__contained_by",
                            [
                                "no-unanswered",
                                "no-unclear",
                                "no-evidence",
                                "no-outdated",
                                "no-length",
                                "no-display",
                                "no-other",
                            ],
                        ),
                        ("satisfied", False),
                    ),
                    _connector="OR",
                ),
                name="reasons_fit_the_vote",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(("vouched_by", None), ("suspicion", ""), _connector="OR"),
                name="a_vote_that_is_vouched_for_is_not_suspect",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(("changed_at", None), ("changed_at__gte", models.F("given_at")), _connector="OR"),
                name="a_vote_changes_after_it_is_given",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="assigned_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks_assigned",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="duplicate_of",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="duplicates", to="faq.remark"
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="handled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="task",
            field=models.ForeignKey(
                help_text="What its author was asked to do about it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks",
                to="faq.reviewrequest",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="vote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="faq.feedback"
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="version",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="tallies", to="faq.faqversion"
            ),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["-written_at", "-id"], name="newest_remarks"),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(condition=models.Q(("state", "new")), fields=["-written_at"], name="unread_remarks"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("text", ""), _negated=True),
                        django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length("text"), 4000),
                        ("forgotten_at", None),
                    ),
                    models.Q(("forgotten_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="a_remark_has_words_until_they_are_forgotten",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duplicate_of__isnull", False), ("state", "duplicate")),
                    models.Q(models.Q(("state", "duplicate"), _negated=True), ("duplicate_of", None)),
                    _connector="OR",
                ),
                name="a_duplicate_names_its_original",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handled_at", None), ("handled_by", None), ("state", "new")),
                    models.Q(
                        models.Q(("state", "new"), _negated=True),
                        ("handled_at__isnull", False),
                        ("handled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_remark_that_was_handled_says_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["day"], name="tallies_by_day"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("version", "day", "satisfied", "standing"), name="one_tally_of_a_kind"
            ),
        ),
        migrations.RunSQL(DAY, UNDATED),
        migrations.RunSQL(TALLIES, UNTALLIED),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(WORDS, UNGUARDED),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
