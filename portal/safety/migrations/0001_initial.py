"""Flags of visitors' texts, and what happened to each."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('chrome', '0009_review_policy'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SafetyFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_id', models.PositiveBigIntegerField(editable=False)),
                ('kind', models.CharField(editable=False, max_length=40, verbose_name='kind of text')),
                ('products', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, editable=False, size=None)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='received')),
                ('score', models.PositiveSmallIntegerField(editable=False)),
                ('level', models.CharField(choices=[('likely', 'Likely'), ('possible', 'Possible'), ('unlikely', 'Unlikely')], editable=False, max_length=10)),
                ('causes', models.JSONField(blank=True, default=list, editable=False)),
                ('points', models.JSONField(blank=True, default=list, editable=False)),
                ('mentions_death', models.BooleanField(default=False, editable=False, verbose_name='death mentioned')),
                ('raised_at', models.DateTimeField(editable=False, null=True, verbose_name='raised')),
                ('raised_by', models.CharField(blank=True, choices=[('screen', 'The screen'), ('sender', 'Its sender'), ('person', 'A person')], editable=False, max_length=10)),
                ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='due')),
                ('state', models.CharField(choices=[('open', 'Open'), ('forwarded', 'Forwarded'), ('dismissed', 'Dismissed')], default='open', editable=False, max_length=10)),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='closed')),
                ('reference', models.CharField(blank=True, editable=False, max_length=80, verbose_name='reference number')),
                ('reason', models.TextField(blank=True, editable=False)),
                ('mailed_at', models.DateTimeField(editable=False, null=True, verbose_name='mailed when raised')),
                ('soon_mailed_at', models.DateTimeField(editable=False, null=True, verbose_name='mailed when due soon')),
                ('overdue_mailed_at', models.DateTimeField(editable=False, null=True, verbose_name='mailed when overdue')),
                ('assigned_to', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='safety_flags', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('market', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='safety_flags', to='chrome.market')),
                ('source_type', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due_at'), nulls_last=True), '-score', 'received_at', 'pk'],
                'permissions': [('triage_safetyflag', 'Can assign, forward, dismiss, raise and reopen safety flags')],
                'default_permissions': ['view'],
            },
        ),
        migrations.CreateModel(
            name='SafetyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('what', models.CharField(choices=[('found', 'Found without a flag, and flagged'), ('raised', 'Raised'), ('death', 'Noted that a death is mentioned'), ('assigned', 'Assigned'), ('forwarded', 'Forwarded'), ('dismissed', 'Dismissed'), ('reopened', 'Opened again')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('flag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='safety.safetyflag')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='safetyflag',
            index=models.Index(models.OrderBy(models.F('due_at'), nulls_last=True), models.OrderBy(models.F('score'), descending=True), condition=models.Q(('state', 'open')), name='open_flags_by_due_time'),
        ),
        migrations.AddIndex(
            model_name='safetyflag',
            index=models.Index(fields=['market', 'received_at'], name='flags_by_market_and_day'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.UniqueConstraint(fields=('source_type', 'source_id', 'kind'), name='one_safety_flag_per_source_and_kind_of_text'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at', None), ('raised_at', None), ('raised_by', '')), models.Q(('due_at__isnull', False), ('raised_at__isnull', False), models.Q(('raised_by', ''), _negated=True)), _connector='OR'), name='a_raised_flag_has_a_due_time'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(('level', 'unlikely'), ('raised_at__isnull', False), _connector='OR'), name='what_the_screen_finds_is_raised'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(('due_at', None), ('due_at__gt', models.F('received_at')), _connector='OR'), name='a_flag_is_due_after_it_was_received'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(('mentions_death', False), ('due_at', None), ('due_at__lte', django.db.models.expressions.CombinedExpression(models.F('received_at'), '+', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='a_death_is_due_within_24_hours'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'forwarded', 'dismissed'])), name='a_flag_has_a_state'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('closed_at', None), ('closed_by', None), ('reason', ''), ('reference', '')), _connector='OR'), name='an_open_flag_has_no_reference_reason_person_or_time'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'forwarded'), _negated=True), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('due_at__isnull', False), ('raised_at__isnull', False), models.Q(('raised_by', ''), _negated=True), ('reason', ''), models.Q(('reference', ''), _negated=True)), _connector='OR'), name='a_forwarded_flag_has_a_reference_a_person_and_a_time'),
        ),
        migrations.AddConstraint(
            model_name='safetyflag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dismissed'), _negated=True), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('reference', ''), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_dismissed_flag_has_a_reason_a_person_and_a_time'),
        ),
    ]
