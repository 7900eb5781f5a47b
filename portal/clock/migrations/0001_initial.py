"""When the commands of the schedule last ran."""

from typing import Any

from django.db import migrations, models

from portal.accounts.roles import ADMINISTRATOR, VIEW, grant


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "clock", {ADMINISTRATOR: {"chore": VIEW}})



class Migration(migrations.Migration):

    initial = True

    dependencies = [("accounts", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        migrations.CreateModel(
            name='Chore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('command', models.CharField(max_length=60, unique=True)),
                ('begun_at', models.DateTimeField(verbose_name='last begun')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('machine', models.CharField(max_length=120)),
                ('said', models.TextField(blank=True, verbose_name='what it said')),
                ('problem', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['command'],
                'default_permissions': ['view'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('begun_at')), _connector='OR'), name='a_chore_ends_after_it_began')],
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
