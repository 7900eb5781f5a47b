"""What is due for review, who was told of it, and which feedback was read."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.accounts.roles import ADMINISTRATOR, APPROVER, AUTHOR, FEEDBACK_REVIEWER, VIEW, grant

GRANTS = {
    AUTHOR: {"reviewrequest": ("view", "ask"), "reviewreminder": VIEW},
    APPROVER: {"reviewrequest": ("view", "ask", "label", "close"), "reviewreminder": VIEW},
    FEEDBACK_REVIEWER: {"reviewrequest": VIEW},
    ADMINISTRATOR: {"reviewrequest": ("view", "ask", "label", "close"), "reviewreminder": VIEW},
}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "faq", GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0010_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField()),
                ('stage', models.CharField(choices=[('60', 'Due within 60 days'), ('30', 'Due within 30 days'), ('0', 'Due'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('mailbox', models.EmailField(blank=True, max_length=254)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-noted_at', '-pk'],
                'default_permissions': ['view'],
            },
        ),
        migrations.AlterModelOptions(
            name='reviewrequest',
            options={'default_permissions': ['view'], 'ordering': ['due', 'pk'], 'permissions': [('ask_reviewrequest', 'Can ask for a review of an answer'), ('label_reviewrequest', 'Can ask for a review of all answers of a drug because its label changed'), ('close_reviewrequest', 'Can decide that an answer stays as it is')]},
        ),
        migrations.AddField(
            model_name='feedback',
            name='read_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='feedback',
            name='read_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewrequest',
            name='changed_at',
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name='reviewrequest',
            name='newest_version',
            field=models.PositiveIntegerField(default=0, help_text='The newest version when this was asked; one that was begun later answers it.'),
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['-created_at'], name='unread_feedback'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_at', None), ('read_by', None)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='feedback_that_was_read_says_by_whom'),
        ),
        migrations.AddField(
            model_name='reviewreminder',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_reminders', to='faq.faqversion'),
        ),
        migrations.AddIndex(
            model_name='reviewreminder',
            index=models.Index(condition=models.Q(('sent_at', None)), fields=['mailbox'], name='unsent_review_reminders'),
        ),
        migrations.AddConstraint(
            model_name='reviewreminder',
            constraint=models.UniqueConstraint(fields=('version', 'due', 'stage', 'mailbox'), name='a_mailbox_is_told_once_of_a_review'),
        ),
        migrations.AddConstraint(
            model_name='reviewreminder',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['60', '30', '0', 'withdrawn'])), name='review_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewreminder',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('mailbox', ''), _negated=True), _connector='OR'), name='a_sent_reminder_names_its_mailbox'),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
