"""From here on no inquiry is without a topic; a migration of its own, for data and tables change apart."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0004_topics_of_markets'),
    ]

    operations = [
        migrations.AlterField(
            model_name='inquiry',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='contact.inquirytopic'),
        ),
        migrations.RemoveField(
            model_name='inquiry',
            name='topic_key',
        ),
    ]
