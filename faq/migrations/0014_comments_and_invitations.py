"""Comments on versions, and invitations to read a draft; what the database refuses of both."""

from typing import Any

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.accounts.roles import ADMINISTRATOR, APPROVER, AUTHOR, EDIT, grant
from portal.audit import Watch

# What staff and reviewers said stays as they said it; only what became of it is written later.
COMMENTS = """
CREATE FUNCTION faq_guard_comment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    begun faq_comment;
    later constant text[] := ARRAY['must_be_resolved', 'state', 'closed_at', 'closed_by_id', 'outcome'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'open' OR EXISTS (
            SELECT FROM faq_comment WHERE answers_to_id = OLD.id OR carried_from_id = OLD.id
        ) THEN
            RAISE EXCEPTION 'comment % was answered or closed and cannot be deleted', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later THEN
        RAISE EXCEPTION 'comment %: what was said is never changed', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.answers_to_id IS NOT NULL THEN
        SELECT * INTO begun FROM faq_comment WHERE id = NEW.answers_to_id;
        IF begun.answers_to_id IS NOT NULL OR begun.version_id <> NEW.version_id THEN
            RAISE EXCEPTION 'an answer answers a comment of the same version, and no other answer'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comments_stay_as_they_were_said BEFORE INSERT OR UPDATE OR DELETE ON faq_comment
    FOR EACH ROW EXECUTE FUNCTION faq_guard_comment();
CREATE TRIGGER comment_is_never_truncated BEFORE TRUNCATE ON faq_comment
    FOR EACH STATEMENT EXECUTE FUNCTION faq_refuse();
CREATE FUNCTION faq_refuse_unresolved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM faq_comment WHERE version_id = NEW.id AND state = 'open' AND must_be_resolved) THEN
        RAISE EXCEPTION 'version %: a comment has to be resolved before it is approved', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_comment_may_hold_an_approval BEFORE UPDATE OF status ON faq_faqversion
    FOR EACH ROW WHEN (NEW.status = 'approved' AND OLD.status <> 'approved')
    EXECUTE FUNCTION faq_refuse_unresolved();
"""
DROP = """
DROP TRIGGER a_comment_may_hold_an_approval ON faq_faqversion;
DROP FUNCTION faq_refuse_unresolved;
DROP TRIGGER comment_is_never_truncated ON faq_comment;
DROP TRIGGER comments_stay_as_they_were_said ON faq_comment;
DROP FUNCTION faq_guard_comment;
"""

VERSION = (
    "(SELECT q.content_id || ' v' || v.number FROM faq_faqversion v JOIN faq_faq q ON q.id = v.faq_id"
    " WHERE v.id = this.version_id)"
)
# What reviewers write may be about a patient: the trail, from which nothing is ever taken away, proves it and does not
# repeat it.
WATCHED = [
    Watch(
        "faq_comment",
        label=f"{VERSION} || ': ' || this.name",
        place="(SELECT 'faq:' || faq_id || '/version:' || id || '/comment:' || this.id || '/' FROM faq_faqversion"
        " WHERE id = this.version_id)",
        action="CASE WHEN TG_OP = 'UPDATE' AND OLD.state <> NEW.state THEN"
        " CASE NEW.state WHEN 'open' THEN 'reopened' ELSE NEW.state END END",
        digests=["text", "quote", "outcome"],
    ),
    Watch(
        "faq_invitation",
        label=f"{VERSION} || ': ' || this.reviewer",
        place="(SELECT 'faq:' || faq_id || '/version:' || id || '/invitation:' || this.id || '/' FROM faq_faqversion"
        " WHERE id = this.version_id)",
        action="CASE WHEN TG_OP = 'INSERT' THEN 'invited' WHEN TG_OP = 'UPDATE' AND OLD.revoked_at IS NULL"
        " AND NEW.revoked_at IS NOT NULL THEN 'revoked' END",
        hidden=["email"],
        without=["opened_at"],
    ),
]

TALK = {"comment": EDIT, "invitation": EDIT}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "faq", {AUTHOR: TALK, APPROVER: TALK, ADMINISTRATOR: TALK})


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0013_signature_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reviewer', models.CharField(help_text="The reviewer's comments bear this name.", max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, help_text='The link is mailed there. Empty: copy it yourself.', max_length=254, verbose_name='e-mail')),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='last opened')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='faq.faqversion')),
            ],
            options={
                'ordering': ['-invited_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As the person was called then.', max_length=160, verbose_name='who')),
                ('text', models.TextField()),
                ('place', models.CharField(blank=True, help_text='The section that is meant; empty for all of it.', max_length=300)),
                ('quote', models.TextField(blank=True, help_text='The words that are meant, as the version said them.')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('must_be_resolved', models.BooleanField(default=False, help_text='Nobody approves the version while this comment is open.')),
                ('state', models.CharField(choices=[('open', 'Open'), ('resolved', 'Resolved'), ('carried', 'Carried on')], default='open', max_length=10)),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True, help_text='What became of it.')),
                ('answers_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='faq.comment')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('carried_from', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='faq.comment')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='faq.faqversion')),
                ('invitation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='faq.invitation')),
            ],
            options={
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('invited_at'), '+', models.Value(datetime.timedelta(days=90))))), name='an_invitation_lasts_at_most_90_days'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='a_revoked_invitation_says_by_whom'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('answers_to', None), ('state', 'open')), fields=['version'], name='open_comments_by_version'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('invitation', None)), models.Q(('author', None), ('invitation__isnull', False)), _connector='OR'), name='a_comment_is_by_staff_or_by_an_invited_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='a_comment_says_something_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='a_closed_comment_says_by_whom_and_when'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'resolved'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='a_resolved_comment_says_what_became_of_it'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('answers_to', None), models.Q(('carried_from', None), ('must_be_resolved', False), ('state', 'open')), _connector='OR'), name='an_answer_has_no_state_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('answers_to', None), models.Q(('answers_to', models.F('pk')), _negated=True), _connector='OR'), name='a_comment_does_not_answer_itself'),
        ),
        migrations.RunSQL(COMMENTS, DROP),
        *WATCHED,
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
