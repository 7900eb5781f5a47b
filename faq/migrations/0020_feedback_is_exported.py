"""Files of votes and remarks, and who of staff may take them away."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.accounts.roles import ADMINISTRATOR, FEEDBACK_REVIEWER, grant

GRANTS = {FEEDBACK_REVIEWER: {"feedback": ("export",)}, ADMINISTRATOR: {"feedback": ("export",)}}


def give(apps, _schema_editor):
    grant(apps, "faq", GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0019_feedback_that_is_read'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='feedback',
            options={'default_permissions': ['view'], 'ordering': ['-given_at', '-pk'], 'permissions': [('export_feedback', 'Can export feedback')], 'verbose_name_plural': 'feedback'},
        ),
        migrations.CreateModel(
            name='FeedbackExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('votes', 'Votes'), ('remarks', 'Remarks')], max_length=10)),
                ('form', models.CharField(max_length=10)),
                ('query', models.TextField(blank=True, help_text='What the list was narrowed by, as it stood in its address.')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('making', 'Being made'), ('ready', 'Ready'), ('stopped', 'Stopped'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('expected', models.PositiveIntegerField(help_text='How many rows the list had when the file was asked for.')),
                ('written', models.PositiveIntegerField(default=0)),
                ('left_out', models.PositiveIntegerField(default=0)),
                ('heard_at', models.DateTimeField(default=django.utils.timezone.now, help_text='When its maker last told how far it is.')),
                ('size', models.PositiveBigIntegerField(help_text='In bytes, once it is ready.', null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'default_permissions': [],
            },
        ),
        migrations.CreateModel(
            name='ExportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('export', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='faq.feedbackexport')),
            ],
            options={
                'ordering': ['export', 'number'],
                'default_permissions': [],
            },
        ),
        migrations.AddConstraint(
            model_name='feedbackexport',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'making'])), fields=('asked_by',), name='one_export_at_a_time_for_each'),
        ),
        migrations.AddConstraint(
            model_name='feedbackexport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('size__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('size', None)), _connector='OR'), name='an_export_has_a_size_once_it_is_ready'),
        ),
        migrations.AddConstraint(
            model_name='exportpart',
            constraint=models.UniqueConstraint(fields=('export', 'number'), name='one_part_of_an_export_at_a_place'),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
