"""When the sender of a report added to it, from which the time of that text counts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0007_audit'),
    ]

    operations = [
        migrations.AddField(
            model_name='inquiry',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='added to by its sender'),
        ),
    ]
