"""How long markets keep records, where that differs from the policy; every change of it is in the audit trail."""

import django.db.models.deletion
import portal.retention.models
from django.db import migrations, models

from portal.audit import Watch

LABEL = "(SELECT code FROM chrome_market WHERE id = this.market_id) || ' ' || this.kind"
PLACE = "'market:' || this.market_id || '/retentionperiod:' || this.id || '/'"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('chrome', '0009_review_policy'),
        ('audit', '0002_chain'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=portal.retention.models._choices, max_length=40)),
                ('days', models.PositiveIntegerField(help_text="The market's privacy statement has to say the same.")),
                ('market', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='retention_periods', to='chrome.market')),
            ],
            options={
                'ordering': ['market', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('market', 'kind'), name='a_market_keeps_a_kind_for_one_time'), models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='a_market_keeps_records_for_a_time')],
            },
        ),
        Watch("retention_retentionperiod", label=LABEL, place=PLACE),
    ]
